// Cisco IM, Privacy for SIP Instant Messaging: a session-level c= with the local address of the adjacency that the description
// leaves by.
import { sdpEvidence } from '../evidence.ts';
import { privateDescriptions } from '../facts/private-sdp.ts';
import { graded } from '../facts/verdict.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'privacy/im-session-c-not-local',
    severity: 'error',
    scope: 'call',
    tier: 1,
    since: '0.2.0',
    twoSided: true,
    summary:
      'With privacy, an IM description leaves with one session-level c= that has the local address of that adjacency.',
    why: 'The address of a user who is to be hidden is told to the other side.',
    exceptions: [
      'A name of the adjacency stands for its address.',
      'MSRP lines, which are not rewritten (Q13).',
    ],
    fix: 'Have the controller write its own c= at session level: the address of the outbound adjacency in offers, of the inbound one in answers.',
    sources: [
      {
        document: 'Cisco IM',
        section: 'Privacy for SIP Instant Messaging',
        says: 'a session-level connection line with the local address of the adjacency is inserted',
      },
    ],
    messages: {
      missing: 'the IM description leaves {side} without a session-level c=',
      foreign: 'c= {address} of the IM description is no address of {side}, by which it leaves',
    },
  },
  create: ({ report }) => ({
    crossing(crossing) {
      for (const { crossed, received, sent, out } of privateDescriptions(crossing)) {
        const { description } = sent;
        const line = description.lines.find(({ type }) => type === 'c');
        const address = description.connection?.address ?? '';
        if (line !== undefined && out.owns(address)) continue;
        const first = description.allLines[0];
        const shown = line ?? first;
        report({
          message: line === undefined ? 'missing' : 'foreign',
          data: line === undefined ? { side: out.name } : { address, side: out.name },
          at: [crossed.message, received.message],
          evidence: shown === undefined ? [] : [sdpEvidence(sent, shown)],
          crossing,
          ...graded('error', crossing.controller),
        });
      }
    },
  }),
});
