// TCP segments of all connections → streams in order, for consumers. Rules: RFC 9293.
// A direction that begins with something other than SIP costs one table look-up a segment from then on.
import type { Packet } from '../../capture/packet.ts';
import type { EndpointTable } from '../endpoint-table.ts';
import { OUTCOME } from '../outcome.ts';
import type { TunnelPath } from '../tunnel/tunnel-path.ts';
import { TcpDelivery } from './tcp-delivery.ts';
import { KIND, type TcpFlow, type TcpHalf } from './tcp-flow.ts';
import { TcpFlowTable } from './tcp-flow-table.ts';
import { TCP_LIMITS, type TcpLimits, type TcpOptions } from './tcp-options.ts';
import { TcpOrder } from './tcp-order.ts';
import { TcpSegment } from './tcp-segment.ts';

export interface TcpReassemblerOptions extends TcpOptions {
  readonly endpoints: Pick<EndpointTable, 'v4' | 'v6'>;
}

export class TcpReassembler {
  private readonly order: TcpOrder;
  private readonly delivery: TcpDelivery;
  private readonly table4: TcpFlowTable;
  /** Made with the first segment over IPv6. */
  private table6: TcpFlowTable | null = null;
  private readonly segmentView = new TcpSegment();
  private second = 0;
  /** Connections forgotten while SIP was on them. */
  private evicted = 0;
  private readonly limits: TcpLimits;
  private readonly options: TcpReassemblerOptions;

  constructor(options: TcpReassemblerOptions) {
    this.options = options;
    this.limits = { ...TCP_LIMITS, ...options.limits };
    this.delivery = new TcpDelivery(options, (half) => this.address(half));
    this.order = new TcpOrder(options, this.limits, this.delivery);
    this.table4 = this.table(V4_WORDS);
  }

  /**
   * One segment, `data[start, end)` from its TCP header on; it settles in the ledger, now or later, as the caller
   * settles it not. `sourceAt` and `destinationAt` are where its addresses stand in `data`. `missing` octets at its end
   * were not captured. `ipId` is the IPv4 identification (0: none). `frames` are the fragments it was joined from;
   * `tunnels` those it came through.
   */
  segment(
    packet: Packet,
    data: Buffer,
    version: 4 | 6,
    sourceAt: number,
    destinationAt: number,
    start: number,
    end: number,
    missing: number,
    ipId: number,
    frames: readonly number[] | null,
    tunnels: TunnelPath | null = null,
  ): void {
    const from = start + ((data[start + 12] >> 4) << 2);
    if (end - start < 20 || from - start < 20 || from > end) {
      const cut = missing > 0 && (end - start < 20 || from - start >= 20);
      this.options.ledger.settleAll(packet.frame, frames, OUTCOME[cut ? 'truncated' : 'malformed']);
      return;
    }
    if (packet.seconds !== this.second) this.tick(packet.seconds);
    this.order.reviewOldest(packet.seconds, packet.nanoseconds);
    const flags = data[start + 13];
    const swapped =
      version === 4
        ? this.key4(data, sourceAt, destinationAt, start)
        : this.key6(data, sourceAt, destinationAt, start);
    const table = version === 4 ? this.table4 : this.table6!;
    let flow = table.find();
    if (flow === null) {
      if (end === from && missing === 0 && (flags & SYN) === 0) {
        this.options.ledger.settleAll(packet.frame, frames, OUTCOME.empty);
        return;
      }
      flow = table.add(version);
    }
    let half = swapped < 0 ? flow.up : flow.down;
    if (swapped === 0) half = ownHalf(flow, int32(data, start + 4), int32(data, start + 8));
    if (flags & (RST | FIN) && half.kind >= KIND.notSip) table.retire(flow);
    if (half.kind >= KIND.notSip && half.kind !== KIND.closed && (flags & SYN) === 0) {
      const outcome =
        end === from
          ? missing > 0
            ? 'truncated'
            : 'empty'
          : half.kind === KIND.tls
            ? 'tls-no-keys'
            : 'not-sip';
      this.options.ledger.settleAll(packet.frame, frames, OUTCOME[outcome]);
      return;
    }
    this.delivery.tunnels = tunnels;
    const segment = this.segmentView;
    segment.seq = int32(data, start + 4);
    segment.acknowledgment = int32(data, start + 8);
    segment.checksum = (data[start + 16] << 8) | data[start + 17];
    segment.data = data;
    segment.from = from;
    segment.to = end;
    segment.missing = missing;
    segment.frame = packet.frame;
    segment.frames = frames;
    segment.seconds = packet.seconds;
    segment.nanoseconds = packet.nanoseconds;
    segment.ipId = ipId;
    this.arrives(flow, half, segment, flags);
    if (half.kind === KIND.closed && (flow.up === half ? flow.down : flow.up).kind === KIND.closed)
      table.retire(flow);
  }

