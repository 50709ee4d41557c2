// Octets of a TCP stream that begins with HEP3 → the SIP messages in its packets. The total length says where each packet ends;
// after a gap the next `HEP3` is where the stream goes on.
import type { DiagnosticSink } from '../../capture/diagnostic.ts';
import { OUTCOME, type Outcome, type OutcomeLedger } from '../outcome.ts';
import { Payload } from '../payload.ts';
import { FrameSpans } from '../stream/stream-spans.ts';
import type { StreamConsumer, TcpDirection } from '../tcp/tcp-consumer.ts';
import { tunnelText } from '../tunnel/tunnel-path.ts';
import type { HepDelivery } from './hep-delivery.ts';
import { hep3Length, isHep3, readHep3 } from './hep3.ts';

/** Opens a reader for each direction that carries HEP3. */
export function hepStreams(
  delivery: HepDelivery,
  ledger: OutcomeLedger,
  onDiagnostic: DiagnosticSink,
): (direction: TcpDirection) => StreamConsumer {
  const room: Room = { octets: 0, onDiagnostic };
  return (direction) => new HepStream(direction, delivery, ledger, room);
}

class HepStream implements StreamConsumer {
  /** What there is of the packet that is not whole yet. */
  private held: Buffer = EMPTY;
  /** Of the octet that is looked at next, counted from the first of the stream, gaps included. */
  private offset = 0;
  /** What octets are that belong to no packet. */
  private astray: Outcome = OUTCOME['not-sip'];
  private readonly spans: FrameSpans;
  /** The TCP packets of the HEP packet that is delivered. */
  private readonly carrier = new Payload();
  private readonly direction: TcpDirection;
  private readonly delivery: HepDelivery;
  private readonly room: Room;

  constructor(direction: TcpDirection, delivery: HepDelivery, ledger: OutcomeLedger, room: Room) {
    this.direction = direction;
    this.delivery = delivery;
    this.spans = new FrameSpans(ledger);
    this.room = room;
  }

  data(payload: Payload, more: boolean): boolean {
    const octets = payload.data.subarray(payload.start, payload.end);
    const from = this.offset + this.held.length;
    this.spans.add(payload, from, from + octets.length, more, OUTCOME.malformed);
    const all = this.held.length === 0 ? octets : Buffer.concat([this.held, octets]);
    this.hold(all.subarray(this.walk(all)));
    if (this.room.octets > MOST_HELD) this.giveUp(payload.frame);
    return true;
  }

  gap(octets: number): void {
    this.lose();
    this.offset += octets;
  }

  end(): void {
    this.lose();
    this.spans.settleAll();
  }

  /** Takes whole packets off the front; says how many octets that were. */
  private walk(octets: Buffer): number {
    let at = 0;
    while (octets.length - at >= HEADER) {
      const length = isHep3(octets, at, octets.length) ? hep3Length(octets, at) : 0;
      if (length >= HEADER) {
        if (at + length > octets.length) break;
        this.took(length, this.packet(octets, at, at + length));
        this.astray = OUTCOME['not-sip'];
        at += length;
      } else at += this.skip(octets, at);
    }
    return at;
  }

  private packet(octets: Buffer, at: number, end: number): Outcome {
    const { delivery, direction, carrier } = this;
    const outcome = readHep3(delivery.packet, octets, at, end, end);
    if (outcome !== OUTCOME.sip) return outcome;
    const { src, dst, passage } = direction;
    const own = tunnelText('hep', `${src.ip}→${dst.ip}`, delivery.packet.agent);
    this.spans.describe(this.offset, this.offset + end - at, carrier);
    return delivery.deliver(
      carrier,
      carrier.frames,
      passage === null ? own : `${passage.tunnel} / ${own}`,
      src.ip,
    );
  }

  /** Up to the next octet that a packet may begin with. */
  private skip(octets: Buffer, at: number): number {
    const next = octets.indexOf(MAGIC[0], at + 1);
    const skipped = (next < 0 ? octets.length : next) - at;
    this.took(skipped, this.astray);
    return skipped;
  }

  /** The next so many octets are done with. */
  private took(octets: number, outcome: Outcome): void {
    const start = this.offset;
    this.offset += octets;
    this.spans.mark(start, this.offset, outcome);
    this.spans.settleBefore(this.offset);
  }

  private giveUp(frame: number): void {
    this.room.onDiagnostic({
      code: 'network/hep-held-too-much',
      severity: 'warning',
      message: 'Too many streams hold HEP packets that are not whole: this one is given up',
      frames: [frame],
    });
    this.lose();
  }

  /** Nothing more comes of the packet that is not whole. */
  private lose(): void {
    this.astray = OUTCOME['tcp-gap'];
    this.took(this.held.length, this.astray);
    this.hold(EMPTY);
  }

  private hold(rest: Buffer): void {
    this.room.octets += rest.length - this.held.length;
    this.held = rest.length === 0 ? EMPTY : Buffer.from(rest);
  }
}

/** Octets that all streams hold together. */
interface Room {
  octets: number;
  readonly onDiagnostic: DiagnosticSink;
}

const HEADER = 6;
const MAGIC = Buffer.from('HEP3');
const EMPTY = Buffer.alloc(0);
const MOST_HELD = 16 << 20;
