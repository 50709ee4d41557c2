// The state of one TCP connection and of its two directions, as far as the capture shows it.
import type { Endpoint } from '../endpoint.ts';
import type { StreamConsumer, TcpConversation } from './tcp-consumer.ts';
import type { HeldPieces } from './tcp-hold.ts';
import type { RecentSegments } from './tcp-recent.ts';
import type { InLine } from './tcp-waiting-line.ts';

/** What is known of a direction. */
export const KIND = {
  /** Nothing seen but, perhaps, its SYN. */
  fresh: 0,
  /** Octets are put in order: it is SIP, or too few octets have been seen to say. */
  ordered: 1,
  /** Joined in its middle: every segment is looked at for a SIP start line. */
  searching: 2,
  /** Begins with something else. */
  notSip: 3,
  tls: 4,
  /** Ended by FIN or RST. */
  closed: 5,
} as const;
export type Kind = (typeof KIND)[keyof typeof KIND];

/** One direction. Sequence numbers are 32-bit integers as on the wire; they are compared by their difference `| 0`. */
export class TcpHalf implements InLine<TcpHalf> {
  kind: Kind = KIND.fresh;
  /** Sequence number of the first octet put in order. */
  first = 0;
  /** Sequence number of the octet expected next. */
  next = 0;
  /** The other side's newest acknowledgment of this direction. */
  acknowledged = 0;
  hasAcknowledgment = false;
  synSeen = false;
  finSeen = false;
  fin = 0;
  /** Octets looked through for a start line inside a segment, while searching. */
  searched = 0;
  /** Times a consumer said that this is not its kind. */
  refusals = 0;
  /** Segments in a row that lie far off what is expected. */
  strays = 0;
  src: Endpoint | null = null;
  dst: Endpoint | null = null;
  consumer: StreamConsumer | null = null;
  held: HeldPieces | null = null;
  recent: RecentSegments | null = null;
  /** Its place in the line of directions that hold segments. */
  ahead: TcpHalf | null = null;
  behind: TcpHalf | null = null;
  inLine = false;
  readonly flow: TcpFlow;

  constructor(flow: TcpFlow) {
    this.flow = flow;
  }

  /** Forget everything: another connection begins. */
  clear(): void {
    this.kind = KIND.fresh;
    this.first = this.next = this.acknowledged = this.fin = 0;
    this.searched = this.refusals = this.strays = 0;
    this.hasAcknowledgment = this.synSeen = this.finSeen = false;
    this.src = this.dst = null;
    this.consumer = null;
    this.held = null;
    this.forgetSegments();
  }

  /** What was noted of its newest segments is not asked for any more. */
  forgetSegments(): void {
    this.recent?.release();
    this.recent = null;
  }
}

export class TcpFlow {
  /** Its place in the flow table. */
  index = 0;
  version: 4 | 6 = 4;
  /** From the lower address (then port) to the higher, and back. */
  readonly up = new TcpHalf(this);
  readonly down = new TcpHalf(this);
  conversation: TcpConversation = { sip: false, tls: null };

  clear(): void {
    this.up.clear();
    this.down.clear();
    this.conversation = { sip: false, tls: null };
  }
}
