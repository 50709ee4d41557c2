// The same SIP message twice: on the wire and in the HEP packet that tells Homer of it, or in those of two agents. A HEP packet
// knows no IP identification of the message, and may come before what it is a copy of, where it was captured elsewhere.
// Octets, addresses and ports say that it is the same message; time has to say that it was not sent again.
import type { Endpoint } from '../endpoint.ts';
import type { OctetHash } from '../octet-hash.ts';
import type { Payload } from '../payload.ts';

/**
 * A retransmission comes after 500 ms at the earliest (RFC 3261 §17.1.1.1, T1); a copy comes when it comes, for agents
 * gather and TCP waits. So, of two showings of the same octets between the same ends:
 * - where one agent told of both, its clock decides, whenever they came: 400 ms or more apart the message was sent again;
 * - any others may have clocks that disagree: within 400 ms of capture time they are one message;
 * - later than that they are one only where the clocks do agree, to 100 ms, on when it was.
 * The newest showing that is no copy is the one remembered: after a retransmission copies find that one.
 */
export class HepCopies {
  /** Messages on the wire before the first HEP packet. */
  private readonly wire: WireRow[] = [];
  private next = 0;
  /** Messages shown since, each by its octets and ends, in two generations: when the young one is full the old one is forgotten. */
  private shown = new Map<string, Showing>();
  private shownBefore = new Map<string, Showing>();
  /** Until there is a HEP packet nothing is kept there. */
  private isAsked = false;
  private readonly hash: OctetHash;

  constructor(hash: OctetHash) {
    this.hash = hash;
  }

  /** A datagram on the wire: the HEP packet that told of it, or 0. `octets` is its hash or, if not `isWhole`, a sample. */
  datagram(payload: Payload, octets: number, isWhole: boolean): number {
    if (this.isAsked) return this.seenBefore(onWire(payload), payload);
    // Most captures have no HEP at all: a note that costs next to nothing has to do.
    const row = this.next++ & (ROWS - 1);
    if (row === this.wire.length) this.wire.push(new WireRow());
    this.wire[row].fill(payload, octets, isWhole);
    return 0;
  }

  /** The same for a message on a stream. */
  streamed(payload: Payload): number {
    if (this.isAsked) return this.seenBefore(onWire(payload), payload);
    return this.datagram(payload, this.hash.sample(payload.data, payload.start, payload.end), false);
  }

  /** A message that an agent, of this name, saw at this time by its own clock: the packet it was shown in before, or 0. */
  told(payload: Payload, agent: string, seenSeconds: number, seenNanoseconds: number): number {
    this.isAsked = true;
    const { seconds, nanoseconds, frame, src, dst } = payload;
    const showing = { seconds, nanoseconds, frame, src, dst, agent, seenSeconds, seenNanoseconds };
    return this.amongEarly(showing, payload) || this.seenBefore(showing, payload);
  }

  private seenBefore(showing: Showing, payload: Payload): number {
    const key = this.keyOf(payload);
    const before = this.shown.get(key) ?? this.shownBefore.get(key);
    if (before !== undefined && isCopy(before, showing)) return copied(before, payload);
    if (this.shown.size === MOST) {
      this.shownBefore = this.shown;
      this.shown = new Map();
    }
    this.shown.set(key, showing);
    return 0;
  }

  /** Of the messages on the wire before the first HEP packet, the newest that this one is a copy of. */
  private amongEarly(showing: Showing, payload: Payload): number {
    if (this.next === 0) return 0;
    const newest = this.wire[(this.next - 1) & (ROWS - 1)];
    if (showing.seconds - newest.seconds > LONGEST_WAIT / 1e9) return 0;
    const { data, start, end } = payload;
    const sample = this.hash.sample(data, start, end);
    const whole = this.hash.whole(data, start, end, end - start);
    for (let back = 1; back <= Math.min(ROWS, this.next); back++) {
      const row = this.wire[(this.next - back) & (ROWS - 1)];
      const sameOctets = row.octets === (row.isWhole ? whole : sample);
      if (sameOctets && row.isBetween(payload) && isCopy(row, showing)) return copied(row, payload);
    }
    return 0;
  }

