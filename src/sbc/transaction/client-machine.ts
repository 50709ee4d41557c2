// What the two client machines have in common: the request, where it goes, and who waits for its responses.
import type { StateTable } from '../../dialog/transaction/state-table.ts';
import type { SipMessage } from '../../sip/message.ts';
import { type Flow, isReliable } from '../flow.ts';
import { Machine } from './machine.ts';
import type { Sending } from './sending.ts';
import type { ClientRequest, ClientState, ClientTransaction, ClientUser } from './transaction-user.ts';

/** What a machine asks of the table it is in. */
export interface ClientOwner {
  readonly sending: Sending;
  request(sent: ClientRequest): ClientTransaction;
  /** A response that nobody waits for. */
  stray(response: SipMessage, flow: Flow): void;
  remove(transaction: ClientTransaction & { readonly key: string }): void;
}

export abstract class ClientMachine<State extends ClientState = ClientState, Event extends string = string>
  extends Machine<State, Event>
  implements ClientTransaction
{
  readonly method: string;
  readonly branch: string;
  /** Of the request; none once it is answered for good. */
  protected octets: Buffer;
  /** In the table of transactions. */
  readonly key: string;
  protected readonly owner: ClientOwner;
  protected readonly reliable: boolean;
  protected cause: SipMessage | null;
  /** null once the user does not care any more. */
  protected user: ClientUser | null;
  private way: Flow;

  constructor(owner: ClientOwner, key: string, table: StateTable<State, Event>, sent: ClientRequest) {
    super(owner.sending, table);
    this.owner = owner;
    this.key = key;
    this.method = sent.method;
    this.branch = sent.branch;
    this.octets = sent.octets;
    this.cause = sent.cause;
    this.user = sent.user;
    this.way = sent.flow;
    this.reliable = isReliable(sent.flow.transport);
  }

  get flow(): Flow {
    return this.way;
  }

  abstract start(): void;
  protected abstract responseCame(response: SipMessage, flow: Flow): void;
  /** A request could not be sent, or what would bring its response is gone. */
  protected abstract transportError(): void;

  receive(response: SipMessage, flow: Flow): void {
    // A connection that was made for the request is known by what comes back on it.
    this.sending.relyOn(this, flow.connection);
    this.responseCame(response, flow);
  }

  cancel(_extraHeaders: readonly (readonly [name: string, value: string])[] = []): void {}

  abandon(): void {
    this.user = null;
  }

  handOver(user: ClientUser): void {
    this.user = user;
  }

  override sendFailed(): void {
    this.transportError();
  }

  override connectionClosed(): void {
    // RFC 3261 §18.4 leaves it open; what is sent from here on (ACK, CANCEL) needs another connection.
    this.way = { ...this.way, connection: 0 };
    this.transportError();
  }

  protected sendRequest(again: boolean): void {
    if (!again) this.sending.relyOn(this, this.way.connection);
    this.sending.send(this, this.way, this.octets, this.cause, again);
  }

  /** What stays is there to know responses that come again. */
  protected answered(): void {
    this.octets = NOTHING;
    this.cause = null;
  }

  protected fail(reason: 'timeout' | 'transport'): void {
    const { user } = this;
    this.end();
    user?.failed(reason, this);
  }

  protected override leave(): void {
    this.owner.remove(this);
  }
}

const NOTHING = Buffer.alloc(0);
