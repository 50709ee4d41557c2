// What takes the octets of one TCP direction, in order. The reassembler (tcp.ts) feeds it; sip/framing/framing.ts is one.
import type { Endpoint } from '../endpoint.ts';
import type { Passage } from '../passage.ts';
import type { Payload, Transport } from '../payload.ts';
import type { Carrier } from '../stream/stream-carrier.ts';
import type { TlsConnection } from '../tls/tls-connection.ts';

/** What both directions of a connection know of one another. */
export interface TcpConversation {
  /** A SIP message was framed in one of the directions, or the handshake of a WebSocket says that SIP is spoken. */
  sip: boolean;
  /** Once its octets are being decrypted. */
  tls: TlsConnection | null;
}

/** One direction of a connection, as it is opened for a consumer. */
export interface TcpDirection {
  readonly src: Endpoint;
  readonly dst: Endpoint;
  readonly transport: Transport;
  /** How its first packet came; null when by itself. */
  readonly passage: Passage | null;
  readonly conversation: TcpConversation;
  /** The first octets handed on are the first of the connection (its SYN was seen). */
  readonly fromStart: boolean;
  /** Of a message framed in it, the HEP packet that told of it before, or 0; to be asked once of each. */
  readonly toldBefore?: ((payload: Payload) => number) | undefined;
}

/**
 * Takes the octets of one direction. Every packet handed to `data` becomes the consumer's to settle in the ledger,
 * exactly once, at the latest in `end`.
 */
export interface StreamConsumer {
  /**
   * The next octets in order, a view valid during the call. `more`: further octets of the same packet follow in a later
   * call. False: this is not the consumer's kind of stream; it has settled all packets it was given, and takes no more.
   */
  data(payload: Payload, more: boolean): boolean;
  /** So many octets are missing here. */
  gap(octets: number): void;
  /** The stream has ended; nothing follows. */
  end(): void;
}

/** `carrier` is what the first octets of the direction begin. Null: nothing takes them. */
export type OpenStream = (direction: TcpDirection, carrier: Carrier) => StreamConsumer | null;
