// All server transactions: makes them, finds the one that a request belongs to (RFC 3261 §17.2.3), and answers what needs
// no user: CANCEL (§9.2), and new requests when there are too many.
import type { SipMessage } from '../../sip/message.ts';
import { METHOD } from '../../sip/method.ts';
import type { Flow } from '../flow.ts';
import type { IdentifierSource } from '../identifier-source.ts';
import { makeResponse } from '../message/response.ts';
import { InviteServer } from './invite-server.ts';
import type { TransactionLimits } from './limits.ts';
import { NonInviteServer } from './non-invite-server.ts';
import { receivedVias } from './received-vias.ts';
import { cancelledKeys, mergeKey, requestKey } from './request-key.ts';
import type { Sending } from './sending.ts';
import type { ServerMachine, ServerOwner } from './server-machine.ts';
import { statelessTag } from './stateless-tag.ts';
import type { ServerTransaction, TransactionUser } from './transaction-user.ts';

export class ServerTransactions implements ServerOwner {
  readonly sending: Sending;
  readonly user: TransactionUser;
  private readonly limits: TransactionLimits;
  private readonly identifiers: IdentifierSource | null;
  /** How many client transactions there are. */
  private readonly others: () => number;
  private readonly byKey = new Map<string, InviteServer | NonInviteServer>();
  private readonly byMergeKey = new Map<string, ServerMachine>();
  private full = false;

  constructor(
    sending: Sending,
    user: TransactionUser,
    limits: TransactionLimits,
    identifiers: IdentifierSource | null,
    others: () => number,
  ) {
    this.sending = sending;
    this.user = user;
    this.limits = limits;
    this.identifiers = identifiers;
    this.others = others;
  }

  get size(): number {
    return this.byKey.size;
  }

  receive(request: SipMessage, flow: Flow): void {
    // RFC 3261 §8.1.1.7: without a Via nothing says where responses go.
    if (request.viaRow < 0) {
      this.sending.outbox.log('debug', 'sbc/request-without-via', { from: flow.remote.text });
      return;
    }
    const key = requestKey(request);
    const known = this.byKey.get(key);
    if (request.methodId === METHOD.ACK) {
      if (known instanceof InviteServer) known.acknowledge(request, flow);
      else this.user.ack(request, flow);
    } else if (known !== undefined) known.again(request);
    else if (request.methodId === METHOD.CANCEL) this.cancel(request, flow, key);
    else if (this.isFull(request)) this.refuse(request, flow);
    else this.begin(request, flow, key);
  }

  /**
   * The transaction of the same request that came by another way before; null when there is none. RFC 3261 §8.2.2.2: then
   * this one is answered with 482.
   */
  mergedWith(transaction: ServerTransaction): ServerTransaction | null {
    if (transaction.request.toTag !== '') return null;
    const first = this.byMergeKey.get(mergeKey(transaction.request));
    return first === undefined || first === transaction ? null : first;
  }

  remove(transaction: Pick<ServerMachine, 'key' | 'mergeKey'>): void {
    this.byKey.delete(transaction.key);
    const { mergeKey: key } = transaction;
    if (this.byMergeKey.get(key) === transaction) this.byMergeKey.delete(key);
  }

  private begin(request: SipMessage, flow: Flow, key: string): void {
    const merge = request.toTag === '' ? mergeKey(request) : '';
    const made =
      request.methodId === METHOD.INVITE
        ? new InviteServer(this, key, merge, request, flow)
        : new NonInviteServer(this, key, merge, request, flow);
    this.byKey.set(key, made);
    if (merge !== '' && !this.byMergeKey.has(merge)) this.byMergeKey.set(merge, made);
    this.user.request(made);
  }

  private cancel(cancel: SipMessage, flow: Flow, key: string): void {
    const cancelled = this.cancelledBy(cancel, flow);
    if (cancelled === undefined) {
      // §9.2. No state is kept for it (§8.2.7).
      this.answer(cancel, flow, 481);
      return;
    }
    if (cancelled.toTag === '') cancelled.toTag = this.makeTag(cancel);
    const made = new NonInviteServer(this, key, '', cancel, flow);
    this.byKey.set(key, made);
    // §9.2: whatever comes of it, with the tag that the responses to the INVITE have.
    made.respond(200, makeResponse(cancel, made.vias, 200, { toTag: cancelled.toTag }), cancel);
    if (cancelled.answered || !(cancelled instanceof InviteServer) || cancelled.cancelled) return;
    cancelled.cancelled = true;
    this.user.cancelled(cancelled, cancel);
  }

  private cancelledBy(cancel: SipMessage, flow: Flow): InviteServer | NonInviteServer | undefined {
    for (const key of cancelledKeys(cancel)) {
      const found = this.byKey.get(key);
      // §22.1: a CANCEL cannot be challenged; what vouches for it is that it comes from where the request came.
      if (found !== undefined && found.flow.remote.ip === flow.remote.ip) return found;
    }
    return undefined;
  }

  private isFull(request: SipMessage): boolean {
    const { transactions, withinDialogs } = this.limits;
    const size = this.size + this.others();
    const full = size >= (request.toTag === '' ? transactions : transactions + withinDialogs);
    if (full && !this.full) this.sending.outbox.log('warn', 'sbc/transactions-full', { transactions: size });
    if (full || size < transactions) this.full = full;
    return full;
  }

  private refuse(request: SipMessage, flow: Flow): void {
    // RFC 3261 §21.5.4.
    this.answer(request, flow, 503, [['Retry-After', String(this.limits.retryAfter)]]);
  }

  /** Answers without a transaction (§8.2.7). */
  private answer(
    request: SipMessage,
    flow: Flow,
    status: number,
    headers: readonly (readonly [name: string, value: string])[] = [],
  ): void {
    const { lines, responses } = receivedVias(request, flow);
    const octets = makeResponse(request, lines, status, { toTag: statelessTag(request), headers });
    this.sending.outbox.send(responses, octets, request);
  }

  private makeTag(cause: SipMessage): string {
    return this.identifiers?.next({ kind: 'tag', cause, adjacency: '' }) ?? statelessTag(cause);
  }
}
