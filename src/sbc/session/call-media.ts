// What a call's offers and answers were about, and what of them went out where they are hidden. Shared by all dialogs of a
// forked INVITE.
import type { HiddenSession } from '../sdp/hidden-session.ts';
import type { OfferKind } from '../sdp/offer-kind.ts';
import { NegotiatedLines } from './negotiated-lines.ts';

export class CallMedia {
  /** null: no session description was seen. */
  kind: 'im' | 'other' | null = null;
  /** The last description of each party as it came, where the call is hidden. */
  readonly received: { caller: Buffer | null; callee: Buffer | null } = { caller: null, callee: null };
  /** The same as it went on. */
  readonly sent: { caller: HiddenSession | null; callee: HiddenSession | null } = {
    caller: null,
    callee: null,
  };
  readonly lines = new NegotiatedLines();

  /** The first description that was let pass says what the call is about. */
  isAbout(kind: OfferKind): void {
    if (this.kind === null && (kind === 'im' || kind === 'other')) this.kind = kind;
  }
}
