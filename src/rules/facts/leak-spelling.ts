// The spellings in which a token may be found (rules.md §14, matching method): an address also in hexadecimal, as one decimal
// number, with dashes, zero-padded, backwards; an IPv6 address in each of its forms.
import { parseIpAddress } from '../../network/ip/ip-octets.ts';
import { normalHost } from '../../policy/address-range.ts';
import type { LeakToken } from './leak-token.ts';

export interface Spelling {
  readonly token: LeakToken;
  /** Lower case. */
  readonly text: string;
  /** `plain` and `dashed` are read by anybody; the others are told as info. */
  readonly form: 'plain' | 'dashed' | 'hexadecimal' | 'decimal' | 'reversed';
}

export function spellings(tokens: readonly LeakToken[]): Spelling[] {
  return tokens.flatMap((token) => {
    if (token.kind === 'address') return addressSpellings(token);
    const plain: Spelling = { token, text: token.text, form: 'plain' };
    if (token.kind !== 'device') return [plain];
    return [plain, { token, text: token.text.replaceAll(/[-:]/g, ''), form: 'hexadecimal' as const }];
  });
}

/** An IPv6 address in whatever spelling, of all that look like one in the text. */
export function ipv6In(text: string): Set<string> {
  const found = new Set<string>();
  if (!text.includes(':')) return found;
  for (const [word] of text.matchAll(IPV6)) {
    const normal = normalHost(word.replace(/^\.+|\.+$/g, ''));
    if (parseIpAddress(normal) !== undefined) found.add(normal);
  }
  return found;
}

function addressSpellings(token: LeakToken): Spelling[] {
  const octets = parseIpAddress(token.text);
  if (octets === undefined) return [{ token, text: token.text, form: 'plain' }];
  return octets.length === 4 ? ipv4Spellings(token, octets) : ipv6Spellings(token, octets);
}

function ipv4Spellings(token: LeakToken, octets: Uint8Array): Spelling[] {
  const parts = [...octets];
  const hex = parts.map((octet) => octet.toString(16).padStart(2, '0'));
  const padded = parts.map((octet) => String(octet).padStart(3, '0'));
  const number = ((octets[0]! << 24) | (octets[1]! << 16) | (octets[2]! << 8) | octets[3]!) >>> 0;
  const list: [string, Spelling['form']][] = [
    [parts.join('.'), 'plain'],
    [padded.join('.'), 'plain'],
    [parts.join('-'), 'dashed'],
    [parts.join('_'), 'dashed'],
    [padded.join(''), 'decimal'],
    [hex.join(''), 'hexadecimal'],
    [hex.join('.'), 'hexadecimal'],
    [hex.join(':'), 'hexadecimal'],
    [hex.join('-'), 'hexadecimal'],
    [`${hex[0]}${hex[1]}:${hex[2]}${hex[3]}`, 'hexadecimal'],
    [String(number), 'decimal'],
    [[...parts].reverse().join('.'), 'reversed'],
    [[...hex].reverse().join(''), 'reversed'],
  ];
  return unique(token, list);
}

function ipv6Spellings(token: LeakToken, octets: Uint8Array): Spelling[] {
  const hex = [...octets].map((octet) => octet.toString(16).padStart(2, '0')).join('');
  const groups = hex.match(/.{4}/g)!;
  const short = groups.map((group) => group.replace(/^0{1,3}/, ''));
  const list: [string, Spelling['form']][] = [
    [token.text, 'plain'],
    [groups.join(':'), 'plain'],
    [short.join(':'), 'plain'],
    [token.text.replaceAll(':', '-'), 'dashed'],
    [groups.join('-'), 'dashed'],
    [short.join('-'), 'dashed'],
    [hex, 'hexadecimal'],
    [[...hex].reverse().join('.'), 'reversed'],
  ];
  return unique(token, list);
}

function unique(token: LeakToken, list: readonly [string, Spelling['form']][]): Spelling[] {
  const seen = new Set<string>();
  return list.flatMap(([text, form]) => {
    if (seen.has(text)) return [];
    seen.add(text);
    return [{ token, text, form }];
  });
}

const IPV6 = /[0-9a-f]{0,4}:[0-9a-f:.]{1,45}/g;
