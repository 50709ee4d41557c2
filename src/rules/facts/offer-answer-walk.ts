// Goes through the messages of a dialog in order and puts offers and answers together (RFC 3264 §4, RFC 3261 §13.2.1, RFC
// 3262 §5, RFC 3311 §5, RFC 6337 §3.1).
import { HEADER } from '../../sip/header/header-names.ts';
import { METHOD } from '../../sip/method.ts';
import type { DialogFacts } from './dialog-facts.ts';
import type { MessageFacts } from './message-facts.ts';
import type { Exchange, OfferAnswerTimeline, Slip } from './offer-answer.ts';
import type { SdpFacts } from './sdp-facts.ts';
import { isBlind, isReliable, sessionDescriptionOf } from './session-body.ts';
import type { TransactionFacts } from './transaction-facts.ts';

type Open = { -readonly [Key in keyof Exchange]: Exchange[Key] } & {
  previews: SdpFacts[];
  repeats: SdpFacts[];
};

/** An INVITE on its way: the exchange that it or its responses began. */
interface Invite {
  readonly offerless: boolean;
  exchange: Open | undefined;
  /** The response that made the offer to an INVITE without one: its PRACK or ACK answers. */
  offeredIn: MessageFacts | undefined;
  /** A first reliable response without the offer was told. */
  told: boolean;
  blind: boolean;
}

export class OfferAnswerWalk {
  private readonly dialog: DialogFacts;
  private readonly exchanges: Open[] = [];
  private readonly slips: Slip[] = [];
  private readonly descriptions: { sdp: SdpFacts; byCaller: boolean }[] = [];
  private readonly invites = new Map<TransactionFacts, Invite>();
  private readonly others = new Map<TransactionFacts, Open>();
  private readonly acknowledged = new Map<MessageFacts, TransactionFacts>();

  constructor(dialog: DialogFacts) {
    this.dialog = dialog;
  }

  run(): OfferAnswerTimeline {
    const { created, messages, transactions } = this.dialog;
    for (const transaction of created === undefined ? transactions : [created, ...transactions]) {
      for (const ack of transaction.acks) this.acknowledged.set(ack, transaction);
    }
    if (created?.request !== undefined) this.request(created.request);
    for (const message of messages) {
      if (message.isRequest) this.request(message);
      else this.response(message);
    }
    this.close();
    return { exchanges: this.exchanges, slips: this.slips, descriptions: this.descriptions };
  }

  private request(message: MessageFacts): void {
    const { methodId } = message.sip;
    if (methodId === METHOD.ACK) this.ack(message);
    else if (methodId === METHOD.PRACK) this.prack(message);
    else if (methodId === METHOD.INVITE) this.invite(message);
    else if (methodId === METHOD.UPDATE) this.offerIn(message);
  }

  private invite(message: MessageFacts): void {
    const { transaction } = message;
    if (transaction === undefined || transaction.request !== message) return;
    const sdp = this.descriptionIn(message);
    this.invites.set(transaction, {
      offerless: sdp === undefined,
      exchange: sdp && this.begin(sdp, message, transaction),
      offeredIn: undefined,
      told: false,
      blind: isBlind(message),
    });
  }

  /** UPDATE, and a PRACK that answers nothing (RFC 3311 §5.1, RFC 3262 §5). */
  private offerIn(message: MessageFacts): void {
    const { transaction } = message;
    if (transaction === undefined || transaction.request !== message) return;
    const sdp = this.descriptionIn(message);
    if (sdp !== undefined) this.others.set(transaction, this.begin(sdp, message, transaction));
  }

  private ack(message: MessageFacts): void {
    const invite = this.invites.get(this.acknowledged.get(message)!);
    const sdp = this.descriptionIn(message);
    if (invite === undefined || invite.blind) return;
    if (invite.offeredIn !== undefined && invite.offeredIn.status >= 200) this.answerTo(invite, sdp, message);
    else if (sdp !== undefined) this.second(invite, sdp, message);
  }

  /** A description where nothing more is to be answered: the same again does no harm. */
  private second(invite: Invite, sdp: SdpFacts, message: MessageFacts): void {
    const { exchange } = invite;
    if (exchange === undefined || exchange.offer.octets.equals(sdp.octets)) return;
    this.slip('second-answer', message, exchange);
  }

  private prack(message: MessageFacts): void {
    const rack = message.sip.value(HEADER.RAck)?.split(/\s+/);
    for (const invite of this.invites.values()) {
      const offered = invite.offeredIn;
      if (offered === undefined || offered.status >= 200 || rack === undefined) continue;
      if (Number(rack[0]) !== Number(offered.sip.value(HEADER.RSeq))) continue;
      if (invite.exchange?.outcome !== 'open' || invite.blind) continue;
      this.answerTo(invite, this.descriptionIn(message), message);
      return;
    }
    this.offerIn(message);
  }

  private answerTo(invite: Invite, sdp: SdpFacts | undefined, message: MessageFacts): void {
    const { exchange } = invite;
    if (exchange === undefined || exchange.outcome !== 'open' || isBlind(message)) return;
    this.settle(exchange, sdp, message);
  }

  private response(message: MessageFacts): void {
    const { transaction, status } = message;
    if (transaction === undefined) return;
    const invite = this.invites.get(transaction);
    if (invite !== undefined) {
      if (status < 200) this.provisional(invite, transaction, message);
      else if (status < 300) this.success(invite, transaction, message);
      else if (invite.exchange !== undefined) reject(invite.exchange, message);
      return;
    }
    const exchange = this.others.get(transaction);
    if (exchange === undefined || exchange.outcome !== 'open' || status < 200) return;
    if (status >= 300) reject(exchange, message);
    else if (!isBlind(message)) this.settle(exchange, this.descriptionIn(message), message);
  }

