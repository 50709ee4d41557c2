// Cisco IM, SIP Instant Messaging and SDP Handling: an offer of IM beside any other media is refused with 488 and goes no further.
import { startLineEvidence } from '../evidence.ts';
import {
  isMixed,
  isMixedWithLookalikes,
  mediaLineEvidence,
  mediaText,
  OTHER_REASONS,
  offerIn,
} from '../facts/im-offer.ts';
import { graded } from '../facts/verdict.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'im/mixed-offer-not-488',
    severity: 'error',
    scope: 'call',
    tier: 1,
    since: '0.2.0',
    twoSided: true,
    summary:
      'An offer that mixes IM with any other media is answered 488 by the controller and not forwarded.',
    why: 'The controller sets up no media for IM dialogs: what it lets through here has audio or video that nobody relays.',
    exceptions: [
      'message beside x-ms-message: they are the same (Q16).',
      'A line of port 0 that a re-offer has to keep (Q14), unless the policy counts it (strict-im-mixed).',
      'The request failed for another reason before its media was looked at, and did not go on.',
    ],
    fix: 'Refuse the offer at the controller with 488 Not Acceptable Here; have the client call and write in two dialogs.',
    sources: [
      {
        document: 'Cisco IM',
        section: 'SIP Instant Messaging',
        says: 'rejected if the SDP also contains other media types',
      },
      {
        document: 'Cisco IM',
        section: 'SDP Handling for SIP Instant Messaging',
        says: 'with error code 488',
      },
    ],
    messages: {
      forwarded: '{method} offering {media} went on to {to}',
      answered: '{method} offering {media} was answered {status} instead of 488',
    },
  },
  create: ({ report, policy }) => ({
    crossing(crossing) {
      if (!crossing.judged) return;
      for (const request of crossing.requests) {
        const sdp = offerIn(request);
        if (sdp === undefined || !isMixed(sdp, policy.decisions) || isMixedWithLookalikes(sdp)) continue;
        const { received, sent } = request;
        const final = received.final;
        const forwarded = sent?.request;
        const status = final?.status ?? 0;
        if (forwarded === undefined && (status === 0 || status === 488 || OTHER_REASONS.has(status)))
          continue;
        const at = [forwarded ?? final!, received.request!];
        if (forwarded !== undefined && final !== undefined) at.push(final);
        report({
          message: forwarded === undefined ? 'answered' : 'forwarded',
          data: {
            method: received.method,
            media: mediaText(sdp),
            ...(forwarded === undefined ? { status } : { to: forwarded.sip.dst.text }),
          },
          at,
          evidence: [...mediaLineEvidence(sdp), ...(final === undefined ? [] : [startLineEvidence(final)])],
          crossing,
          ...graded('error', crossing.controller),
        });
      }
    },
  }),
});
