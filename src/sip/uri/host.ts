// hosts and ports as SIP writes them: a name, an IPv4 address, or an IPv6 reference in brackets
// (RFC 3261 §25.1: host, hostport; RFC 5118 §4.1).
import { isIPv4, isIPv6 } from './ip-address.ts';

export type HostKind = 'name' | 'ipv4' | 'ipv6' | 'invalid';

export interface HostPort {
  /** As spelled, an IPv6 reference without its brackets. */
  readonly host: string;
  readonly kind: HostKind;
  /** undefined when there is none, or none that is a number up to 65535. */
  readonly port: number | undefined;
  /** What is wrong with it, or ''. */
  readonly problem: string;
}

/** Parses `host [":" port]`, with white space tolerated around the colon (RFC 3261 §25.1, COLON). */
export function parseHostPort(text: string): HostPort {
  const trimmed = text.trim();
  if (trimmed[0] === '[') return parseReference(trimmed);
  const colon = trimmed.indexOf(':');
  if (colon >= 0 && trimmed.indexOf(':', colon + 1) >= 0) {
    // RFC 5118 §4.1: without brackets nothing tells where the address ends; all of it is the host.
    return { host: trimmed, kind: 'invalid', port: undefined, problem: 'IPv6 address without brackets' };
  }
  const host = (colon < 0 ? trimmed : trimmed.slice(0, colon)).trim();
  return withPort(host, hostKind(host), colon < 0 ? undefined : trimmed.slice(colon + 1));
}

export function hostKind(host: string): HostKind {
  if (isIPv4(host)) return 'ipv4';
  return host.length <= 255 && HOSTNAME.test(host) ? 'name' : 'invalid';
}

/** Whether an IPv6 reference in the text has the third colon of RFC 5118 §4.10. */
export function hasExtraColon(text: string): boolean {
  return /\[[0-9a-fA-F:]{0,40}:::[0-9.]{7,15}\]/.test(text);
}

function parseReference(text: string): HostPort {
  const close = text.indexOf(']');
  if (close < 0)
    return { host: text.slice(1), kind: 'invalid', port: undefined, problem: 'bracket is not closed' };
  const inside = text.slice(1, close);
  // RFC 5118 §4.10: an error in the grammar of RFC 3261 puts a third colon before an embedded IPv4 address.
  const host = EXTRA_COLON.test(inside) ? inside.replace(':::', '::') : inside;
  const rest = text.slice(close + 1).trim();
  const kind = isIPv6(host) ? 'ipv6' : 'invalid';
  if (rest !== '' && rest[0] !== ':') {
    return { host, kind, port: undefined, problem: 'something follows the IPv6 address' };
  }
  return withPort(host, kind, rest === '' ? undefined : rest.slice(1));
}

function withPort(host: string, kind: HostKind, portText: string | undefined): HostPort {
  const hostProblem =
    kind !== 'invalid' ? '' : host === '' ? 'host is missing' : 'host is no name and no address';
  if (portText === undefined) return { host, kind, port: undefined, problem: hostProblem };
  const digits = portText.trim();
  const port = DIGITS.test(digits) ? Number(digits) : Number.NaN;
  if (port <= 65535) return { host, kind, port, problem: hostProblem };
  return { host, kind, port: undefined, problem: hostProblem || 'port is no number up to 65535' };
}

const EXTRA_COLON = /^[0-9a-fA-F:]{0,40}:::[0-9.]{7,15}$/;
const DIGITS = /^[0-9]+$/;
// hostname = *( domainlabel "." ) toplabel [ "." ].
const HOSTNAME = /^(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)*[A-Za-z](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.?$/;