  /** Capture time passes. Calling it is needed only while no TCP segments arrive. */
  tick(seconds: number): void {
    this.second = seconds;
    this.delivery.tunnels = null;
    this.order.reviewAll(seconds);
  }

  /** The capture has ended: all that is still open is handed on and settled. */
  end(): void {
    for (const table of [this.table4, this.table6]) {
      if (table === null) continue;
      for (const flow of table.all()) this.close(flow);
    }
    if (this.evicted === 0) return;
    this.options.onDiagnostic({
      code: 'tcp/flow-evicted',
      severity: 'info',
      message: `${this.evicted} TCP connections with SIP, those idle for longest, were forgotten to make room for others`,
    });
  }

  private arrives(flow: TcpFlow, half: TcpHalf, segment: TcpSegment, flags: number): void {
    const peer = half === flow.up ? flow.down : flow.up;
    const length = segment.to - segment.from;
    if (flags & SYN) {
      this.synchronize(flow, half, segment.seq, (flags & ACK) !== 0);
      segment.seq = (segment.seq + 1) | 0;
    }
    const past = (segment.seq + length + segment.missing) | 0;
    if (flags & RST) {
      // RFC 9293 §3.10.7.4: one outside of the window is none. Its octets, if any, are words about the reason.
      this.options.ledger.settleAll(segment.frame, segment.frames, OUTCOME[length > 0 ? 'not-sip' : 'empty']);
      if (half.kind !== KIND.ordered || Math.abs((segment.seq - half.next) | 0) < WINDOW) this.close(flow);
      return;
    }
    if (length > 0) {
      this.order.octets(half, segment);
    } else {
      let outcome = OUTCOME.empty;
      if (segment.missing > 0) {
        outcome = OUTCOME.truncated;
        this.order.lost(half, segment.seq, segment.missing);
      } else if (flags === ACK && half.consumer !== null && ((half.next - segment.seq) | 0) === 1) {
        outcome = OUTCOME['tcp-keepalive'];
      }
      this.options.ledger.settleAll(segment.frame, segment.frames, outcome);
    }
    if (flags & FIN) {
      half.finSeen = true;
      half.fin = past;
    }
    if (half.finSeen && half.kind === KIND.ordered && half.next === half.fin) this.order.finish(half);
    if (flags & ACK && peer.kind <= KIND.searching) {
      if (!peer.hasAcknowledgment || ((segment.acknowledgment - peer.acknowledged) | 0) > 0) {
        peer.acknowledged = segment.acknowledgment;
        peer.hasAcknowledgment = true;
      }
      if (peer.held !== null) this.order.review(peer, segment.seconds, segment.nanoseconds);
    }
  }

  /** RFC 9293 §3.5: a SYN begins a connection, unless it is one seen before or comes late for the one there is. */
  private synchronize(flow: TcpFlow, half: TcpHalf, seq: number, answer: boolean): void {
    const first = (seq + 1) | 0;
    const known = half.kind === KIND.fresh ? half.synSeen : half.kind !== KIND.closed;
    if (known && half.first === first) return;
    this.order.finish(half);
    if (!answer) {
      this.close(flow);
      flow.clear();
    } else {
      half.clear();
    }
    half.synSeen = true;
    half.first = half.next = first;
  }

  private close(flow: TcpFlow): void {
    this.order.finish(flow.up);
    this.order.finish(flow.down);
  }

