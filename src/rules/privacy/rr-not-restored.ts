// RFC 3323 §5.1: what a privacy service stripped it must restore in the response; RFC 3261 §12.1.1: the caller makes its route of it.
import { HEADER } from '../../sip/header/header-names.ts';
import { headerEvidence } from '../evidence.ts';
import { hidingVerdict } from '../facts/hiding.ts';
import { formingResponse } from '../facts/passthrough-signals.ts';
import { inOrder, routeText } from '../facts/route-set.ts';
import { graded } from '../facts/verdict.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'privacy/rr-not-restored',
    severity: 'error',
    scope: 'dialog',
    tier: 1,
    since: '0.2.0',
    twoSided: true,
    summary:
      'The Record-Route set that privacy or topology hiding stripped comes back to the caller in the response, in order.',
    why: 'Later requests of the caller leave out its own proxies: they are refused there, or get round their policy.',
    exceptions: ['The request had no Record-Route.', 'The response forms no dialog.'],
    fix: 'Keep the set of each dialog at the controller and put it into the response to the caller.',
    sources: [
      { document: 'RFC 3323', section: '5.1', says: 'the service must restore Record-Route' },
      { document: 'RFC 3261', section: '12.1.1', says: 'the response has all Record-Route values, in order' },
      {
        document: 'Cisco IM',
        section: 'Record-Route Passthrough Configuration',
        says: 'cached and returned',
      },
    ],
    messages: {
      lost: 'Record-Route {values} of the {method} did not come back with the {status} ({reason})',
    },
  },
  create: ({ report }) => ({
    crossing(crossing) {
      const hidden = hidingVerdict(crossing);
      if (!crossing.judged || hidden === null) return;
      for (const request of crossing.dialogRequests) {
        const before = request.received.request!;
        const came = before.sip.recordRoutes;
        const forming = formingResponse(request)?.sent;
        if (came.length === 0 || forming === undefined || inOrder(forming.sip.recordRoutes, came)) continue;
        report({
          message: 'lost',
          data: {
            values: routeText(came),
            method: request.received.method,
            status: forming.status,
            reason: hidden.evidence,
          },
          at: [forming, before],
          evidence: [forming, before].flatMap((one) =>
            headerEvidence(one, HEADER['Record-Route'], 'Record-Route'),
          ),
          crossing,
          ...graded('error', hidden, crossing.controller),
        });
      }
    },
  }),
});
