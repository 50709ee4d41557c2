// URIs: sip and sips (RFC 3261 §19.1), tel (RFC 3966), im and pres (RFC 3859, RFC 3860), urn and others by scheme.
// Text in, parts out; what cannot be parsed is kept in the nearest part, with `problems` saying what is wrong.
import { type HostKind, parseHostPort } from './host.ts';
import { NO_PARAMETERS, type Parameters, parseParameters } from './parameters.ts';
import { decodePercent, hasOnlyWholeEscapes } from './percent-escape.ts';
import { telProblem } from './tel-number.ts';

export class SipUri {
  /** As spelled in the message. */
  readonly text: string;
  /** In lower case; '' when there is none. */
  scheme = '';
  /** User part as spelled (escapes kept); of a tel URI the number; '' when there is none. */
  user = '';
  /** undefined when there is none. */
  password: string | undefined = undefined;
  /** As spelled, an IPv6 reference without its brackets; '' for URIs without a host. */
  host = '';
  hostKind: HostKind = 'invalid';
  port: number | undefined = undefined;
  params: Parameters = NO_PARAMETERS;
  /** What follows `?`, as spelled: for sip and sips header fields of the request to be made. */
  headers: Parameters = NO_PARAMETERS;
  /** All that follows the scheme, for schemes that are not taken apart. */
  opaque = '';
  /** What is wrong with it, in words; empty for a URI that follows its grammar. */
  problems: readonly string[] = [];

  constructor(text: string) {
    this.text = text;
  }

  get valid(): boolean {
    return this.problems.length === 0;
  }

  /** The user part with its escapes taken back, for people; never for comparison. */
  get userText(): string {
    return decodePercent(this.user);
  }

  /** The host as a URI writes it: `[2001:db8::1]`. */
  get hostText(): string {
    return this.host.includes(':') ? `[${this.host}]` : this.host;
  }

  /** Host and port as a URI writes them: `[2001:db8::1]:5060`. */
  get hostPort(): string {
    return this.port === undefined ? this.hostText : `${this.hostText}:${this.port}`;
  }

  /** `alice@example.com`: what tells an address apart in a list; of other schemes all that follows the scheme. */
  get address(): string {
    if (this.host === '') return this.user || this.opaque;
    return this.user === '' ? this.host : `${this.user}@${this.host}`;
  }
}

/** Parses a URI without brackets around it. Never throws. */
export function parseUri(text: string): SipUri {
  const uri = new SipUri(text);
  const trimmed = text.trim();
  const scheme = SCHEME.exec(trimmed);
  if (scheme === null) {
    uri.problems = [trimmed === '' ? 'URI is empty' : 'URI has no scheme'];
    uri.opaque = trimmed;
    return uri;
  }
  uri.scheme = scheme[1].toLowerCase();
  const rest = trimmed.slice(scheme[0].length);
  uri.opaque = rest;
  const problems: string[] = [];
  if (WHITE_SPACE.test(rest)) problems.push('white space in URI');
  if (!hasOnlyWholeEscapes(rest)) problems.push('% without two hexadecimal digits');
  switch (uri.scheme) {
    case 'sip':
    case 'sips':
    case 'im':
    case 'pres':
      parseHierarchy(uri, rest, problems);
      break;
    case 'tel':
      parseTel(uri, rest, problems);
      break;
    default:
      if (rest === '') problems.push('nothing follows the scheme');
  }
  uri.problems = problems;
  return uri;
}

/** `[user [":" password] "@"] host [":" port] *(";" param) ["?" headers]` */
function parseHierarchy(uri: SipUri, rest: string, problems: string[]): void {
  const at = endOfUserInfo(rest);
  if (at >= 0) parseUserInfo(uri, rest.slice(0, at), problems);
  const from = at + 1;
  const hostEnd = firstOf(rest, from, ';', '?');
  const { host, kind, port, problem } = parseHostPort(rest.slice(from, hostEnd));
  uri.host = host;
  uri.hostKind = kind;
  uri.port = port;
  if (problem !== '') problems.push(problem);
  const question = rest.indexOf('?', hostEnd);
  const paramsEnd = question < 0 ? rest.length : question;
  if (hostEnd < paramsEnd) uri.params = parseParameters(rest.slice(hostEnd + 1, paramsEnd));
  if (!PARAMETERS.test(rest.slice(hostEnd, paramsEnd))) problems.push('malformed URI parameter');
  if (question < 0) return;
  uri.headers = parseParameters(rest.slice(question + 1), '&');
  if (!HEADERS.test(rest.slice(question + 1))) problems.push('malformed headers in URI');
}

/**
 * RFC 3261 §25.1: a user may hold `;` and `?` unescaped but no `@`; so the first `@` ends it. Where a second one
 * follows before any parameter, the user itself holds a bare `@`, which is common enough to be understood.
 */
function endOfUserInfo(rest: string): number {
  const first = rest.indexOf('@');
  if (first < 0) return -1;
  return Math.max(first, rest.lastIndexOf('@', firstOf(rest, first, ';', '?')));
}

function parseUserInfo(uri: SipUri, text: string, problems: string[]): void {
  const colon = text.indexOf(':');
  uri.user = colon < 0 ? text : text.slice(0, colon);
  if (colon >= 0) uri.password = text.slice(colon + 1);
  if (uri.user === '') problems.push('user is empty');
  else if (!USER.test(uri.user)) problems.push('character that a user may only hold escaped');
  if (uri.password !== undefined && !PASSWORD.test(uri.password)) problems.push('malformed password');
}

/** RFC 3966 §3: `telephone-subscriber *(";" parameter)`. */
function parseTel(uri: SipUri, rest: string, problems: string[]): void {
  const end = firstOf(rest, 0, ';', '?');
  uri.user = rest.slice(0, end);
  if (end < rest.length) uri.params = parseParameters(rest.slice(end + 1));
  const problem = telProblem(uri.user, uri.params);
  if (problem !== '') problems.push(problem);
}

function firstOf(text: string, from: number, one: string, other: string): number {
  const a = text.indexOf(one, from);
  const b = text.indexOf(other, from);
  return Math.min(a < 0 ? text.length : a, b < 0 ? text.length : b);
}

const SCHEME = /^([A-Za-z][A-Za-z0-9+\-.]*)\s*:\s*/;
const WHITE_SPACE = /\s/;
const USER = /^[\w\-.!~*'()%&=+$,;?/]+$/;
const PASSWORD = /^[\w\-.!~*'()%&=+$,]*$/;
const PARAMETERS = /^(?:;[\w\-.!~*'()%[\]/:&+$]+(?:=[\w\-.!~*'()%[\]/:&+$]+)?)*$/;
const HEADERS =
  /^[\w\-.!~*'()%[\]/?:+$]+=[\w\-.!~*'()%[\]/?:+$]*(?:&[\w\-.!~*'()%[\]/?:+$]+=[\w\-.!~*'()%[\]/?:+$]*)*$/;