  /** Fills in the end points of a direction from its flow's key. */
  private address(half: TcpHalf): void {
    const { flow } = half;
    const { endpoints } = this.options;
    const table = flow.version === 4 ? this.table4 : this.table6!;
    const size = flow.version === 4 ? 1 : 4;
    const ports = table.word(flow, 2 * size);
    const lower = { at: 0, port: ports >>> 16 };
    const higher = { at: size, port: ports & 0xffff };
    const [src, dst] = (half === flow.up ? [lower, higher] : [higher, lower]).map(({ at, port }) => {
      if (flow.version === 4) return endpoints.v4(table.word(flow, at), port);
      const octets = Buffer.alloc(16);
      for (let word = 0; word < 4; word++) octets.writeInt32BE(table.word(flow, at + word), word * 4);
      return endpoints.v6(octets, 0, port);
    });
    half.src = src;
    half.dst = dst;
  }

  private table(words: number): TcpFlowTable {
    return new TcpFlowTable(words, this.limits.flows, (flow) => {
      if (flow.up.consumer !== null || flow.down.consumer !== null) this.evicted++;
      this.close(flow);
    });
  }

  /** Fills the key of a segment over IPv4. Negative: its source is the lower end; 0: both ends are the same. */
  private key4(data: Buffer, sourceAt: number, destinationAt: number, start: number): number {
    const { key } = this.table4;
    const source = int32(data, sourceAt);
    const destination = int32(data, destinationAt);
    const sourcePort = (data[start] << 8) | data[start + 1];
    const destinationPort = (data[start + 2] << 8) | data[start + 3];
    if (source < destination || (source === destination && sourcePort <= destinationPort)) {
      key[0] = source;
      key[1] = destination;
      key[2] = (sourcePort << 16) | destinationPort;
      return source === destination && sourcePort === destinationPort ? 0 : -1;
    }
    key[0] = destination;
    key[1] = source;
    key[2] = (destinationPort << 16) | sourcePort;
    return 1;
  }

  private key6(data: Buffer, sourceAt: number, destinationAt: number, start: number): number {
    this.table6 ??= this.table(V6_WORDS);
    const { key } = this.table6;
    const sourcePort = (data[start] << 8) | data[start + 1];
    const destinationPort = (data[start + 2] << 8) | data[start + 3];
    let order = 0;
    for (let octet = 0; octet < 16 && order === 0; octet++)
      order = data[sourceAt + octet] - data[destinationAt + octet];
    if (order === 0) order = sourcePort - destinationPort;
    const lowerAt = order <= 0 ? sourceAt : destinationAt;
    const higherAt = order <= 0 ? destinationAt : sourceAt;
    for (let word = 0; word < 4; word++) {
      key[word] = int32(data, lowerAt + word * 4);
      key[4 + word] = int32(data, higherAt + word * 4);
    }
    key[8] = order <= 0 ? (sourcePort << 16) | destinationPort : (destinationPort << 16) | sourcePort;
    return order;
  }
}

/**
 * Of a connection between an end point and itself (addresses made anonymous, or left out of an export), the direction of
 * a segment: the one that expects its sequence number, else the one whose peer it acknowledges, else the nearer one.
 */
function ownHalf(flow: TcpFlow, seq: number, acknowledgment: number): TcpHalf {
  const { up, down } = flow;
  if (up.kind === KIND.fresh && !up.synSeen) return up;
  const fitsUp = acknowledgment === down.next;
  const fitsDown = acknowledgment === up.next;
  if (seq === up.next) return seq === down.next && fitsDown && !fitsUp ? down : up;
  if (seq === down.next || fitsDown) return down;
  if (fitsUp) return up;
  return Math.abs((seq - up.next) | 0) <= Math.abs((seq - down.next) | 0) ? up : down;
}

function int32(data: Buffer, at: number): number {
  return (data[at] << 24) | (data[at + 1] << 16) | (data[at + 2] << 8) | data[at + 3];
}

const FIN = 1;
const SYN = 2;
const RST = 4;
const ACK = 16;
const WINDOW = 4 << 20;
const V4_WORDS = 3;
const V6_WORDS = 9;
