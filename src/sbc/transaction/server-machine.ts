// What the two server machines have in common: the request, the way its responses go, and the last of them.
import type { StateTable } from '../../dialog/transaction/state-table.ts';
import { SipMessage } from '../../sip/message.ts';
import { messageOf } from '../../sip/parse.ts';
import { type Flow, isReliable } from '../flow.ts';
import { Machine } from './machine.ts';
import { type ReceivedVias, receivedVias } from './received-vias.ts';
import type { Sending } from './sending.ts';
import type { Cancellable, ServerState, ServerTransaction, TransactionUser } from './transaction-user.ts';

/** What a machine asks of the table it is in. */
export interface ServerOwner {
  readonly sending: Sending;
  readonly user: TransactionUser;
  remove(transaction: ServerTransaction & { readonly key: string; readonly mergeKey: string }): void;
}

export abstract class ServerMachine<State extends ServerState = ServerState, Event extends string = string>
  extends Machine<State, Event>
  implements ServerTransaction
{
  request: SipMessage;
  readonly flow: Flow;
  readonly method: string;
  /** In the table of transactions. */
  readonly key: string;
  /** Among requests that may be the same by another way; '' when it is not looked for. */
  readonly mergeKey: string;
  answered = false;
  cancellable: Cancellable | null = null;
  protected readonly owner: ServerOwner;
  protected readonly reliable: boolean;
  /** The last response, and what it was sent for. */
  private last: Buffer | null = null;
  private cause: SipMessage | null = null;
  private received: ReceivedVias | null = null;
  private tag: string;
  /** The connection that the request came by is gone. */
  private rerouted = false;

  constructor(
    owner: ServerOwner,
    key: string,
    mergeKey: string,
    table: StateTable<State, Event>,
    request: SipMessage,
    flow: Flow,
  ) {
    super(owner.sending, table);
    this.owner = owner;
    this.key = key;
    this.mergeKey = mergeKey;
    this.request = request;
    this.flow = flow;
    this.method = request.method;
    this.tag = request.toTag;
    this.reliable = isReliable(flow.transport);
    this.sending.relyOn(this, flow.connection);
  }

  get viaValues(): readonly string[] {
    return this.ways.values;
  }

  get vias(): readonly string[] {
    return this.ways.lines;
  }

  get toTag(): string {
    if (this.tag === '' && this.last !== null) this.tag = messageOf(this.last)?.toTag ?? '';
    return this.tag;
  }

  set toTag(tag: string) {
    this.tag = tag;
  }

  /** The request came again. */
  abstract again(request: SipMessage): void;
  abstract respond(status: number, octets: Buffer, cause: SipMessage | null): void;
  /** A response could not be sent; false when that is nothing in this state. */
  protected abstract transportError(): boolean;

  override sendFailed(reason: string): void {
    // RFC 3261 §18.2.2: over another connection, when that of the request fails.
    if (!this.rerouted && this.ways.otherwise !== this.ways.responses) {
      this.rerouted = true;
      this.resend(this.cause);
    } else if (this.transportError()) {
      if (this.isOver) this.end();
      this.owner.user.responseFailed?.(this, reason);
    }
  }

  override connectionClosed(): void {
    this.rerouted = true;
  }

  letGo(): void {
    this.tag = this.toTag;
    this.request = NO_REQUEST;
    // Where responses go is all that is asked of it from here on.
    if (this.received !== null) this.received = { ...this.received, lines: NONE, values: NONE };
  }

  /** A final response went: what stays is there to send it again. */
  protected answeredFinally(): void {
    this.answered = true;
    this.cancellable = null;
    this.request.forget();
    // Over UDP there is no other way to send it on (§18.2.2), and no timer but G sends it again.
    if (!this.reliable && !this.repeats) this.cause = null;
  }

  protected send(octets: Buffer, cause: SipMessage | null): void {
    const again = this.last?.equals(octets) === true;
    this.last = octets;
    this.cause = cause;
    this.sending.send(this, this.way, octets, cause, again);
  }

  /** The last response, when there is one. */
  protected resend(cause: SipMessage | null): void {
    if (this.last !== null) this.sending.send(this, this.way, this.last, cause, true);
  }

  protected resendForTimer(): void {
    this.resend(this.cause);
  }

  protected override leave(): void {
    this.owner.remove(this);
  }

  private get way(): Flow {
    return this.rerouted ? this.ways.otherwise : this.ways.responses;
  }

  /** The last response is not asked for any more. */
  protected forgetResponse(): void {
    this.last = null;
    this.cause = null;
  }

  private get ways(): ReceivedVias {
    this.received ??= receivedVias(this.request, this.flow);
    return this.received;
  }
}

const NO_REQUEST = new SipMessage();
const NONE: readonly string[] = [];
