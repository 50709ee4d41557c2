// Cisco IM, Record-Route Passthrough Configuration: Route is never passed on; the controller builds it of the set of the side
// that the request leaves by.
import { HEADER } from '../../sip/header/header-names.ts';
import type { NameAddr } from '../../sip/uri/name-addr.ts';
import { headerEvidence } from '../evidence.ts';
import type { Crossing } from '../facts/crossing.ts';
import { formingResponse } from '../facts/passthrough-signals.ts';
import { missingFrom, routeText, sharedWith } from '../facts/route-set.ts';
import { graded } from '../facts/verdict.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'record-route/route-passed-through',
    severity: 'error',
    scope: 'dialog',
    tier: 1,
    since: '0.2.0',
    twoSided: true,
    summary:
      'Route of a request inside a dialog names only proxies of the side it leaves by, none of the controller and none of the side it came from.',
    why: 'The request comes back to the controller or goes to a proxy that the next hop cannot reach: it loops or fails.',
    exceptions: [
      'Proxies of the far side that recorded themselves.',
      'Route of a request outside a dialog: an outbound proxy, or Service-Route.',
    ],
    fix: 'Drop the Route that came and build one of the Record-Route set cached for the outgoing side.',
    sources: [
      {
        document: 'Cisco IM',
        section: 'Record-Route Passthrough Configuration',
        says: 'passthrough does not make Route pass on later messages; the cached set is used to build it',
      },
      { document: 'RFC 3261', section: '16.4', says: 'who finds itself on top of Route removes that value' },
    ],
    messages: {
      own: 'Route of the {method} towards {to} names the controller itself: {values}',
      side: 'Route of the {method} towards {to} names proxies of the side it came from: {values}',
      copied: 'Route of the {method} towards {to} is what came, not the set of that side: {values}',
    },
  },
  create: ({ report }) => ({
    crossing(crossing) {
      if (!crossing.judged || crossing.far === null) return;
      const sets = sidesOf(crossing);
      for (const { received, sent, fromCaller } of crossing.requests) {
        if (received.initial || sent === undefined || received.method === 'CANCEL') continue;
        const after = sent.request!;
        const before = received.request!;
        const values = after.sip.routes;
        if (values.length === 0) continue;
        const [inSet, outSet] = fromCaller ? [sets.near, sets.far] : [sets.far, sets.near];
        const own = values.filter(({ uri }) => crossing.isLocal(uri.host));
        const foreign = missingFrom(outSet, sharedWith(values, inSet));
        const copied = missingFrom(outSet, sharedWith(values, before.sip.routes));
        const [message, wrong] =
          own.length > 0
            ? (['own', own] as const)
            : foreign.length > 0
              ? (['side', foreign] as const)
              : (['copied', copied] as const);
        if (wrong.length === 0 || (message === 'copied' && !sets.known)) continue;
        report({
          message,
          data: { method: received.method, to: after.sip.dst.text, values: routeText(wrong) },
          at: [after, before],
          evidence: headerEvidence(after, HEADER.Route, 'Route'),
          crossing,
          ...graded('error', crossing.controller),
        });
      }
    },
  }),
});

/** The proxies that recorded themselves on either side. */
function sidesOf(crossing: Crossing): { near: NameAddr[]; far: NameAddr[]; known: boolean } {
  const sets = { near: [] as NameAddr[], far: [] as NameAddr[], known: false };
  for (const request of crossing.dialogRequests) {
    const went = request.sent!.request!.sip.recordRoutes;
    sets.near.push(...request.received.request!.sip.recordRoutes);
    const forming = formingResponse(request);
    if (forming === undefined) continue;
    sets.known = true;
    const back = missingFrom(went, forming.received.sip.recordRoutes);
    sets.far.push(...back.filter(({ uri }) => !crossing.isLocal(uri.host)));
  }
  return sets;
}
