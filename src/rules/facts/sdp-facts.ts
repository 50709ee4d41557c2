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

  /** At least one m=message or m=x-ms-message (Cisco IM §SDP Handling: known by the media token alone). */
  get im(): boolean {
    return this.media.some((media) => isInstantMessaging(media.media));
  }

  /**
   * IM beside any other media type (Q15). A slot that is dead, port 0, counts only with `strict` (Q14: RFC 3264 §8 has it
   * stay in every later offer).
   */
  mixed(strict = false): boolean {
    const live = strict ? this.media : this.media.filter((media) => !media.rejected);
    return (
      live.some((media) => isInstantMessaging(media.media)) &&
      !live.every((media) => isInstantMessaging(media.media))
    );
  }

  kind(strict = false): SdpKind {
    if (this.mixed(strict)) return 'mixed';
    const live = this.media.filter((media) => !media.rejected);
    const counted = live.length > 0 ? live : this.media;
    if (counted.length === 0) return 'none';
    return counted.some((media) => isInstantMessaging(media.media)) ? 'im' : 'media';
  }

  /** As received, for comparing across a box. */
  get octets(): Buffer {
    return this.message.sip.data.subarray(this.start, this.end);
  }
}
