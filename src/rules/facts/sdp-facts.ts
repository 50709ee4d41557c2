// The session description of one message, and what the rules ask of it (rules.md §0: im, mixed).
import { isInstantMessaging } from '../../sdp/instant-message.ts';
import type { MediaDescription } from '../../sdp/media.ts';
import { parseSdp, type SessionDescription } from '../../sdp/session.ts';
import type { MessageFacts } from './message-facts.ts';

/** `none`: no media line at all. */
export type SdpKind = 'im' | 'mixed' | 'media' | 'none';

export class SdpFacts {
  readonly message: MessageFacts;
  readonly description: SessionDescription;
  /** Octets `[start, end)` of `message.sip.data`. */
  readonly start: number;
  readonly end: number;
  /** Of live slots alone, and of all. */
  private liveKind: SdpKind | undefined = undefined;
  private strictKind: SdpKind | undefined = undefined;

  constructor(message: MessageFacts, start: number, end: number) {
    this.message = message;
    this.start = start;
    this.end = end;
    this.description = parseSdp(message.sip.data, start, end);
  }

  get media(): readonly MediaDescription[] {
    return this.description.media;
  }

  /** The m=message and m=x-ms-message lines, refused ones too. */
  get messageLines(): readonly MediaDescription[] {
    return this.media.filter((media) => isInstantMessaging(media.media));
  }

  /** Of these, those with a port. */
  get openMessageLines(): readonly MediaDescription[] {
    return this.messageLines.filter(({ port }) => port > 0);
  }

  /** At least one m=message or m=x-ms-message (Cisco IM §SDP Handling: known by the media token alone). */
  get im(): boolean {
    return this.media.some((media) => isInstantMessaging(media.media));
  }

  /**
   * IM beside any other media type (Q15). A slot that is dead, port 0, counts only with `strict` (Q14: RFC 3264 §8 has it
   * stay in every later offer).
   */
  mixed(strict = false): boolean {
    return this.kind(strict) === 'mixed';
  }

  /** Asked by many rules. */
  kind(strict = false): SdpKind {
    if (strict) {
      this.strictKind ??= kindOf(this.media, true);
      return this.strictKind;
    }
    this.liveKind ??= kindOf(this.media, false);
    return this.liveKind;
  }

  /** As received, for comparing across a box. */
  get octets(): Buffer {
    return this.message.sip.data.subarray(this.start, this.end);
  }
}

function kindOf(media: readonly MediaDescription[], strict: boolean): SdpKind {
  const all = media.length;
  let im = 0;
  let live = 0;
  let liveIm = 0;
  for (const one of media) {
    const isIm = isInstantMessaging(one.media);
    if (isIm) im++;
    if (one.rejected) continue;
    live++;
    if (isIm) liveIm++;
  }
  const isMixed = strict ? im > 0 && im < all : liveIm > 0 && liveIm < live;
  if (isMixed) return 'mixed';
  if (all === 0) return 'none';
  // Where all are dead, what they were.
  return (live > 0 ? liveIm : im) > 0 ? 'im' : 'media';
}