  private keyOf({ data, start, end, transport, src, dst }: Payload): string {
    const octets = this.hash.whole(data, start, end, 0);
    // Of a connection that it opened itself an agent tells another port, or none.
    const ends = transport === 'udp' ? `${src.text} ${dst.text}` : `${src.ip} ${dst.ip}`;
    return `${octets} ${end - start} ${ends}`;
  }
}

/** When and by whom a message was shown. */
interface Showing {
  /** Of the packet. */
  readonly seconds: number;
  readonly nanoseconds: number;
  readonly frame: number;
  readonly src: Endpoint;
  readonly dst: Endpoint;
  /** Who told of it; ON_WIRE for nobody. */
  readonly agent: string;
  /** By the clock of who saw it: the agent (NaN where it does not say), or the capture itself. */
  readonly seenSeconds: number;
  readonly seenNanoseconds: number;
}

class WireRow implements Showing {
  seconds = Number.NEGATIVE_INFINITY;
  nanoseconds = 0;
  frame = 0;
  octets = 0;
  isWhole = false;
  src: Endpoint = NOWHERE;
  dst: Endpoint = NOWHERE;
  readonly agent = ON_WIRE;
  private isDatagram = true;

  get seenSeconds(): number {
    return this.seconds;
  }

  get seenNanoseconds(): number {
    return this.nanoseconds;
  }

  fill(payload: Payload, octets: number, isWhole: boolean): void {
    this.octets = octets;
    this.isWhole = isWhole;
    this.isDatagram = payload.transport === 'udp';
    this.src = payload.src;
    this.dst = payload.dst;
    this.seconds = payload.seconds;
    this.nanoseconds = payload.nanoseconds;
    this.frame = payload.frame;
  }

  isBetween({ src, dst, transport }: Payload): boolean {
    if (this.isDatagram !== (transport === 'udp')) return false;
    if (this.isDatagram) return this.src.text === src.text && this.dst.text === dst.text;
    return this.src.ip === src.ip && this.dst.ip === dst.ip;
  }
}

/** A copy is between the ends that the message was first shown between. */
function copied(before: Showing, payload: Payload): number {
  payload.src = before.src;
  payload.dst = before.dst;
  return before.frame;
}

function onWire({ seconds, nanoseconds, frame, src, dst }: Payload): Showing {
  return {
    seconds,
    nanoseconds,
    frame,
    src,
    dst,
    agent: ON_WIRE,
    seenSeconds: seconds,
    seenNanoseconds: nanoseconds,
  };
}

function isCopy(before: Showing, now: Showing): boolean {
  // Of two on the wire, what identifies packets there decides: mirror.ts.
  if (before.agent === ON_WIRE && now.agent === ON_WIRE) return false;
  const bySeen = Math.abs(
    (now.seenSeconds - before.seenSeconds) * 1e9 + (now.seenNanoseconds - before.seenNanoseconds),
  );
  if (before.agent === now.agent && !Number.isNaN(bySeen)) return bySeen < SENT_AGAIN;
  const byPacket = Math.abs((now.seconds - before.seconds) * 1e9 + (now.nanoseconds - before.nanoseconds));
  return byPacket < SENT_AGAIN || (byPacket < LONGEST_WAIT && bySeen < CLOCKS_AGREE);
}

const NOWHERE: Endpoint = { ip: '', port: 0, text: '', version: 4 };
const ON_WIRE = '';
/** Nanoseconds. */
const SENT_AGAIN = 400e6;
const CLOCKS_AGREE = 100e6;
const LONGEST_WAIT = 10e9;
/** Messages remembered: before there is a HEP packet, and in each generation since. */
const ROWS = 1 << 10;
const MOST = 1 << 13;
