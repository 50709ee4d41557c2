// Cisco IM, Record-Route Passthrough Configuration: with passthrough, the Record-Route set of a dialog-creating request reaches
// the other side.
import { HEADER } from '../../sip/header/header-names.ts';
import { headerEvidence } from '../evidence.ts';
import { inOrder, missingFrom, routeText } from '../facts/route-set.ts';
import { graded } from '../facts/verdict.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'record-route/passthrough-rr-missing',
    severity: 'error',
    scope: 'call',
    tier: 1,
    since: '0.2.0',
    twoSided: true,
    summary:
      'With passthrough, the Record-Route set of a dialog-creating request reaches the far side whole and in order.',
    why: 'The callee cannot build the route back: later requests miss the proxies of the caller and fail, or go round their policy.',
    exceptions: [
      'The request has no Record-Route.',
      'The call is from or to a registered subscriber, or privacy or topology hiding applies.',
      'Record-Route in a request inside a dialog has no effect and is not judged.',
    ],
    fix: 'Enable Record-Route passthrough on the inbound adjacency and have the controller forward the set it received.',
    sources: [
      {
        document: 'Cisco IM',
        section: 'Record-Route Passthrough Configuration',
        says: 'any Record-Route set on a dialog-creating request is forwarded to the receiving endpoint',
      },
      {
        document: 'RFC 3261',
        section: '12.1.1',
        says: 'the callee makes its route set of the Record-Route values',
      },
    ],
    messages: {
      missing: 'Record-Route {values} came with the {method} and did not go on',
      reordered: 'the Record-Route set of the {method} went on in another order: {values}',
    },
  },
  create: ({ report }) => ({
    crossing(crossing) {
      const { passthrough } = crossing;
      if (!crossing.judged || crossing.conflicting || passthrough === null || !passthrough.holds) return;
      for (const { received, sent } of crossing.dialogRequests) {
        const before = received.request!;
        const after = sent!.request!;
        const came = before.sip.recordRoutes;
        const went = after.sip.recordRoutes;
        const lost = missingFrom(went, came);
        if (lost.length === 0 && inOrder(went, came)) continue;
        report({
          message: lost.length > 0 ? 'missing' : 'reordered',
          data: { method: received.method, values: routeText(lost.length > 0 ? lost : went) },
          at: [after, before],
          evidence: [after, before].flatMap((message) => {
            return headerEvidence(message, HEADER['Record-Route'], 'Record-Route');
          }),
          crossing,
          ...graded('error', passthrough),
        });
      }
    },
  }),
});
