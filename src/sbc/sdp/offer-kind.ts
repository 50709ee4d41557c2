// What an offer asks for, as the chapter on IM tells sessions apart: by the media type of their lines alone (rules.md §0,
// §16 Q14–Q16; SBC-1…4, SBC-8…10).
import type { Decisions } from '../../policy/decisions.ts';
import { isInstantMessaging, isMsrp } from '../../sdp/instant-message.ts';
import { parseSdp } from '../../sdp/session.ts';

/** `none`: no description, or one without media. `mixed`: IM with what an SBC refuses beside it. */
export type OfferKind = 'im' | 'mixed' | 'other' | 'none';

export type KindDecisions = Pick<Decisions, 'strictImMixed' | 'mixedMedia' | 'messageWithXMsMessage'>;

export function offerKind(description: Buffer | undefined, decisions: KindDecisions): OfferKind {
  if (description === undefined) return 'none';
  const { media } = parseSdp(description);
  if (media.length === 0) return 'none';
  const alive = media.filter(({ rejected }) => !rejected);
  // RFC 3264 §8: a slot that is dead stays in every later offer, and asks for nothing (Q14).
  const counted = decisions.strictImMixed || alive.length === 0 ? media : alive;
  const messages = counted.filter(({ media }) => isInstantMessaging(media));
  if (messages.length === 0) return 'other';
  if (decisions.messageWithXMsMessage === 'refuse' && new Set(messages.map(({ media }) => media)).size > 1)
    return 'mixed';
  const others = counted.filter(({ media }) => !isInstantMessaging(media));
  const refused =
    decisions.mixedMedia === 'any' ? others : others.filter(({ media }) => AUDIO_VIDEO.has(media));
  return refused.length > 0 ? 'mixed' : 'im';
}

/** Whether one of its IM lines is MSRP, which privacy does not rewrite (Q13). */
export function hasMsrp(description: Buffer): boolean {
  return parseSdp(description).media.some((one) => isInstantMessaging(one.media) && isMsrp(one));
}

const AUDIO_VIDEO: ReadonlySet<string> = new Set(['audio', 'video']);
