// Secrets in a message as ranges of its octets: digest responses and other proofs, tokens, passwords in URIs
// (RFC 3261 §19.1.1, §22; RFC 7616; RFC 3310 for auts). Keys in session descriptions are the SDP stage's to find.
import { SECRET_PARAMETERS } from './header/credentials.ts';
import { HEADER, type HeaderId } from './header/header-names.ts';
import type { SipMessage } from './message.ts';
import { COLUMN, COLUMNS } from './scan.ts';

export interface OctetRange {
  /** Offsets in `message.data`. */
  readonly start: number;
  readonly end: number;
}

/** The secrets of the start line and the headers, ascending and apart. */
export function secretRanges(message: SipMessage): OctetRange[] {
  const ranges = passwords(message, message.start, message.bodyStart);
  for (let row = 0; row < message.headerCount; row++) {
    if (CARRIERS.includes(message.headerId(row))) ranges.push(...proofs(message, row));
  }
  return ranges.length < 2 ? ranges : merge(ranges);
}

/** Those of the start line. */
export function startLineSecrets(message: SipMessage): OctetRange[] {
  return passwords(message, message.start, message.startLineEnd);
}

/** Those of one header line. */
export function rowSecrets(message: SipMessage, row: number): OctetRange[] {
  const end = message.table[row * COLUMNS + COLUMN.valueEnd];
  const ranges = passwords(message, message.headerStart(row), end);
  if (CARRIERS.includes(message.headerId(row))) ranges.push(...proofs(message, row));
  return ranges.length < 2 ? ranges : merge(ranges);
}

/** The octets of the message with every secret overwritten by `*`, so that all offsets stay. */
export function redactMessage(message: SipMessage): Buffer {
  const octets = Buffer.from(message.bytes());
  for (const { start, end } of secretRanges(message))
    octets.fill('*', start - message.start, end - message.start);
  return octets;
}

function passwords({ data }: SipMessage, from: number, to: number): OctetRange[] {
  // One character an octet, so that indexes are offsets.
  const text = data.toString('latin1', from, to);
  if (!text.includes('@')) return [];
  return [...text.matchAll(PASSWORD)].map((match) => {
    const end = from + match.index + match[0].length - 1;
    return { start: end - match[1].length, end };
  });
}

function proofs(message: SipMessage, row: number): OctetRange[] {
  const valueStart = message.table[row * COLUMNS + COLUMN.valueStart];
  const valueEnd = message.table[row * COLUMNS + COLUMN.valueEnd];
  const value = message.data.toString('latin1', valueStart, valueEnd);
  // `Basic …`, `Bearer …`: all that follows the scheme is the secret.
  const token = TOKEN68.exec(value);
  if (token !== null) return [{ start: valueEnd - token[1].length, end: valueEnd }];
  return [...value.matchAll(PROOF)].map((match) => {
    const end = valueStart + match.index + match[0].length;
    return { start: end - match[1].length, end };
  });
}

function merge(ranges: readonly OctetRange[]): OctetRange[] {
  const merged: OctetRange[] = [];
  for (const range of [...ranges].sort((a, b) => a.start - b.start)) {
    const last = merged.at(-1);
    if (last === undefined || range.start >= last.end) merged.push(range);
    else merged[merged.length - 1] = { start: last.start, end: Math.max(last.end, range.end) };
  }
  return merged;
}

const CARRIERS: readonly HeaderId[] = [
  HEADER.Authorization,
  HEADER['Proxy-Authorization'],
  HEADER['Authentication-Info'],
];
// The lengths are bounded so that no text makes the search slow. Only a comma ends a proof without quotes (RFC 3261 §20.7),
// so that none is shown because something made its quotes into `&quot;`.
const PASSWORD = /\bsips?:[^\s@:<>"]{0,256}:([^\s@<>"]{1,256})@/gi;
const PROOF = new RegExp(
  `\\b(?:${SECRET_PARAMETERS.join('|')})\\s{0,64}=\\s{0,64}("[^"]*"?|[^\\s,"][^\\s,]*)`,
  'gi',
);
const TOKEN68 = /^[\w\-.!%*+`'~]+\s+([A-Za-z0-9\-._~+/]+=*)$/;
