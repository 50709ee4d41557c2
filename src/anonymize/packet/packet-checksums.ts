// Checksums follow what changed below them: one that held holds again, one that did not (offloading, a snap length) still does not.
// Rules: RFC 1071, RFC 1624 §3; RFC 768 and RFC 9293 §3.1 (pseudo header).
import { folded, sum } from '../../network/ip/checksum.ts';

export class PacketChecksums {
  private readonly spots: Spot[] = [];

  /**
   * The checksum at `at` is about `octets[from, to)` and the addresses `[addresses, addressesEnd)` before them, which are
   * still as they came.
   */
  note(octets: Buffer, at: number, from: number, to: number, addresses = 0, addressesEnd = 0): void {
    if (at + 2 > to) return;
    const checksum = (octets[at] << 8) | octets[at + 1];
    // RFC 768: 0 stands for none; and offloading leaves it.
    if (checksum === 0) return;
    const before = sum(octets, from, to) + sum(octets, addresses, addressesEnd);
    this.spots.push({ at, from, to, addresses, addressesEnd, checksum, before });
  }

  /** Writes them for what the octets, the same places of another buffer, are now: the innermost first. */
  settle(octets: Buffer): void {
    for (let spot = this.spots.pop(); spot !== undefined; spot = this.spots.pop()) {
      const { at, from, to, addresses, addressesEnd, checksum, before } = spot;
      const after = sum(octets, from, to) + sum(octets, addresses, addressesEnd);
      let inverse = (~checksum & 0xffff) + folded(after) + (~folded(before) & 0xffff);
      inverse = folded(inverse);
      // RFC 768: a sum of 0 is sent as all ones.
      octets.writeUInt16BE(~inverse & 0xffff || 0xffff, at);
    }
  }
}

interface Spot {
  readonly at: number;
  readonly from: number;
  readonly to: number;
  readonly addresses: number;
  readonly addressesEnd: number;
  readonly checksum: number;
  readonly before: number;
}
