// The offers and answers of one dialog at one hop, in order: which message made each offer, which answered it, and where
// one is missing or doubled (RFC 3264 §4; RFC 3261 §13.2.1, §14.1; RFC 3262 §5; RFC 3311 §5; RFC 6337 §2.2, §3.1).
import type { DialogFacts } from './dialog-facts.ts';
import type { MessageFacts } from './message-facts.ts';
import { OfferAnswerWalk } from './offer-answer-walk.ts';
import type { SdpFacts } from './sdp-facts.ts';
import type { TransactionFacts } from './transaction-facts.ts';

export { isReliable, sessionDescriptionOf } from './session-body.ts';

export interface Exchange {
  readonly offer: SdpFacts;
  /** Made by the side that formed the dialog. */
  readonly byCaller: boolean;
  /** Of the offer: an INVITE's also where the offer is in its 1xx or 2xx. */
  readonly transaction: TransactionFacts;
  readonly answer: SdpFacts | undefined;
  /**
   * `rejected`: by a failure response, the session stays as it was (RFC 3264 §4). `unanswered`: what had to bring the
   * answer came without one. `open`: the capture shows no end of it.
   */
  readonly outcome: 'answered' | 'rejected' | 'unanswered' | 'open';
  /** What ended it: the answer's message, the failure, or what came without the answer; undefined while open. */
  readonly closedBy: MessageFacts | undefined;
  /** In unreliable 1xx before the answer: a preview of it (RFC 6337 §3.1.1). */
  readonly previews: readonly SdpFacts[];
  /** In responses to the same INVITE after the answer: they say the same, and are ignored (RFC 3261 §13.2.1). */
  readonly repeats: readonly SdpFacts[];
}

/** A place where the exchange breaks the rules. */
export interface Slip {
  /**
   * `no-answer`: `at` had to bring the answer to `exchange`. `no-offer`: `at` is the first reliable response to an INVITE
   * without offer, and brings none either. `offer-while-open`: `at` makes an offer though `exchange` is open.
   * `second-answer`: an ACK or PRACK brings a description where the INVITE's offer was already answered.
   */
  readonly kind: 'no-answer' | 'no-offer' | 'offer-while-open' | 'second-answer';
  readonly at: MessageFacts;
  readonly exchange: Exchange | undefined;
  /** Of `at`. */
  readonly byCaller: boolean;
}

export interface OfferAnswerTimeline {
  readonly exchanges: readonly Exchange[];
  readonly slips: readonly Slip[];
  /** Every session description of the dialog with its sender, in order. */
  readonly descriptions: readonly { readonly sdp: SdpFacts; readonly byCaller: boolean }[];
}

/** Worked out once for a dialog. */
export function offerAnswerOf(dialog: WalkedDialog): OfferAnswerTimeline {
  dialog[TIMELINE] ??= new OfferAnswerWalk(dialog).run();
  return dialog[TIMELINE];
}

/** Kept with the dialog: what a WeakMap holds outlives many young ones, with all that it leads to. */
const TIMELINE = Symbol('offers and answers');

type WalkedDialog = DialogFacts & { [TIMELINE]?: OfferAnswerTimeline };
