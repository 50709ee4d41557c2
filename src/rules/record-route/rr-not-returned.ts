// RFC 3261 §12.1.1: the response brings the Record-Route set back; the controller is the callee of its near side. With
// passthrough the caller gets the whole end-to-end set (Cisco IM, Record-Route Passthrough Configuration).
import { HEADER } from '../../sip/header/header-names.ts';
import { headerEvidence } from '../evidence.ts';
import { formingResponse } from '../facts/passthrough-signals.ts';
import { missingFrom, routeText, sameSet } from '../facts/route-set.ts';
import { graded } from '../facts/verdict.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'record-route/rr-not-returned',
    severity: 'error',
    scope: 'call',
    tier: 1,
    since: '0.2.0',
    twoSided: true,
    summary:
      "The response that forms the dialog brings back the Record-Route set that came; with passthrough the whole set of the callee's response.",
    why: 'The caller makes its route of the response: what is missing there is left out of every later request.',
    exceptions: [
      'Responses that form no dialog: 100, 3xx to 6xx.',
      'Under privacy and topology hiding privacy/rr-not-restored judges.',
    ],
    fix: 'Return the cached set; with passthrough forward the Record-Route of the response as it came.',
    sources: [
      {
        document: 'RFC 3261',
        section: '12.1.1',
        says: 'all Record-Route values are copied into the response, in order',
      },
      {
        document: 'Cisco IM',
        section: 'Record-Route Passthrough Configuration',
        says: 'off: the set is cached and returned; on: both endpoints see the entire set',
      },
    ],
    messages: {
      missing: 'Record-Route {values} came with the {method} and is not in the {status}',
      partly: 'the {status} came with Record-Route {came} and went back with {values}',
      lacks: 'the {status} brings no Record-Route {values}, which the {method} left with',
    },
  },
  create: ({ report }) => ({
    crossing(crossing) {
      const { passthrough } = crossing;
      if (!crossing.judged || crossing.conflicting || passthrough === null) return;
      if (crossing.anyPrivacy.holds || crossing.hiding.holds) return;
      for (const request of crossing.dialogRequests) {
        const forming = formingResponse(request);
        if (forming === undefined) continue;
        const { received, sent } = forming;
        const [back, after] = [received.sip.recordRoutes, sent.sip.recordRoutes];
        const before = request.received.request!;
        const went = request.sent!.request!;
        const common = {
          at: [sent, passthrough.holds ? received : before],
          evidence: [sent, passthrough.holds ? received : before].flatMap((message) => {
            return headerEvidence(message, HEADER['Record-Route'], 'Record-Route');
          }),
          crossing,
          ...graded('error', passthrough, crossing.controller),
        };
        const { method } = request.received;
        const { status } = sent;
        if (passthrough.holds) {
          const lacking = missingFrom(back, went.sip.recordRoutes);
          if (!sameSet(back, after))
            report({
              message: 'partly',
              data: { came: routeText(back), values: routeText(after), status },
              ...common,
            });
          else if (lacking.length > 0)
            report({ message: 'lacks', data: { values: routeText(lacking), status, method }, ...common });
          continue;
        }
        const lost = missingFrom(after, before.sip.recordRoutes);
        if (lost.length > 0)
          report({ message: 'missing', data: { values: routeText(lost), status, method }, ...common });
      }
    },
  }),
});
