// ESP with NULL encryption, as IMS uses it (3GPP TS 33.203): told from encrypted ESP by what its octets must be.
// Rules: RFC 4303 §2 (packet format), RFC 2410 (NULL), RFC 5879 §8 (heuristics), RFC 4543 (AES-GMAC has an IV).

import type { Dissection } from '../dissection.ts';
import { IP_PAYLOAD } from '../link/ethertype.ts';
import { OUTCOME } from '../outcome.ts';
import { looksLikeSip } from '../sniff.ts';
import { transportChecksumHolds } from './checksum.ts';
import { PROTOCOL } from './ip-protocol.ts';

/** Remembers, by SPI, which security associations proved not to be encrypted, and how long their ICV and IV are. */
export class EspNull {
  private readonly known = new Map<number, Shape>();

  /** Goes on with the inner packet, or settles as `esp`. */
  open(d: Dissection): number {
    const { data, at } = d;
    if (d.left < SHORTEST) return d.settle(d.cut ? OUTCOME.truncated : OUTCOME.esp);
    if (d.cut) return d.settle(OUTCOME.esp);
    const spi = data[at] * 0x1000000 + ((data[at + 1] << 16) | (data[at + 2] << 8) | data[at + 3]);
    const known = this.known.get(spi);
    if (known !== undefined && isPlausible(d, known)) return enter(d, known, spi);
    for (const shape of SHAPES) {
      if (!isPlausible(d, shape) || !isProven(d, shape)) continue;
      this.learn(spi, shape);
      return enter(d, shape, spi);
    }
    return d.settle(OUTCOME.esp);
  }

  private learn(spi: number, shape: Shape): void {
    this.known.delete(spi);
    this.known.set(spi, shape);
    if (this.known.size > MOST_ASSOCIATIONS) this.known.delete(this.known.keys().next().value as number);
  }
}

/** Octets of integrity check value at the end, and of initialization vector after the sequence number. */
interface Shape {
  readonly icv: number;
  readonly iv: number;
}

/** RFC 4303 §2.4: the padding counts 1, 2, 3 …; the next header is one that can be; the inner header agrees with the length. */
function isPlausible(d: Dissection, { icv, iv }: Shape): boolean {
  const { data } = d;
  const trailer = d.end - icv - 2;
  const inner = d.at + 8 + iv;
  const padding = data[trailer];
  const stop = trailer - padding;
  if (stop <= inner || ((trailer + 2 - inner) & 3) !== 0) return false;
  for (let i = 0; i < padding; i++) if (data[stop + i] !== i + 1) return false;
  return isInnerPlausible(data, data[trailer + 1], inner, stop);
}

function isInnerPlausible(data: Buffer, protocol: number, at: number, end: number): boolean {
  const length = end - at;
  if (protocol === PROTOCOL.udp) return length >= 8 && ((data[at + 4] << 8) | data[at + 5]) === length;
  if (protocol === PROTOCOL.tcp) {
    const header = (data[at + 12] >> 4) << 2;
    // RFC 9293 §3.1: the reserved bits are 0, and some flag is always set.
    return (
      length >= 20 && header >= 20 && header <= length && (data[at + 12] & 0x0e) === 0 && data[at + 13] !== 0
    );
  }
  if (protocol === PROTOCOL.ipip) {
    return length >= 20 && data[at] >> 4 === 4 && ((data[at + 2] << 8) | data[at + 3]) === length;
  }
  if (protocol === PROTOCOL.ipv6) {
    return length >= 40 && data[at] >> 4 === 6 && ((data[at + 4] << 8) | data[at + 5]) === length - 40;
  }
  return false;
}

/** Lengths of an inner IP header prove it; TCP and UDP by their checksum or, where offloading left none, by SIP in them. */
function isProven(d: Dissection, { icv, iv }: Shape): boolean {
  const { data } = d;
  const trailer = d.end - icv - 2;
  const end = trailer - data[trailer];
  const at = d.at + 8 + iv;
  const protocol = data[trailer + 1];
  if (protocol === PROTOCOL.ipip || protocol === PROTOCOL.ipv6) return true;
  const payload = protocol === PROTOCOL.udp ? at + 8 : at + ((data[at + 12] >> 4) << 2);
  return transportChecksumHolds(d, protocol, at, end) || looksLikeSip(data, payload, end);
}

function enter(d: Dissection, { icv, iv }: Shape, spi: number): number {
  const trailer = d.end - icv - 2;
  d.tunnels.push('esp-null', d.data, d.version, d.addressAt, spi);
  d.at += 8 + iv;
  d.narrow(trailer - d.data[trailer]);
  d.protocol = d.data[trailer + 1];
  return IP_PAYLOAD;
}

/** RFC 2403, 2404 (96 bits), RFC 4868 (128, 192, 256 bits), RFC 4543 (128 bits and an 8-octet IV); none. */
const SHAPES: readonly Shape[] = [
  { icv: 12, iv: 0 },
  { icv: 16, iv: 0 },
  { icv: 16, iv: 8 },
  { icv: 24, iv: 0 },
  { icv: 32, iv: 0 },
  { icv: 0, iv: 0 },
];

const SHORTEST = 8 + 8 + 2;
const MOST_ASSOCIATIONS = 65_536;
