// IP addresses in filters: text → octets (RFC 4291 §2.2), their order, and networks (RFC 4632 §3.1).
import { ipv6Text } from '../network/ip-text.ts';

/** 4 octets for `192.0.2.1`, 16 for `2001:db8::1` or `::ffff:192.0.2.1`; undefined when it is neither. */
export function parseIpAddress(text: string): Uint8Array | undefined {
  return text.includes(':') ? parseIPv6(text) : parseIPv4(text);
}

/** As endpoints spell it (RFC 5952); text that is no address stays as it is. */
export function normalAddress(text: string): string {
  const octets = text.includes(':') ? parseIPv6(text) : undefined;
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

function parseIPv4(text: string): Uint8Array | undefined {
  if (text.length > 15) return undefined;
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256)) {
    return undefined;
  }
  return Uint8Array.from(parts, Number);
}

function parseIPv6(text: string): Uint8Array | undefined {
  if (text.length > 45) return undefined;
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const head = groups(halves[0], halves.length === 1);
  const tail = halves.length === 2 ? groups(halves[1], true) : [];
  if (head === undefined || tail === undefined) return undefined;
  // `::` stands for at least one group of zeros.
  const missing = 16 - head.length - tail.length;
  if (halves.length === 2 ? missing < 2 : missing !== 0) return undefined;
  return Uint8Array.from([...head, ...new Array<number>(missing).fill(0), ...tail]);
}

// `2001:db8` → four octets; the last group of an address may be an IPv4 address.
function groups(text: string, last: boolean): number[] | undefined {
  if (text === '') return [];
  const octets: number[] = [];
  const parts = text.split(':');
  for (let i = 0; i < parts.length; i++) {
    const four = last && i === parts.length - 1 ? parseIPv4(parts[i]) : undefined;
    if (four !== undefined) octets.push(...four);
    else if (/^[\da-f]{1,4}$/i.test(parts[i])) {
      const group = Number.parseInt(parts[i], 16);
      octets.push(group >> 8, group & 0xff);
    } else return undefined;
  }
  return octets.length <= 16 ? octets : undefined;
}
