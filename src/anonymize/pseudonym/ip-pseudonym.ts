// Addresses → their pseudonyms, prefix-preserving (see pseudonym.ts) and of the same kind: private ones stay private, public ones
// public, and each octet or group keeps how many digits it is written with. One to one.
import { BlockFunction } from './block-function.ts';
import { octetPseudonym } from './ipv4-kind.ts';
import { groupPseudonym, hasIpv4Tail } from './ipv6-kind.ts';

export class AddressPseudonyms {
  private readonly shifts: BlockFunction;
  /** Of each IPv4 address that was met its pseudonym; both as signed numbers. */
  private readonly met = new Map<number, number>();
  /** What was taken for no address before that address was met: what it was taken for must not change. */
  private readonly notAddresses = new Set<number>();
  private readonly metMac = new Map<number, Uint8Array>();
  private readonly met6 = new Map<string, Uint8Array>();

  /** 32 octets, of which the last 16 are used. */
  constructor(key: Buffer) {
    this.shifts = new BlockFunction(key.subarray(16, 32));
  }

  ip(version: number, from: Uint8Array, at: number, to: Uint8Array, toAt: number): void {
    if (version === 6) this.ipv6(from, at, to, toAt);
    else this.ipv4(from, at, to, toAt);
  }

  /** Four octets from `from[at]`, their pseudonym to `to[toAt]`. */
  ipv4(from: Uint8Array, at: number, to: Uint8Array, toAt: number): void {
    const address = (from[at] << 24) | (from[at + 1] << 16) | (from[at + 2] << 8) | from[at + 3];
    let pseudonym = this.met.get(address);
    if (pseudonym === undefined) {
      pseudonym = this.make4(address);
      if (this.met.size < MOST_ADDRESSES) this.met.set(address, pseudonym);
    }
    to[toAt] = pseudonym >>> 24;
    to[toAt + 1] = pseudonym >>> 16;
    to[toAt + 2] = pseudonym >>> 8;
    to[toAt + 3] = pseudonym;
  }

  /** The pseudonym of an IPv4 address given as a number, undefined when no such address was met so far. */
  metIpv4(address: number): number | undefined {
    const signed = address | 0;
    const pseudonym = this.notAddresses.has(signed) ? undefined : this.met.get(signed);
    if (pseudonym !== undefined) return pseudonym >>> 0;
    if (this.notAddresses.size < MOST_ADDRESSES) this.notAddresses.add(signed);
    return undefined;
  }

  /** Sixteen octets. */
  ipv6(from: Uint8Array, at: number, to: Uint8Array, toAt: number): void {
    const key = Buffer.from(from.buffer, from.byteOffset + at, 16).toString('latin1', 0, 16);
    let pseudonym = this.met6.get(key);
    if (pseudonym === undefined) {
      pseudonym = this.make6(Uint8Array.from(from.subarray(at, at + 16)));
      if (this.met6.size === MOST_ADDRESSES) this.met6.clear();
      this.met6.set(key, pseudonym);
    }
    to.set(pseudonym, toAt);
  }

  /** Six octets. Addresses of groups, which the broadcast is one of, and the one of zeros stay as they are. */
  mac(from: Uint8Array, at: number, to: Uint8Array, toAt: number): void {
    const high = (from[at] << 16) | (from[at + 1] << 8) | from[at + 2];
    const low = (from[at + 3] << 16) | (from[at + 4] << 8) | from[at + 5];
    const address = high * 0x1000000 + low;
    let pseudonym = this.metMac.get(address);
    if (pseudonym === undefined) {
      pseudonym = this.makeMac(from.subarray(at, at + 6));
      if (this.metMac.size === MOST_ADDRESSES) this.metMac.clear();
      this.metMac.set(address, pseudonym);
    }
    to.set(pseudonym, toAt);
  }

  private makeMac(address: Uint8Array): Uint8Array {
    const pseudonym = Uint8Array.from(address);
    if ((address[0] & 1) === 1 || address.every((octet) => octet === 0)) return pseudonym;
    const digits = [...address].flatMap((octet) => [octet >> 4, octet & 15]);
    const numbers = this.shifts.numbers(MAC, digits);
    for (const [i, digit] of digits.entries()) {
      // The low two bits of the first octet say what kind of an address it is.
      digits[i] = (digit + (i === 1 ? (numbers[i] & 3) * 4 : numbers[i] & 15)) & 15;
    }
    for (let i = 0; i < 6; i++) pseudonym[i] = (digits[2 * i] << 4) | digits[2 * i + 1];
    return pseudonym;
  }

  private make4(address: number): number {
    const octets = new Uint8Array(4);
    for (let i = 0; i < 4; i++) octets[i] = address >>> (24 - 8 * i);
    const numbers = this.shifts.numbers(IPV4, octets);
    let pseudonym = 0;
    for (let i = 0; i < 4; i++) pseudonym = (pseudonym << 8) | octetPseudonym(octets, i, numbers[i]);
    return pseudonym;
  }

  private make6(address: Uint8Array): Uint8Array {
    const pseudonym = address.slice();
    const groups = Array.from({ length: 8 }, (_, i) => (address[2 * i] << 8) | address[2 * i + 1]);
    if (hasIpv4Tail(groups)) {
      this.ipv4(address, 12, pseudonym, 12);
      return pseudonym;
    }
    const numbers = this.shifts.numbers(IPV6, address);
    for (let i = 0; i < 8; i++) {
      // The number of a group's first octet, which only what stands before the group has made.
      const group = groupPseudonym(groups, i, numbers[2 * i]);
      pseudonym[2 * i] = group >> 8;
      pseudonym[2 * i + 1] = group;
    }
    return pseudonym;
  }
}

const IPV4 = 4;
const IPV6 = 6;
const MAC = 7;
const MOST_ADDRESSES = 65_536;
