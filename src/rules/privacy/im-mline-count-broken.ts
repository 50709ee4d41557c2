// RFC 3264 §6: an answer has as many m= lines as its offer. Privacy makes one line of several (Cisco IM); the answer that goes back
// has to have them all again (rules.md §16 Q3, SBC-46).
import { mediaLineEvidence } from '../facts/im-offer.ts';
import { graded } from '../facts/verdict.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'privacy/im-mline-count-broken',
    severity: 'warning',
    scope: 'call',
    tier: 2,
    since: '0.2.0',
    twoSided: true,
    summary:
      'Where privacy made one m= line of several, the answer goes back with as many lines as were offered.',
    why: 'The client that offered takes an answer with fewer lines for broken, and gives the session up.',
    exceptions: [
      'One line was offered.',
      'The policy decides for answers as they come (collapsed-lines: collapse): info.',
    ],
    fix: 'Have the controller add the missing lines to the answer, with port 0.',
    sources: [
      { document: 'RFC 3264', section: '6', says: 'the same number of m= lines' },
      {
        document: 'Cisco IM',
        section: 'Privacy for SIP Instant Messaging',
        says: 'all m=message lines are stripped, and an offer with one is forwarded',
      },
    ],
    messages: {
      broken: 'an offer of {offered} m= lines went on with {sent}, and its answer came back with {answered}',
    },
  },
  create: ({ report, policy }) => ({
    crossing(crossing) {
      if (!crossing.judged) return;
      for (const { received, sent, responses } of crossing.requests) {
        const offer = received.request!.sdp;
        const forwarded = sent?.request?.sdp;
        if (offer === undefined || forwarded === undefined || offer.kind() !== 'im') continue;
        const offered = offer.media.length;
        if (offered < 2 || forwarded.media.length >= offered) continue;
        const back = responses.find((one) => one.sent.sdp !== undefined && one.sent.status < 300)?.sent;
        if (back === undefined || back.sdp!.media.length === offered) continue;
        const accepted = policy.decisions.collapsedLines === 'collapse';
        report({
          message: 'broken',
          data: { offered, sent: forwarded.media.length, answered: back.sdp!.media.length },
          at: [back, received.request!, sent!.request!],
          evidence: [back.sdp!, offer, forwarded].flatMap(mediaLineEvidence),
          crossing,
          ...graded(accepted ? 'info' : 'warning', crossing.controller),
        });
      }
    },
  }),
});
