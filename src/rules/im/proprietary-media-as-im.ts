// Cisco IM, Special Media Descriptions: of proprietary media types x-ms-message alone is handled as IM.

import type { CrossedSdp } from '../facts/crossed-sdp.ts';
import type { Crossing } from '../facts/crossing.ts';
import {
  isMixedWithLookalikes,
  looksLikeIm,
  mediaLineEvidence,
  OTHER_REASONS,
  offerIn,
} from '../facts/im-offer.ts';
import { graded } from '../facts/verdict.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'im/proprietary-media-as-im',
    severity: 'warning',
    scope: 'call',
    tier: 2,
    since: '0.2.0',
    twoSided: true,
    summary: 'A proprietary media type other than x-ms-message is not handled as IM.',
    why: 'The media of such a line is neither relayed nor admitted: it works by chance, or not at all.',
    exceptions: [
      'The box passes every session description as it is.',
      'Its other calls were not captured: what it does with them is not known.',
    ],
    fix: 'Refuse the mix with 488, and relay a line of unknown media as any other media.',
    sources: [
      {
        document: 'Cisco IM',
        section: 'Miscellaneous SDP Handling',
        says: 'no support for any other proprietary media types',
      },
    ],
    messages: {
      mixed: 'an offer of IM with m={media} was not refused with 488',
      transparent: 'm={media} passed as IM does, while {side} rewrites the addresses of other media',
    },
  },
  create: ({ report }) => {
    const rewriting = new Set<string>();
    const waiting: { crossing: Crossing; crossed: CrossedSdp; media: string }[] = [];
    return {
      crossing(crossing) {
        if (!crossing.judged) return;
        for (const request of crossing.requests) {
          const sdp = offerIn(request);
          if (sdp === undefined || !isMixedWithLookalikes(sdp)) continue;
          const { received, sent } = request;
          const status = received.final?.status ?? 0;
          if (sent === undefined && (status === 0 || status === 488 || OTHER_REASONS.has(status))) continue;
          const { media } = sdp.media.find(looksLikeIm)!;
          report({
            message: 'mixed',
            data: { media },
            at: [sent?.request ?? received.final!, received.request!],
            evidence: mediaLineEvidence(sdp),
            crossing,
            ...graded('error', crossing.controller),
          });
        }
        for (const crossed of crossing.descriptions) {
          const { received, sent, fromCaller } = crossed;
          if (sent === undefined || received.media.length === 0) continue;
          const side = crossing.out(fromCaller)!;
          if (received.kind() === 'media' && !received.media.some(looksLikeIm)) {
            if (rewriting.size < MAX_SIDES && !side.owns(received.description.connection?.address ?? '')) {
              if (side.owns(sent.description.connection?.address ?? '')) rewriting.add(side.name);
            }
            continue;
          }
          const media = received.media.find(looksLikeIm)?.media;
          if (media === undefined || !received.media.every(looksLikeIm) || waiting.length >= MAX_WAITING)
            continue;
          if (received.octets.equals(sent.octets)) waiting.push({ crossing, crossed, media });
        }
      },
      end() {
        for (const { crossing, crossed, media } of waiting) {
          const side = crossing.out(crossed.fromCaller)!;
          if (!rewriting.has(side.name)) continue;
          report({
            message: 'transparent',
            data: { media, side: side.name },
            at: [crossed.message, crossed.received.message],
            evidence: mediaLineEvidence(crossed.sent!),
            crossing,
            ...graded('warning', crossing.controller),
          });
        }
      },
    };
  },
});

const MAX_SIDES = 1000;
/** Descriptions that are kept until it is known how the box treats others. */
const MAX_WAITING = 200;
