// What kind of session an offer asks for, as the chapter on IM and the decisions about it see it (rules.md §0, §16 Q14–Q16).
import type { Decisions } from '../../policy/decisions.ts';
import { isInstantMessaging } from '../../sdp/instant-message.ts';
import type { MediaDescription } from '../../sdp/media.ts';
import { type Evidence, sdpEvidence } from '../evidence.ts';
import type { CrossedRequest } from './crossed-request.ts';
import type { SdpFacts } from './sdp-facts.ts';

/** IM together with something that makes the SBC refuse it. */
export function isMixed(sdp: SdpFacts, decisions: Decisions): boolean {
  if (!sdp.im) return false;
  const live = decisions.strictImMixed ? sdp.media : sdp.media.filter(({ rejected }) => !rejected);
  if (!live.some(({ media }) => isInstantMessaging(media))) return false;
  const others = live.filter(({ media }) => !isInstantMessaging(media));
  if (decisions.messageWithXMsMessage === 'refuse' && new Set(live.map(({ media }) => media)).size > 1)
    return true;
  if (decisions.mixedMedia === 'audio-video')
    return others.some(({ media }) => media === 'audio' || media === 'video');
  return others.length > 0;
}

/** A media type of somebody's own that looks like IM: `x-foo-message`. There is none but x-ms-message (Cisco IM). */
export function looksLikeIm({ media }: MediaDescription): boolean {
  return !isInstantMessaging(media) && /^x-.*(?:msg|message|im)/i.test(media);
}

/** IM, and what is not only looks like it. */
export function isMixedWithLookalikes(sdp: SdpFacts): boolean {
  const others = sdp.media.filter(({ media, rejected }) => !rejected && !isInstantMessaging(media));
  return sdp.im && others.length > 0 && others.every(looksLikeIm);
}

/** The offer in a request, also one in PRACK or UPDATE; undefined for an answer in ACK and for requests of other kinds. */
export function offerIn({ received }: CrossedRequest): SdpFacts | undefined {
  return OFFERING.has(received.method) ? received.request!.sdp : undefined;
}

export function mediaLineEvidence(sdp: SdpFacts): Evidence[] {
  return sdp.media.map(({ line }) => sdpEvidence(sdp, line));
}

/** `audio, message` */
export function mediaText(sdp: SdpFacts): string {
  return sdp.media.map(({ media }) => media).join(', ');
}

/**
 * Statuses that answer something else than the media: 488 is not owed then. RFC 3261 §21.4.9, §21.4.25 (487), §14.1 (491).
 */
export const OTHER_REASONS: ReadonlySet<number> = new Set([
  400, 401, 403, 404, 407, 408, 415, 416, 420, 421, 422, 423, 481, 482, 483, 487, 491, 494, 500, 503,
]);
const OFFERING: ReadonlySet<string> = new Set(['INVITE', 'UPDATE', 'PRACK']);
