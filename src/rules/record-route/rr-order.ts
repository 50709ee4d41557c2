// RFC 3261 §16.6 step 4: a Record-Route value is put before those that are there. The Cisco chapter prints its own below them
// (rules.md §16 Q1): present, and in an order that leads past the controller.
import { HEADER } from '../../sip/header/header-names.ts';
import type { SipUri } from '../../sip/uri/uri.ts';
import { headerEvidence } from '../evidence.ts';
import type { Crossing } from '../facts/crossing.ts';
import type { MessageFacts } from '../facts/message-facts.ts';
import { routeKey, routeText } from '../facts/route-set.ts';
import { graded } from '../facts/verdict.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'record-route/rr-order',
    severity: 'warning',
    scope: 'call',
    tier: 1,
    since: '0.2.0',
    twoSided: true,
    summary:
      'The controller puts its Record-Route values on top: outbound adjacency, inbound adjacency, then those that came.',
    why: "The callee sends along its route set from the top: a value of the caller's side on top leads past the controller.",
    exceptions: [
      'The policy decides for the order the chapter prints (record-route-order: cisco).',
      'There is one value in all, or none of the controller.',
    ],
    fix: 'Insert own Record-Route values before the existing ones, the outbound adjacency last and so on top.',
    sources: [
      { document: 'RFC 3261', section: '16.6', says: 'the value goes before any existing Record-Route' },
      {
        document: 'RFC 3261',
        section: '12.1.1',
        says: 'the callee takes the values in the order they stand',
      },
      {
        document: 'Cisco IM',
        section: 'Record-Route Passthrough Configuration',
        says: 'the printed example has them below',
      },
    ],
    messages: {
      below: 'Record-Route of the controller stands below values that came with the {method}: {values}',
      swapped: 'Record-Route of the inbound adjacency stands above that of the outbound one: {values}',
      bypassed:
        '{method} of the callee went to {to}, past the controller, along the order of its Record-Route',
    },
  },
  create: ({ report, policy }) => ({
    crossing(crossing) {
      const { passthrough, near, far } = crossing;
      if (!crossing.judged || passthrough === null || !passthrough.holds || far === null) return;
      if (policy.decisions.recordRouteOrder === 'cisco') return;
      for (const { received, sent } of crossing.dialogRequests) {
        const after = sent!.request!;
        const went = after.sip.recordRoutes;
        const came = new Set(received.request!.sip.recordRoutes.map(routeKey));
        const own = (uri: SipUri) => near.names(uri) || far.names(uri);
        const firstOther = went.findIndex((value) => came.has(routeKey(value)));
        const lastOwn = went.findLastIndex(({ uri }) => own(uri));
        const inbound = went.findIndex(({ uri }) => near.names(uri) && !far.names(uri));
        const outbound = went.findIndex(({ uri }) => far.names(uri) && !near.names(uri));
        const below = firstOther >= 0 && lastOwn > firstOther;
        if (!below && (inbound < 0 || outbound < 0 || outbound < inbound)) continue;
        report({
          message: below ? 'below' : 'swapped',
          data: { method: received.method, values: routeText(went) },
          at: after,
          evidence: headerEvidence(after, HEADER['Record-Route'], 'Record-Route'),
          crossing,
          ...graded('warning', passthrough),
        });
        const past = below ? bypassing(crossing) : undefined;
        if (past === undefined) continue;
        report({
          message: 'bypassed',
          data: { method: past.method, to: past.sip.dst.text },
          at: [past, after],
          evidence: headerEvidence(past, HEADER.Route, 'Route'),
          crossing,
          ...graded('error', passthrough),
        });
      }
    },
  }),
});

/** A request of the callee's side inside the dialog that did not come to the box. */
function bypassing({ b, far }: Crossing): MessageFacts | undefined {
  for (const leg of b!.call.legs) {
    if (leg === b) continue;
    const past = leg.messages.find(({ isRequest, sip }) => {
      return isRequest && sip.toTagStart >= 0 && sip.src.ip === far!.peer.ip && sip.dst.ip !== far!.box.ip;
    });
    if (past !== undefined) return past;
  }
  return undefined;
}
