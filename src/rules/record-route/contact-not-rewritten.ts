// Cisco IM, Record-Route Passthrough Overview: without passthrough the controller puts its own Contact on each side.
import { HEADER } from '../../sip/header/header-names.ts';
import { headerEvidence } from '../evidence.ts';
import { contactOf } from '../facts/contact.ts';
import type { Side } from '../facts/crossing-side.ts';
import type { MessageFacts } from '../facts/message-facts.ts';
import { sameContact } from '../facts/route-set.ts';
import { graded } from '../facts/verdict.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'record-route/contact-not-rewritten',
    severity: 'error',
    scope: 'call',
    tier: 1,
    since: '0.2.0',
    twoSided: true,
    summary:
      'Without passthrough, Contact names the controller on each side, in the request and in its 1xx and 2xx.',
    why: 'Later requests go to the far end itself: past the controller, or to an address that this side cannot reach.',
    exceptions: [
      'Contact of a 3xx is a redirection.',
      'Without a policy, only a Contact that went on as it came is told.',
      'On a private call with passthrough configured the chapter says nothing of Contact: a warning (Q4).',
    ],
    fix: 'Have the controller write the local address of the outgoing adjacency into Contact.',
    sources: [
      {
        document: 'Cisco IM',
        section: 'Record-Route Passthrough Overview',
        says: 'its normal behavior is to rewrite Contact and keep two Record-Route sets',
      },
    ],
    messages: {
      request: 'Contact {went} of the {method} is not an address of {side}',
      response: 'Contact {went} of the {method} is not an address of {side}',
    },
  },
  create: ({ report, policy }) => ({
    crossing(crossing) {
      const { passthrough, near, far, inbound } = crossing;
      if (!crossing.judged || crossing.conflicting || far === null) return;
      if (passthrough === null || passthrough.holds) return;
      const silent = inbound?.recordRoutePassthrough === true && !crossing.registered.holds;
      if (silent && policy.decisions.privacyContact === 'keep') return;
      const look = (
        before: MessageFacts | undefined,
        after: MessageFacts,
        side: Side,
        message: 'request' | 'response',
        method: string,
      ) => {
        const went = contactOf(after);
        if (went === undefined || side.owns(went.uri.host)) return;
        const came = before === undefined ? undefined : contactOf(before);
        const kept = came !== undefined && sameContact(came.uri, went.uri);
        if (!kept && (!passthrough.known || side.adjacency === undefined)) return;
        report({
          message,
          data: { went: went.uri.text, method, side: side.name },
          at: before === undefined ? after : [after, before],
          evidence: headerEvidence(after, HEADER.Contact, 'Contact'),
          crossing,
          ...graded(silent ? 'warning' : 'error', passthrough),
        });
      };
      for (const { received, sent, responses } of crossing.dialogRequests) {
        // What applies to a registered endpoint is told by applied-to-registered.
        if (crossing.registered.holds && inbound?.recordRoutePassthrough !== false) continue;
        look(received.request!, sent!.request!, far, 'request', received.method);
        for (const { received: before, sent: after } of responses) {
          if (after.status < 300) look(before, after, near, 'response', `${after.status}`);
        }
      }
    },
  }),
});
