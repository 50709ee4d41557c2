// What the transaction layer and its user, the SBC core, are to each other (RFC 3261 §17: the transaction user).
import type { SipMessage } from '../../sip/message.ts';
import type { Flow } from '../flow.ts';

/** Of server transactions, and of all that belongs to no transaction. */
export interface TransactionUser {
  /** A new request: anything but CANCEL and ACK. Answer with `transaction.respond()`, now or later. */
  request(transaction: ServerTransaction): void;
  /** A CANCEL for this INVITE, which has no final response yet. The CANCEL itself has been answered with 200. */
  cancelled(transaction: ServerTransaction, cancel: SipMessage): void;
  /** An ACK to a 2xx, which is a transaction of its own (RFC 3261 §13.2.2.4), or to nothing that is known. */
  ack(message: SipMessage, flow: Flow): void;
  /** A response that no client transaction waits for: a 2xx of a fork that came late, one whose user gave it up … */
  strayResponse(message: SipMessage, flow: Flow): void;
  /** A response could not be sent (§17.2.4); an INVITE's transaction stays for all that (RFC 6026 §7.1). */
  responseFailed?(transaction: ServerTransaction, reason: string): void;
  /** The ACK to a final response other than 2xx never came: timer H (§17.2.1). */
  unacknowledged?(transaction: ServerTransaction): void;
}

/** Of one client transaction. */
export interface ClientUser {
  /** Every provisional response; the final one once; for INVITE every 2xx, retransmissions and other forks included. */
  response(message: SipMessage, transaction: ClientTransaction): void;
  /** No final response will come: timer B or F, or none after CANCEL (→ 408); or a transport error (→ 503). */
  failed(reason: 'timeout' | 'transport', transaction: ClientTransaction): void;
}

/** A request to be sent. */
export interface ClientRequest {
  readonly method: string;
  /** What stands in the topmost Via of `octets`. */
  readonly branch: string;
  readonly octets: Buffer;
  readonly flow: Flow;
  /** The message for whose sake it is sent. */
  readonly cause: SipMessage | null;
  readonly user: ClientUser;
}

export interface ClientTransaction {
  readonly method: string;
  readonly branch: string;
  readonly flow: Flow;
  readonly state: ClientState;
  /**
   * INVITE before its final response: a CANCEL goes out as soon as a provisional response has come (RFC 3261 §9.1), with
   * these headers (Reason …) besides. When no final response comes within 64*T1 of it the transaction fails.
   */
  cancel(extraHeaders?: readonly (readonly [name: string, value: string])[]): void;
  /** The user hears no more of it; the machine goes on to its end alone. A 2xx to INVITE is a stray response then. */
  abandon(): void;
  /** From here on another is told. */
  handOver(user: ClientUser): void;
}

export interface ServerTransaction {
  /** Empty once it is let go of: after the final response, or for INVITE with `letGo`. */
  readonly request: SipMessage;
  /** The way the request came. */
  readonly flow: Flow;
  readonly method: string;
  readonly state: ServerState;
  /**
   * The request's lines `Via: …` as responses carry them: `received` and `rport` are in the topmost (RFC 3261 §18.2.1,
   * RFC 3581 §4).
   */
  readonly vias: readonly string[];
  /** The same without the name: values for a draft. None once the request is let go of. */
  readonly viaValues: readonly string[];
  /**
   * The tag that responses have in To; '' until it is known: from the request, from a response that was sent, or set
   * here. The layer's 200 to a CANCEL takes it (RFC 3261 §9.2), and makes one when there is none.
   */
  toTag: string;
  /** A final response was sent. */
  readonly answered: boolean;
  /** The user's: what a CANCEL is for. Forgotten with the final response. */
  cancellable: Cancellable | null;
  /** Sends a response; `status` moves the machine. Ignored after a final one, except for a 2xx to INVITE after a 2xx. */
  respond(status: number, octets: Buffer, cause: SipMessage | null): void;
  /** An INVITE that was accepted, and whose call is over: the user gives no more responses and asks nothing of the request. */
  letGo(): void;
}

export interface Cancellable {
  /** With these headers (Reason …). */
  cancel(headers: readonly (readonly [name: string, value: string])[]): void;
}

export type ClientState = 'calling' | 'trying' | 'proceeding' | 'completed' | 'accepted' | 'terminated';

export type ServerState = 'trying' | 'proceeding' | 'completed' | 'confirmed' | 'accepted' | 'terminated';
