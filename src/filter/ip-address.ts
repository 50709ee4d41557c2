// IP addresses in filters: their usual spelling, their order, and networks (RFC 4632 §3.1).
import { parseIpAddress } from '../network/ip/ip-octets.ts';
import { ipv6Text } from '../network/ip/ip-text.ts';

/** As endpoints spell it (RFC 5952); text that is no address stays as it is. */
export function normalAddress(text: string): string {
  const octets = text.includes(':') ? parseIpAddress(text) : undefined;
  return octets === undefined ? text : ipv6Text(octets, 0);
}

/** By octets: negative, 0 or positive; NaN when either is no address or they are of different versions. */
export function compareAddresses(a: string, b: string): number {
  const left = parseIpAddress(a);
  const right = parseIpAddress(b);
  if (left === undefined || right === undefined || left.length !== right.length) return Number.NaN;
  return Buffer.compare(left, right);
}

/** Whether `10.1.2.3` lies in `10.0.0.0/8`. */
export function inNetwork(address: string, network: string): boolean {
  const slash = network.indexOf('/');
  const octets = parseIpAddress(address);
  const base = parseIpAddress(network.slice(0, slash));
  if (octets === undefined || base === undefined || octets.length !== base.length) return false;
  const bits = Number(network.slice(slash + 1));
  const whole = bits >> 3;
  for (let i = 0; i < whole; i++) if (octets[i] !== base[i]) return false;
  const mask = (0xff00 >> (bits & 7)) & 0xff;
  return mask === 0 || ((octets[whole] ^ base[whole]) & mask) === 0;
}
