// Cisco IM, Special Media Descriptions: m=x-ms-message is treated exactly as m=message, and stays what it is.
import { isInstantMessaging } from '../../sdp/instant-message.ts';
import { sdpEvidence, startLineEvidence } from '../evidence.ts';
import { interworkingOf } from '../facts/im-interworking.ts';
import { mediaLineEvidence, OTHER_REASONS, offerIn } from '../facts/im-offer.ts';
import type { SdpFacts } from '../facts/sdp-facts.ts';
import { graded } from '../facts/verdict.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'im/x-ms-message-treated-differently',
    severity: 'error',
    scope: 'call',
    tier: 1,
    since: '0.2.0',
    twoSided: true,
    summary: 'm=x-ms-message goes on like m=message and keeps its media type, also under privacy.',
    why: 'Clients that write x-ms-message do not know m=message: the session fails or stays silent.',
    exceptions: ['Any other proprietary media type has no support, and may be refused.'],
    fix: 'Handle x-ms-message by the same code as message, and copy the media type of each line.',
    sources: [
      {
        document: 'Cisco IM',
        section: 'Miscellaneous SDP Handling',
        says: 'x-ms-message is treated exactly the same as message',
      },
      {
        document: 'Cisco IM',
        section: 'Privacy for SIP Instant Messaging',
        says: 'the 200 OK example keeps it',
      },
    ],
    messages: {
      rejected: 'the controller answered {status} to an offer of x-ms-message alone',
      renamed: 'm=x-ms-message went on as m={media}',
      relayed: 'm=x-ms-message of port {before} went on with port {after}',
    },
  },
  create: ({ report }) => ({
    crossing(crossing) {
      if (!crossing.judged) return;
      const grade = graded('error', crossing.controller);
      for (const request of crossing.requests) {
        const { received, sent } = request;
        const sdp = offerIn(request);
        const status = received.final?.status ?? 0;
        if (sdp === undefined || !isProprietary(sdp) || sent !== undefined || status < 400) continue;
        // Several lines are judged by a rule of their own.
        if (sdp.messageLines.length > 1 || !received.initial) continue;
        if (OTHER_REASONS.has(status) || interworkingOf(crossing) !== null) continue;
        report({
          message: 'rejected',
          data: { status },
          at: [received.final!, received.request!],
          evidence: [startLineEvidence(received.final!), ...mediaLineEvidence(sdp)],
          crossing,
          ...grade,
        });
      }
      for (const { received, sent, message, fromCaller } of crossing.descriptions) {
        if (sent === undefined || !isProprietary(received)) continue;
        const before = received.media[0]!;
        const after = sent.media[0];
        if (after === undefined) continue;
        const at = [message, received.message];
        const evidence = [sdpEvidence(sent, after.line), sdpEvidence(received, before.line)];
        if (after.media !== before.media)
          report({ message: 'renamed', data: { media: after.media }, at, evidence, crossing, ...grade });
        else if (after.port !== before.port && !crossing.privacy(fromCaller).holds)
          report({
            message: 'relayed',
            data: { before: before.port, after: after.port },
            at,
            evidence,
            crossing,
            ...grade,
          });
      }
    },
  }),
});

/** Nothing but x-ms-message. */
function isProprietary({ media }: SdpFacts): boolean {
  return media.length > 0 && media.every((one) => isInstantMessaging(one.media) && one.media !== 'message');
}
