// Cisco IM, Interworking: IM does not interwork with H.323, nor from late to early media; the call fails with 488.

import { startLineEvidence } from '../evidence.ts';
import type { Crossing } from '../facts/crossing.ts';
import { interworkingOf } from '../facts/im-interworking.ts';
import { mediaText } from '../facts/im-offer.ts';
import type { SdpFacts } from '../facts/sdp-facts.ts';
import { graded } from '../facts/verdict.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'im/interworking-not-488',
    severity: 'error',
    scope: 'call',
    tier: 1,
    since: '0.2.0',
    twoSided: true,
    summary: 'An IM call that would interwork with H.323, or from late to early media, fails with 488.',
    why: 'There is nothing on the other side to write to: the call stands without any message getting through.',
    exceptions: [
      'An INVITE without an offer that goes on without one is no interworking.',
      'The request failed for another reason.',
      'From early to late media the chapter says nothing (Q19): judged only where the policy refuses it.',
    ],
    fix: 'Answer 488 to IM on these adjacencies; route IM users past them.',
    sources: [
      {
        document: 'Cisco IM',
        section: 'Miscellaneous SDP Handling',
        says: 'no interworking for SIP/H.323 calls or late to early media; call setup fails with 488',
      },
    ],
    messages: {
      h323: 'IM ({media}) to or from an H.323 adjacency was answered {status} instead of 488',
      'late-early':
        'a call without offer went on with an offer of {media} and was answered {status} instead of 488',
      'early-late': 'an offer of {media} went on without one and was answered {status} instead of 488',
    },
  },
  create: ({ report }) => ({
    crossing(crossing) {
      if (!crossing.judged) return;
      const kind = interworkingOf(crossing);
      const request = crossing.initial;
      if (kind === null || request === undefined) return;
      const { received, sent } = request;
      const final = received.final;
      const sdp = imSeen(crossing);
      if (received.method !== 'INVITE' || final === undefined || final.status === 488 || sdp === undefined)
        return;
      if (final.status >= 300 && sent === undefined) return;
      // A failure of the far side for another reason, or a call given up.
      if (final.status >= 400 && final.status !== 415 && final.status !== 606) return;
      report({
        message: kind,
        data: { media: mediaText(sdp), status: final.status },
        at: [final, received.request!, ...(sent === undefined ? [] : [sent.request!])],
        evidence: [
          startLineEvidence(final),
          startLineEvidence(received.request!),
          ...(sent === undefined ? [] : [startLineEvidence(sent.request!)]),
        ],
        crossing,
        ...graded('error', crossing.controller),
      });
    },
  }),
});

/** The first IM description on either side. */
function imSeen({ a, b }: Crossing): SdpFacts | undefined {
  for (const leg of b === null ? [a] : [a, b]) {
    for (const { sdp } of leg.messages) if (sdp?.im === true) return sdp;
  }
  return undefined;
}
