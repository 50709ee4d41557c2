// One dialog at one hop (RFC 3261 §12): its requests from both ends, and what each end calls itself.
import type { Dialog } from '../../dialog/call.ts';
import { DialogWays } from './dialog-ways.ts';
import type { LegFacts } from './leg-facts.ts';
import type { MessageFacts } from './message-facts.ts';
import type { TransactionFacts } from './transaction-facts.ts';

export class DialogFacts {
  readonly leg: LegFacts;
  readonly dialog: Dialog;
  /** Index into `call.dialogs`. */
  readonly index: number;
  /** Messages with both of its tags, without retransmissions, in capture order. */
  readonly messages: readonly MessageFacts[];
  /** The transaction of the request that formed it at this hop; undefined when not captured. */
  readonly created: TransactionFacts | undefined;

  private requestList: readonly MessageFacts[] | undefined = undefined;
  private transactionList: readonly TransactionFacts[] | undefined = undefined;
  private tag: string | undefined = undefined;
  private dialogWays: DialogWays | undefined = undefined;

  constructor(leg: LegFacts, index: number, messages: readonly MessageFacts[]) {
    this.leg = leg;
    this.index = index;
    this.dialog = leg.call.call.dialogs[index]!;
    this.messages = messages;
    this.created = messages.find(
      ({ transaction, isRequest }) => !isRequest && transaction?.createsDialog,
    )?.transaction;
  }

  /** Requests inside it in order, ACKs included. */
  get requests(): readonly MessageFacts[] {
    this.requestList ??= this.messages.filter(({ isRequest }) => isRequest);
    return this.requestList;
  }

  /** Transactions of requests inside it, in order; ACKs to 2xx are none. */
  get transactions(): readonly TransactionFacts[] {
    this.transactionList ??= this.transactionsInside();
    return this.transactionList;
  }

  private transactionsInside(): TransactionFacts[] {
    const inside = new Set<TransactionFacts>();
    for (const { transaction } of this.messages) {
      if (transaction !== undefined && !transaction.initial && transaction.method !== 'ACK')
        inside.add(transaction);
    }
    return [...inside];
  }

  /** Of the side that formed it; a NOTIFY may come before the response that does (RFC 6665 §4.4.1). */
  get callerTag(): string {
    this.tag ??= this.created?.request?.sip.fromTag ?? this.dialog.localTag;
    return this.tag;
  }

  get calleeTag(): string {
    const { localTag, remoteTag } = this.dialog;
    return this.callerTag === localTag ? remoteTag : localTag;
  }

  /** Whether a request was sent by the side that formed the dialog (the caller). */
  fromCaller(message: MessageFacts): boolean {
    const tag = message.isRequest ? message.sip.fromTag : message.sip.toTag;
    return tag === this.callerTag;
  }

  /** What says where its requests go. */
  get ways(): DialogWays {
    this.dialogWays ??= new DialogWays(this);
    return this.dialogWays;
  }

  /** Its beginning is in the capture (guard G1). */
  get complete(): boolean {
    return this.created?.request !== undefined;
  }
}
