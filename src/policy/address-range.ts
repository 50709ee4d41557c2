// `10.0.0.0/8`, `192.0.2.1`, `2001:db8::/32`, `pbx.example.com` → what an address or host is asked against (RFC 4632 §3.1,
// RFC 4291 §2.3).
import { parseIpAddress } from '../network/ip/ip-octets.ts';
import { ipText } from '../network/ip/ip-text.ts';
import { hostKind } from '../sip/uri/host.ts';

/** One address, a network, or a host by its name. Equal ranges have equal `text`. */
export class AddressRange {
  /** The usual spelling: RFC 5952, host bits cleared, no /32 or /128, names in lower case. */
  readonly text: string;
  /** Leading bits that count; 0 for `0.0.0.0/0`, -1 for a name. */
  readonly bits: number;
  readonly #base: Uint8Array | undefined;
  /** An IPv4 address as one number, or -1. */
  readonly #quad: number;
  readonly #mask: number;

  /** Use parseRange. `base` is undefined for a name. */
  constructor(text: string, base: Uint8Array | undefined, bits: number) {
    this.text = text;
    this.bits = bits;
    this.#base = base;
    this.#quad = base?.length === 4 ? quadOf(base) : -1;
    this.#mask = bits <= 0 ? 0 : (-1 << (32 - Math.min(bits, 32))) >>> 0;
  }

  /** 4, 6, or 0 for a name. */
  get version(): 0 | 4 | 6 {
    return this.#base === undefined ? 0 : this.#base.length === 4 ? 4 : 6;
  }

  /** Whether the IP address (no brackets) or host name is in the range. A name is only ever equal to a name. */
  has(host: string): boolean {
    if (this.#base === undefined) return host.length === this.text.length && host.toLowerCase() === this.text;
    // Audits ask this for every message: IPv4 is told without making anything.
    const quad = quadText(host);
    if (quad >= 0) return this.#quad >= 0 && (quad & this.#mask) >>> 0 === this.#quad;
    if (!host.includes(':')) return false;
    const octets = plainAddress(host);
    if (octets === undefined || octets.length !== this.#base.length) return false;
    if (octets.length === 4) return (quadOf(octets) & this.#mask) >>> 0 === this.#quad;
    return samePrefix(octets, this.#base, this.bits);
  }

  toString(): string {
    return this.text;
  }

  toJSON(): string {
    return this.text;
  }
}

/** undefined when the text is no address, network or host name. */
export function parseRange(text: string): AddressRange | undefined {
  const slash = text.indexOf('/');
  const octets = plainAddress(slash < 0 ? text : text.slice(0, slash));
  if (octets === undefined) {
    if (slash >= 0 || hostKind(text) !== 'name') return undefined;
    return new AddressRange(text.toLowerCase().replace(/\.$/, ''), undefined, -1);
  }
  const width = octets.length * 8;
  const bits = slash < 0 ? width : bitsOf(text.slice(slash + 1), width);
  if (bits === undefined) return undefined;
  for (let i = 0; i < octets.length; i++) octets[i] &= maskOctet(bits, i);
  const address = ipText(octets.length === 4 ? 4 : 6, octets, 0);
  return new AddressRange(bits === width ? address : `${address}/${bits}`, octets, bits);
}

/** Whether any of the ranges has the host. */
export function anyHas(ranges: readonly AddressRange[], host: string): boolean {
  for (const range of ranges) if (range.has(host)) return true;
  return false;
}

/** An IP address as endpoints spell it, a name in lower case; brackets around IPv6 are taken off. */
export function normalHost(host: string): string {
  // Most are dotted quads, spelled as usual.
  if (quadText(host) >= 0) return host;
  const bare = host.startsWith('[') && host.endsWith(']') ? host.slice(1, -1) : host;
  const octets = plainAddress(bare);
  if (octets !== undefined) return ipText(octets.length === 4 ? 4 : 6, octets, 0);
  return bare.toLowerCase().replace(/\.$/, '');
}

/** RFC 4291 §2.5.5.2: an IPv4-mapped address is the IPv4 node's. */
function plainAddress(text: string): Uint8Array | undefined {
  const first = text.charCodeAt(0);
  // Names begin with a letter; only hexadecimal digits and colons begin an address.
  if (!(first >= 0x30 && first <= 0x3a) && !text.includes(':')) return undefined;
  const octets = parseIpAddress(text);
  if (octets?.length !== 16 || octets[10] !== 0xff || octets[11] !== 0xff) return octets;
  for (let i = 0; i < 10; i++) if (octets[i] !== 0) return octets;
  return octets.slice(12);
}

function bitsOf(text: string, width: number): number | undefined {
  if (!/^\d{1,3}$/.test(text)) return undefined;
  const bits = Number(text);
  return bits <= width ? bits : undefined;
}

function samePrefix(a: Uint8Array, b: Uint8Array, bits: number): boolean {
  const whole = bits >> 3;
  for (let i = 0; i < whole; i++) if (a[i] !== b[i]) return false;
  return whole === a.length || ((a[whole] ^ b[whole]) & maskOctet(bits, whole)) === 0;
}

function maskOctet(bits: number, index: number): number {
  const left = bits - index * 8;
  return left >= 8 ? 0xff : left <= 0 ? 0 : (0xff00 >> left) & 0xff;
}

function quadOf(octets: Uint8Array): number {
  return ((octets[0] << 24) | (octets[1] << 16) | (octets[2] << 8) | octets[3]) >>> 0;
}

/** A dotted quad as one number; -1 when it is none (RFC 3986 §3.2.2: no leading zeros). */
export function quadText(text: string): number {
  if (text.length < 7 || text.length > 15) return -1;
  let quad = 0;
  let octet = -1;
  let dots = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 0x2e) {
      if (octet < 0 || ++dots > 3) return -1;
      quad = quad * 256 + octet;
      octet = -1;
    } else if (code < 0x30 || code > 0x39 || octet === 0) return -1;
    else {
      octet = (octet < 0 ? 0 : octet * 10) + code - 0x30;
      if (octet > 255) return -1;
    }
  }
  return dots === 3 && octet >= 0 ? quad * 256 + octet : -1;
}
