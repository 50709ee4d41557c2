// The messages of a call at one hop, with transactions and dialogs put together once for all rules.
import type { Leg } from '../../legs/leg.ts';
import { METHOD } from '../../sip/method.ts';
import type { CallFacts } from './call-facts.ts';
import { DialogFacts } from './dialog-facts.ts';
import { MessageFacts } from './message-facts.ts';
import { mayRefreshTarget } from './target-refresh.ts';
import { TransactionFacts } from './transaction-facts.ts';

export class LegFacts {
  readonly leg: Leg;
  readonly call: CallFacts;
  /** All, in capture order. */
  readonly messages: readonly MessageFacts[];
  /** Without those sent again, or captured twice (guards G3, G4). */
  readonly distinct: readonly MessageFacts[];
  /** In order of their first message. */
  readonly transactions: readonly TransactionFacts[];

  private dialogFacts: readonly DialogFacts[] | undefined = undefined;
  private insideList: readonly MessageFacts[] | undefined = undefined;
  private refreshingList: readonly MessageFacts[] | undefined = undefined;
  private inviteList: readonly TransactionFacts[] | undefined = undefined;

  constructor(leg: Leg, call: CallFacts) {
    this.leg = leg;
    this.call = call;
    this.messages = leg.events.map((event, place) => new MessageFacts(event, this, place));
    this.distinct = this.messages.filter(({ repeated }) => !repeated);
    this.transactions = transactionsOf(this);
  }

  /** Dialogs that were seen at this hop, in the order of the call's. */
  get dialogs(): readonly DialogFacts[] {
    this.dialogFacts ??= dialogsOf(this);
    return this.dialogFacts;
  }

  /** Its INVITE transactions, in order. */
  get invites(): readonly TransactionFacts[] {
    this.inviteList ??= this.transactions.filter(({ methodId }) => methodId === METHOD.INVITE);
    return this.inviteList;
  }

  /** Those that may tell where their sender is to be reached from then on, in capture order. */
  get refreshing(): readonly MessageFacts[] {
    this.refreshingList ??= this.messages.filter(mayRefreshTarget);
    return this.refreshingList;
  }

  /** Requests with a To tag, those sent again too, in capture order. */
  get requestsInside(): readonly MessageFacts[] {
    this.insideList ??= this.messages.filter(({ isRequest, sip }) => isRequest && sip.toTagStart >= 0);
    return this.insideList;
  }

  /** The transaction that began it: of the first request without To tag that is no CANCEL. */
  get initial(): TransactionFacts | undefined {
    return this.transactions.find((transaction) => transaction.initial && transaction.method !== 'CANCEL');
  }

  /** What it was asked before the capture began is not known (guard G1). */
  get partial(): boolean {
    return this.call.call.partial || this.initial === undefined;
  }
}

function transactionsOf(leg: LegFacts): TransactionFacts[] {
  const byIndex = new Map<number, TransactionFacts>();
  for (const message of leg.messages) {
    const { transaction: index } = message.event;
    if (index < 0) continue;
    let transaction = byIndex.get(index);
    if (transaction === undefined) {
      transaction = new TransactionFacts(leg, index);
      byIndex.set(index, transaction);
    }
    message.transaction = transaction;
    transaction.messages.push(message);
    if (message.repeated) continue;
    if (!message.isRequest) transaction.responses.push(message);
    // RFC 3261 §17.1.1.3: the ACK to a failure is part of the INVITE's transaction.
    else if (
      message.methodId === METHOD.ACK &&
      (transaction.request !== undefined || transaction.responses.length > 0)
    )
      transaction.acks.push(message);
    else transaction.request ??= message;
  }
  const transactions = [...byIndex.values()];
  joinAcks(transactions);
  joinCancels(transactions);
  return transactions;
}

/** RFC 3261 §13.2.2.4: the ACK to a 2xx has the CSeq number of its INVITE, and the tags of the dialog. */
function joinAcks(transactions: readonly TransactionFacts[]): void {
  const acks = transactions.filter(({ methodId }) => methodId === METHOD.ACK);
  if (acks.length === 0) return;
  const invites = transactions.filter(
    ({ methodId, final }) => methodId === METHOD.INVITE && final !== undefined,
  );
  // A call may have thousands of both.
  const byNumber = Map.groupBy(invites, ({ cseq }) => cseq);
  for (const { request } of acks) {
    if (request === undefined) continue;
    const { cseqNumber, toTag } = request.sip;
    const invite = byNumber.get(cseqNumber)?.findLast(({ responses }) => {
      return responses.some(({ status, sip }) => status >= 200 && sip.toTag === toTag);
    });
    invite?.acks.push(request);
  }
}

/**
 * RFC 3261 §9.1: a CANCEL has the branch and the CSeq number of what it cancels; one that breaks this is known by either,
 * else by what its sender is waiting for.
 */
function joinCancels(transactions: readonly TransactionFacts[]): void {
  const cancels = transactions.filter(({ methodId }) => methodId === METHOD.CANCEL);
  if (cancels.length === 0) return;
  const others = transactions.filter(({ methodId }) => methodId !== METHOD.CANCEL && methodId !== METHOD.ACK);
  for (const cancel of cancels) joinCancel(others, cancel);
}

function joinCancel(others: readonly TransactionFacts[], cancel: TransactionFacts): void {
  const { request } = cancel;
  if (request === undefined) return;
  const { branch, src } = request.sip;
  let same: TransactionFacts | undefined;
  let alike: TransactionFacts | undefined;
  let numbered: TransactionFacts | undefined;
  let pending: TransactionFacts | undefined;
  for (const one of others) {
    const { methodId, request: asked } = one;
    if (asked === undefined || asked.sip.src.ip !== src.ip) continue;
    const hasNumber = one.cseq === cancel.cseq;
    if (branch !== '' && asked.sip.branch === branch) {
      if (hasNumber) same ??= one;
      alike = one;
    }
    if (methodId !== METHOD.INVITE) continue;
    if (hasNumber) numbered = one;
    if (isPending(one, request)) pending = one;
  }
  const target = same ?? alike ?? numbered ?? pending;
  if (target === undefined) return;
  cancel.cancels = target;
  target.cancelledBy ??= cancel;
}

/** Sent before, and not answered at that time. */
function isPending({ request, final }: TransactionFacts, at: MessageFacts): boolean {
  if (request === undefined || request.millisecondsTo(at) < 0) return false;
  return request.sip.fromTag === at.sip.fromTag && (final === undefined || final.millisecondsTo(at) < 0);
}

function dialogsOf(leg: LegFacts): DialogFacts[] {
  const byIndex = new Map<number, MessageFacts[]>();
  for (const message of leg.messages) {
    const { dialog } = message.event;
    if (dialog < 0 || message.repeated) continue;
    const messages = byIndex.get(dialog);
    if (messages === undefined) byIndex.set(dialog, [message]);
    else messages.push(message);
  }
  return [...byIndex]
    .sort(([a], [b]) => a - b)
    .map(([index, messages]) => new DialogFacts(leg, index, messages));
}