  private provisional(invite: Invite, transaction: TransactionFacts, message: MessageFacts): void {
    const reliable = isReliable(message);
    if (isBlind(message)) {
      invite.blind = true;
      return;
    }
    const sdp = this.descriptionIn(message);
    if (reliable) this.reliable(invite, sdp, transaction, message);
    // What an unreliable 1xx brings to an INVITE without offer counts for nothing (RFC 6337 §3.1.2).
    else if (sdp !== undefined && !invite.offerless && invite.exchange !== undefined) {
      const { exchange } = invite;
      (exchange.outcome === 'open' ? exchange.previews : exchange.repeats).push(sdp);
    }
  }

  private reliable(
    invite: Invite,
    sdp: SdpFacts | undefined,
    transaction: TransactionFacts,
    message: MessageFacts,
  ): void {
    const { exchange } = invite;
    if (invite.offerless && exchange === undefined) {
      this.offerFor(invite, sdp, transaction, message);
    } else if (sdp !== undefined && exchange !== undefined) {
      // RFC 6337 §2.2: the first reliable 1xx may be without the answer; the first with a description is the answer.
      if (exchange.outcome === 'open' && !invite.offerless) this.settle(exchange, sdp, message);
      else exchange.repeats.push(sdp);
    }
  }

  private success(invite: Invite, transaction: TransactionFacts, message: MessageFacts): void {
    if (isBlind(message) || invite.blind) {
      invite.blind = true;
      return;
    }
    const { exchange } = invite;
    const sdp = this.descriptionIn(message);
    if (exchange === undefined) this.offerFor(invite, sdp, transaction, message);
    else if (exchange.outcome === 'open' && !invite.offerless) this.settle(exchange, sdp, message);
    else if (sdp !== undefined) exchange.repeats.push(sdp);
  }

  /** RFC 3261 §13.2.1, RFC 3262 §5: the first reliable response to an INVITE without offer makes the offer. */
  private offerFor(
    invite: Invite,
    sdp: SdpFacts | undefined,
    transaction: TransactionFacts,
    message: MessageFacts,
  ): void {
    if (sdp !== undefined) {
      invite.exchange = this.begin(sdp, message, transaction);
      invite.offeredIn = message;
    } else if (!invite.told) {
      invite.told = true;
      this.slip('no-offer', message, undefined);
    }
  }

  private begin(sdp: SdpFacts, message: MessageFacts, transaction: TransactionFacts): Open {
    const exchange: Open = {
      offer: sdp,
      byCaller: this.isFromCaller(message),
      transaction,
      answer: undefined,
      outcome: 'open',
      closedBy: undefined,
      previews: [],
      repeats: [],
    };
    this.exchanges.push(exchange);
    return exchange;
  }

  private settle(exchange: Open, sdp: SdpFacts | undefined, message: MessageFacts): void {
    exchange.answer = sdp;
    exchange.outcome = sdp === undefined ? 'unanswered' : 'answered';
    exchange.closedBy = message;
    if (sdp === undefined) this.slip('no-answer', message, exchange);
  }

  /** At the end: what was refused by a response of another dialog, and offers made while another was open. */
  private close(): void {
    for (const exchange of this.exchanges) {
      const { final } = exchange.transaction;
      if (exchange.outcome === 'open' && final !== undefined && final.status >= 300) reject(exchange, final);
    }
    let open: Open[] = [];
    for (const later of this.exchanges) {
      const { message } = later.offer;
      // Only what the capture shows to have been answered or refused afterwards was open for certain.
      open = open.filter(({ closedBy }) => closedBy !== undefined && message.millisecondsTo(closedBy) > 0);
      for (const earlier of open)
        if (this.isKnown(earlier, later)) this.slip('offer-while-open', message, earlier);
      open.push(later);
    }
  }

  /** Whether who made the later offer had the earlier one: of the other side it may have been on its way yet (RFC 3261 §14.2). */
  private isKnown(earlier: Open, later: Open): boolean {
    if (earlier.byCaller === later.byCaller) return true;
    const { message } = later.offer;
    if (earlier.offer.message.millisecondsTo(message) > ON_ITS_WAY) return true;
    return earlier.transaction.responses.some(
      (response) => response.status > 100 && response.millisecondsTo(message) > 0,
    );
  }

  private descriptionIn(message: MessageFacts): SdpFacts | undefined {
    const sdp = sessionDescriptionOf(message);
    if (sdp !== undefined) this.descriptions.push({ sdp, byCaller: this.isFromCaller(message) });
    return sdp;
  }

  private slip(kind: Slip['kind'], at: MessageFacts, exchange: Exchange | undefined): void {
    this.slips.push({ kind, at, exchange, byCaller: this.isFromCaller(at) });
  }

  private isFromCaller(message: MessageFacts): boolean {
    return message === this.dialog.created?.request || this.dialog.fromCaller(message);
  }
}

function reject(exchange: Open, message: MessageFacts): void {
  if (exchange.outcome !== 'open') return;
  exchange.outcome = 'rejected';
  exchange.closedBy = message;
}

/** Milliseconds from the capture to the other side and back: T1, the round trip that RFC 3261 §17.1.1.1 reckons with. */
const ON_ITS_WAY = 500;
