// Whether two URIs are the same address: sip and sips by RFC 3261 §19.1.4, tel by RFC 3966 §4, others by their text.
import type { Parameters } from './parameters.ts';
import { normalizePercent } from './percent-escape.ts';
import { bareNumber } from './tel-number.ts';
import type { SipUri } from './uri.ts';

export function sameUri(a: SipUri, b: SipUri): boolean {
  // RFC 3261 §19.1.4: a SIP and a SIPS URI are never equivalent.
  if (a.scheme !== b.scheme) return false;
  switch (a.scheme) {
    case 'sip':
    case 'sips':
      return sameSip(a, b);
    case 'tel':
      return sameTel(a, b);
    case 'im':
    case 'pres':
      return sameText(a.user, b.user) && sameCaseless(a.host, b.host);
    default:
      return normalizePercent(a.opaque) === normalizePercent(b.opaque);
  }
}

function sameSip(a: SipUri, b: SipUri): boolean {
  return (
    // §19.1.4: the userinfo is compared with case, everything else without.
    sameText(a.user, b.user) &&
    sameText(a.password ?? '', b.password ?? '') &&
    (a.password === undefined) === (b.password === undefined) &&
    sameCaseless(a.host, b.host) &&
    // §19.1.4: an omitted port is not the same as the default port written out.
    a.port === b.port &&
    sameSipParameters(a.params, b.params) &&
    sameHeaders(a.headers, b.headers)
  );
}

/** §19.1.4: a parameter in both must match; user, ttl, method, maddr and transport in one only is a difference. */
function sameSipParameters(a: Parameters, b: Parameters): boolean {
  for (const { name, value } of a) {
    const other = b.find(name);
    if (other !== undefined && !sameCaseless(value ?? '', other.value ?? '')) return false;
  }
  return DECISIVE.every((name) => a.has(name) === b.has(name));
}

/** §19.1.4: header components are never ignored, and their order does not count. */
function sameHeaders(a: Parameters, b: Parameters): boolean {
  if (a.size !== b.size) return false;
  const spell = (headers: Parameters): string[] =>
    headers.list
      .map(({ name, value }) => `${normalizePercent(name).toLowerCase()}=${normalizePercent(value ?? '')}`)
      .sort();
  const others = spell(b);
  return spell(a).every((header, index) => header === others[index]);
}

/** RFC 3966 §4: numbers without separators, parameters without order, case and, for phone numbers, separators. */
function sameTel(a: SipUri, b: SipUri): boolean {
  if (a.user.startsWith('+') !== b.user.startsWith('+') || bareNumber(a.user) !== bareNumber(b.user))
    return false;
  if (a.params.size !== b.params.size) return false;
  for (const { name, value } of a.params) {
    const other = b.params.find(name);
    if (other === undefined || !sameTelParameter(name.toLowerCase(), value ?? '', other.value ?? ''))
      return false;
  }
  return true;
}

function sameTelParameter(name: string, a: string, b: string): boolean {
  const isNumber = name === 'ext' || (name === 'phone-context' && a.startsWith('+'));
  return isNumber ? bareNumber(a) === bareNumber(b) : sameCaseless(a, b);
}

function sameText(a: string, b: string): boolean {
  return a === b || normalizePercent(a) === normalizePercent(b);
}

function sameCaseless(a: string, b: string): boolean {
  return normalizePercent(a).toLowerCase() === normalizePercent(b).toLowerCase();
}

const DECISIVE = ['user', 'ttl', 'method', 'maddr', 'transport'];
