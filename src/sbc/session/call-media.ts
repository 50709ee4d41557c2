// What a call's offers and answers were about, and what of them went out where they are hidden. Each dialog of a forked INVITE
// has its own, which goes on from what the INVITE brought (RFC 3264 §4 is of one dialog).
import type { HiddenSession } from '../sdp/hidden-session.ts';
import type { OfferKind } from '../sdp/offer-kind.ts';
import { NegotiatedLines } from './negotiated-lines.ts';

export class CallMedia {
  /** null: no session description was seen. */
  kind: 'im' | 'other' | null = null;
  /** The last description of each party as it came, where the call is hidden. */
  readonly received: { caller: Buffer | null; callee: Buffer | null } = { caller: null, callee: null };
  /** The same as it went on; where one side alone is hidden, the other's too. */
  readonly sent: { caller: HiddenSession | null; callee: HiddenSession | null } = {
    caller: null,
    callee: null,
  };
  readonly lines = new NegotiatedLines();

  /** The same so far; what comes of either is the other's no more. */
  fork(): CallMedia {
    const media = new CallMedia();
    media.kind = this.kind;
    Object.assign(media.received, this.received);
    Object.assign(media.sent, this.sent);
    media.lines.takeOver(this.lines);
    return media;
  }

  /** The first description that was let pass says what the call is about. */
  isAbout(kind: OfferKind): void {
    if (this.kind === null && (kind === 'im' || kind === 'other')) this.kind = kind;
  }
}
