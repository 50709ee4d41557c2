// The transaction layer of the SBC core: RFC 3261 §17 with RFC 6026, over the outbox. Messages, failures of sends and
// connections come in; what is new or has an answer goes to its user; the rest is met here.
import type { SipMessage } from '../../sip/message.ts';
import type { Flow } from '../flow.ts';
import type { IdentifierSource } from '../identifier-source.ts';
import type { Outbox } from '../outbox.ts';
import { ClientTransactions } from './client-transactions.ts';
import { DEFAULT_TRANSACTION_LIMITS, type TransactionLimits } from './limits.ts';
import { Sending } from './sending.ts';
import { ServerTransactions } from './server-transactions.ts';
import type {
  ClientRequest,
  ClientTransaction,
  ServerTransaction,
  TransactionUser,
} from './transaction-user.ts';

export interface TransactionsOptions {
  readonly limits?: Partial<TransactionLimits>;
  /** For the tag of a 200 to a CANCEL when its INVITE has none yet; else one is derived. */
  readonly identifiers?: IdentifierSource;
}

export class Transactions {
  private readonly sending: Sending;
  private readonly clients: ClientTransactions;
  private readonly servers: ServerTransactions;

  constructor(outbox: Outbox, user: TransactionUser, { limits = {}, identifiers }: TransactionsOptions = {}) {
    this.sending = new Sending(outbox);
    this.clients = new ClientTransactions(this.sending, user);
    const caps = { ...DEFAULT_TRANSACTION_LIMITS, ...limits };
    this.servers = new ServerTransactions(
      this.sending,
      user,
      caps,
      identifiers ?? null,
      () => this.clients.size,
    );
  }

  /** Transactions that are not over. */
  get size(): number {
    return this.clients.size + this.servers.size;
  }

  /** `message` owns its octets: it may be held for as long as its transaction. */
  receive(message: SipMessage, flow: Flow): void {
    if (message.isRequest) this.servers.receive(message, flow);
    else this.clients.receive(message, flow);
  }

  /** Sends a request in a new client transaction. Not ACK: that to a 2xx has no transaction. */
  request(sent: ClientRequest): ClientTransaction {
    return this.clients.request(sent);
  }

  /**
   * The transaction of the same request that came by another way before, null when there is none; then this one is to be
   * answered with 482 (RFC 3261 §8.2.2.2).
   */
  mergedWith(transaction: ServerTransaction): ServerTransaction | null {
    return this.servers.mergedWith(transaction);
  }

  /** Of a `send-failed` event. */
  sendFailed(send: number, reason: string): void {
    this.sending.failed(send, reason);
  }

  /** Of a `connection-closed` event. */
  connectionClosed(connection: number): void {
    this.sending.closed(connection);
  }
}
