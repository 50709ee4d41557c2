// Cisco IM, Record-Route Passthrough: the controller stays in the path by Record-Route values of both its adjacencies.
import { HEADER } from '../../sip/header/header-names.ts';
import { headerEvidence } from '../evidence.ts';
import type { Side } from '../facts/crossing-side.ts';
import { missingFrom } from '../facts/route-set.ts';
import { graded } from '../facts/verdict.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'record-route/adjacency-rr-missing',
    severity: 'error',
    scope: 'call',
    tier: 1,
    since: '0.2.0',
    twoSided: true,
    summary:
      'With passthrough, the controller adds Record-Route for its inbound and for its outbound adjacency.',
    why: 'Contact does not name the controller then: without its Record-Route, later requests go past it, and it loses the dialog.',
    exceptions: [
      'Both sides are one adjacency: one value will do.',
      'The call is from or to a registered subscriber, or privacy or topology hiding applies.',
    ],
    fix: 'Have the controller write a Record-Route value for each adjacency that the dialog passes.',
    sources: [
      {
        document: 'Cisco IM',
        section: 'Record-Route Passthrough Overview',
        says: 'it remains in the flow by Record-Route headers for the inbound and outbound adjacencies',
      },
    ],
    messages: {
      none: 'the {method} leaves for {out} without any Record-Route of the controller',
      inbound: 'the {method} leaves without Record-Route of the inbound adjacency {side}',
      outbound: 'the {method} leaves without Record-Route of the outbound adjacency {side}',
      count: 'the {method} leaves with {count} Record-Route values of the controller instead of 2',
    },
  },
  create: ({ report }) => ({
    crossing(crossing) {
      const { passthrough, near, far } = crossing;
      if (!crossing.judged || crossing.conflicting || far === null) return;
      if (passthrough === null || !passthrough.holds) return;
      for (const { received, sent } of crossing.dialogRequests) {
        const after = sent!.request!;
        const went = after.sip.recordRoutes.map(({ uri }) => uri);
        const inbound = went.filter((uri) => near.names(uri));
        const outbound = went.filter((uri) => far.names(uri));
        const own = new Set([...inbound, ...outbound]).size;
        const one = isOneSide(near, far);
        const { method } = received;
        const data = { method, out: far.peer.text };
        const common = {
          at: [after, received.request!],
          evidence: headerEvidence(after, HEADER['Record-Route'], 'Record-Route'),
          crossing,
        };
        const grade = graded('error', passthrough);
        const isKnown = near.adjacency !== undefined && far.adjacency !== undefined;
        // Names of the box that only a policy knows: whatever is new may be its own.
        const fresh = missingFrom(received.request!.sip.recordRoutes, after.sip.recordRoutes).length;
        if (own === 0 && (isKnown || fresh === 0)) report({ message: 'none', data, ...common, ...grade });
        else if (!isKnown) continue;
        else if (own > 2)
          report({
            message: 'count',
            data: { method, count: own },
            ...common,
            ...grade,
            severity: 'warning',
          });
        else if (one) continue;
        else if (inbound.length === 0)
          report({ message: 'inbound', data: { method, side: near.name }, ...common, ...grade });
        else if (outbound.length === 0 || own < 2)
          report({ message: 'outbound', data: { method, side: far.name }, ...common, ...grade });
      }
    },
  }),
});

/** A call that leaves by the adjacency it came by. */
function isOneSide(near: Side, far: Side): boolean {
  if (near.adjacency !== undefined || far.adjacency !== undefined) return near.adjacency === far.adjacency;
  return near.box.ip === far.box.ip;
}
