// Cisco IM, SIP Instant Messaging: several m=message lines are permitted. RFC 3264 §6: they are answered line by line.
import { startLineEvidence } from '../evidence.ts';
import { interworkingOf } from '../facts/im-interworking.ts';
import { isMixed, mediaLineEvidence, OTHER_REASONS, offerIn } from '../facts/im-offer.ts';
import { graded } from '../facts/verdict.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'im/multiple-message-lines-rejected',
    severity: 'error',
    scope: 'call',
    tier: 1,
    since: '0.2.0',
    twoSided: true,
    summary: 'An offer of several m=message lines goes on, all of them in order.',
    why: 'Clients that offer several ways to write are refused, or the answer no longer fits their offer.',
    exceptions: [
      'Privacy applies: the lines are then made one on purpose (Q3).',
      'Other media beside them: 488 is due.',
      'The request failed for another reason, or the call interworks with H.323 or from late to early media.',
    ],
    fix: 'Forward every m=message line as it came.',
    sources: [
      {
        document: 'Cisco IM',
        section: 'SIP Instant Messaging',
        says: 'messages with multiple m=message lines are permitted',
      },
      { document: 'RFC 3264', section: '6', says: 'an answer has as many m= lines as the offer' },
    ],
    messages: {
      rejected: 'the controller answered {status} to an offer of {count} m=message lines',
      changed: 'an offer of {count} m=message lines went on with {sent}',
    },
  },
  create: ({ report, policy }) => ({
    crossing(crossing) {
      if (!crossing.judged) return;
      for (const request of crossing.requests) {
        const sdp = offerIn(request);
        if (sdp === undefined || sdp.messageLines.length < 2 || isMixed(sdp, policy.decisions)) continue;
        if (sdp.kind() !== 'im') continue;
        const { received, sent, fromCaller } = request;
        const count = sdp.messageLines.length;
        const status = received.final?.status ?? 0;
        if (sent === undefined) {
          if (status < 400 || OTHER_REASONS.has(status) || interworkingOf(crossing) !== null) continue;
          report({
            message: 'rejected',
            data: { status, count },
            at: [received.final!, received.request!],
            evidence: [startLineEvidence(received.final!), ...mediaLineEvidence(sdp)],
            crossing,
            ...graded('error', crossing.controller),
          });
          continue;
        }
        const after = sent.request!.sdp;
        const privacy = crossing.privacy(fromCaller);
        if (crossing.hides(fromCaller)) continue;
        if (after === undefined || after.messageLines.length === count) continue;
        // RFC 3264 §8: to a side whose own lines were hidden as one, those that it offered come back refused.
        if (
          after.messageLines.length > count &&
          after.openMessageLines.length === sdp.openMessageLines.length
        )
          continue;
        report({
          message: 'changed',
          data: { count, sent: after.messageLines.length },
          at: [sent.request!, received.request!],
          evidence: [...mediaLineEvidence(after), ...mediaLineEvidence(sdp)],
          crossing,
          ...graded('error', privacy, crossing.controller),
        });
      }
    },
  }),
});
