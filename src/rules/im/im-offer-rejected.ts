// Cisco IM, SIP Instant Messaging: calls with m=message are allowed; the controller does not refuse them itself.
import { isMsrp } from '../../sdp/instant-message.ts';
import { startLineEvidence } from '../evidence.ts';
import { interworkingOf } from '../facts/im-interworking.ts';
import { isMixed, mediaLineEvidence, offerIn } from '../facts/im-offer.ts';
import { graded } from '../facts/verdict.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'im/im-offer-rejected',
    severity: 'warning',
    scope: 'call',
    tier: 1,
    since: '0.2.0',
    twoSided: true,
    summary: 'The controller does not refuse an offer whose only media is IM.',
    why: 'Users cannot begin a message session although the controller supports them.',
    exceptions: [
      'The request went on and the far side refused it: that failure is relayed.',
      'The call interworks with H.323 or from late to early media: 488 is due.',
      'A re-offer that changes the kind of the call.',
      'MSRP of a private call, where the policy refuses it (Q13).',
      'Several lines and x-ms-message are judged by rules of their own.',
    ],
    fix: 'Check the CAC limits and the adjacency of the call: nothing of IM is to be refused for its media.',
    sources: [
      {
        document: 'Cisco IM',
        section: 'SIP Instant Messaging',
        says: 'calls with m=message or m=x-ms-message are allowed',
      },
    ],
    messages: { rejected: 'the controller answered {status} to an {method} that offers IM alone' },
  },
  create: ({ report, policy }) => ({
    crossing(crossing) {
      if (!crossing.judged || interworkingOf(crossing) !== null) return;
      for (const request of crossing.requests) {
        const { received, sent } = request;
        const sdp = offerIn(request);
        const final = received.final;
        if (sdp === undefined || sent !== undefined || final === undefined || !received.initial) continue;
        if (![415, 488, 606].includes(final.status) || sdp.kind() !== 'im') continue;
        if (isMixed(sdp, policy.decisions) || sdp.messageLines.length !== 1) continue;
        const [line] = sdp.messageLines;
        if (line!.media !== 'message') continue;
        if (isMsrp(line!) && policy.decisions.msrpUnderPrivacy === 'refuse') continue;
        report({
          message: 'rejected',
          data: { status: final.status, method: received.method },
          at: [final, received.request!],
          evidence: [startLineEvidence(final), ...mediaLineEvidence(sdp)],
          crossing,
          ...graded('warning', crossing.controller),
        });
      }
    },
  }),
});
