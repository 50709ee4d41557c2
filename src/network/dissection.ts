// One packet being taken apart: where the reading stands and what was learnt on the way. One object is used again
// for every packet, so that nothing is allocated. Layers move `at` past their header and narrow `end` to their length.
import { Packet } from '../capture/packet.ts';
import { NOTHING } from './link/ethertype.ts';
import { OUTCOME, type Outcome } from './outcome.ts';
import { TunnelPath } from './tunnel/tunnel-path.ts';

/** The packet is held (a fragment, a TCP segment): its holder settles it. */
export const HELD = -1;

export class Dissection {
  packet: Packet = new Packet();
  data: Buffer = this.packet.data;
  at = 0;
  end = 0;
  /** Where the innermost layer ends by its own length: beyond `end` when the capture cut it. */
  wireEnd = 0;
  /** What the packet settles as once nothing follows. */
  outcome: Outcome = HELD;

  /** Of the innermost IP header: 4 or 6, where it begins, where its source address is, its protocol and identification. */
  version = 0;
  ipAt = 0;
  addressAt = 0;
  protocol = 0;
  identification = 0;
  /** Where the innermost UDP, TCP or SCTP header begins; -1 when there is none. */
  transportAt = -1;
  /** Of the fragment that begins at `at`: where it belongs, in octets, and whether it is not the last. */
  fragmentOffset = 0;
  moreFragments = false;
  /** Which tunnels were passed. */
  readonly tunnels: TunnelPath = new TunnelPath();

  /** Of the fragments `data` was joined from, ascending; null when it is the packet itself. */
  frames: readonly number[] | null = null;

  /** IEEE 802.11: the header is padded to four octets; the payload is protected. */
  padded = false;
  encrypted = false;

  begin(packet: Packet): void {
    this.packet = packet;
    this.data = packet.data;
    this.at = packet.start;
    this.end = packet.end;
    this.wireEnd = Math.max(packet.end, packet.start + packet.originalLength);
    this.outcome = HELD;
    this.version = 0;
    this.transportAt = -1;
    this.tunnels.clear();
    this.frames = null;
    this.padded = false;
    this.encrypted = false;
  }

  get left(): number {
    return this.end - this.at;
  }

  /** The capture ends before the length that the innermost header announces. */
  get cut(): boolean {
    return this.wireEnd > this.end;
  }

  /** The layer ends at `end` by its own length: what is behind pads, what is missing was cut. */
  narrow(end: number): void {
    this.wireEnd = end;
    if (end < this.end) this.end = end;
  }

  /** Settles as `outcome`; nothing follows. */
  settle(outcome: Outcome): typeof NOTHING {
    this.outcome = outcome;
    return NOTHING;
  }

  /** A header does not fit into what there is: the capture cut it, or the packet is damaged. */
  short(): typeof NOTHING {
    return this.settle(this.cut ? OUTCOME.truncated : OUTCOME.malformed);
  }
}
