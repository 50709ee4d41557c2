// The headers of a request that name its call, or another: what a box lets through tells, whatever else it rewrites.
import { HEADER } from '../sip/header/header-names.ts';
import { parseTokenValue } from '../sip/header/token-value.ts';
import type { SipMessage } from '../sip/message.ts';

/** RFC 3261 §20.21, RFC 3891, RFC 3911, RFC 4538; References was only ever a draft. */
export function namedCalls(m: SipMessage): string[] {
  const named = m.values(HEADER['In-Reply-To']);
  for (const id of NAMING) for (const value of m.values(id)) named.push(parseTokenValue(value).value);
  const row = m.findName('references');
  if (row >= 0) named.push(parseTokenValue(m.headerValue(row)).value);
  return named.slice(0, MAX_NAMED).filter((callId) => callId !== m.callId);
}

/** Cisco gateways write it as four decimal numbers or as hexadecimal digits. */
export function guidOf(m: SipMessage): string {
  const row = m.findName('cisco-guid');
  if (row < 0) return '';
  const value = m.headerValue(row).trim().toLowerCase();
  return /[1-9a-f]/.test(value) ? value : '';
}

export function unregistered(
  m: SipMessage,
  legHeaders: ReadonlySet<string>,
): { leg: string[]; other: string[] } {
  const leg: string[] = [];
  const other: string[] = [];
  for (let row = 0; row < m.headerCount; row++) {
    if (m.headerId(row) !== 0 || leg.length + other.length >= MAX_HEADERS) continue;
    const name = m.headerName(row).toLowerCase();
    const value = m.headerValue(row);
    if (legHeaders.has(name)) leg.push(value);
    else if (tells(value) && name !== 'cisco-guid') other.push(`${name}: ${value}`);
  }
  return { leg, other };
}

/** A value that two calls would hardly have by chance. */
function tells(value: string): boolean {
  return value.length >= 8 && value.length <= 256 && new Set(value).size >= 5 && /\d/.test(value);
}

export function parameterOf(value: string | undefined, name: string): string {
  if (value === undefined) return '';
  const { value: first, params } = parseTokenValue(value);
  const own = first.toLowerCase().startsWith(`${name}=`) ? first.slice(name.length + 1) : params.get(name);
  return (own ?? '').replace(/^"|"$/g, '');
}

const NAMING = [HEADER.Replaces, HEADER.Join, HEADER['Target-Dialog']];
const MAX_NAMED = 8;
const MAX_HEADERS = 16;
