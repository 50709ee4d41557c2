// Octets of a TCP stream → do they begin a SIP message (RFC 3261 §7.1, §7.2), something else, or too few to tell?

/** What the octets begin. */
export const START = { no: 0, yes: 1, more: 2 } as const;
export type Start = (typeof START)[keyof typeof START];

/** Whether a start line stands at `from`; `more`: what there is could still become one. */
export function startLineAt(data: Uint8Array, from: number, to: number): Start {
  if ((data[from] & 0xdf) === 0x53) {
    const status = statusLineAt(data, from, to);
    if (status !== START.no) return status;
  }
  return requestLineAt(data, from, to);
}

/** A start line, or so much of one that it can hardly be anything else: `SIP/`, or a method, a space and a scheme. */
export function likelyStartLineAt(data: Uint8Array, from: number, to: number): boolean {
  const start = startLineAt(data, from, to);
  if (start !== START.more) return start === START.yes;
  const end = Math.min(to, from + LONGEST_METHOD + LONGEST_SCHEME);
  for (let at = from; at < end; at++) {
    if (data[at] === COLON || data[at] === SLASH) return true;
  }
  return false;
}

/** Where the first start line stands that follows a line end in `data[from, until)`; -1 when there is none. */
export function findStartLine(data: Uint8Array, from: number, to: number, until: number = to): number {
  for (let at = from; at < until; at++) {
    if (data[at] === LF && at + 1 < to && startLineAt(data, at + 1, to) === START.yes) return at + 1;
  }
  return -1;
}

/** RFC 8446 §4 and §5.1: a TLS handshake record that begins with a ClientHello or a ServerHello. */
export function tlsHelloAt(data: Uint8Array, from: number, to: number): boolean {
  return data[from] === 22 && tlsRecordAt(data, from, to) && (data[from + 5] === 1 || data[from + 5] === 2);
}

/** RFC 8446 §5.1: a TLS record of one of the four content types, SSL 3.0 to TLS 1.3. */
export function tlsRecordAt(data: Uint8Array, from: number, to: number): boolean {
  return to - from >= 3 && mayBeTlsRecordAt(data, from, to);
}

/** The same, as far as there are octets to tell. */
export function mayBeTlsRecordAt(data: Uint8Array, from: number, to: number): boolean {
  const length = to - from;
  if (data[from] < 20 || data[from] > 23) return false;
  return (length < 2 || data[from + 1] === 3) && (length < 3 || data[from + 2] <= 4);
}

// RFC 3261 §7.2: SIP-Version SP Status-Code. §7.1: the version is compared without regard to case.
function statusLineAt(data: Uint8Array, from: number, to: number): Start {
  let at = from;
  for (const octet of SIP_SLASH) {
    if (at === to) return START.more;
    if (upper(data[at++]) !== octet) return START.no;
  }
  at = versionEnd(data, at, to);
  if (at < 0) return at === OPEN_END ? START.more : START.no;
  if (data[at] !== SP && data[at] !== TAB) return START.no;
  while (at < to && (data[at] === SP || data[at] === TAB)) at++;
  for (let digits = 0; digits < 3; digits++, at++) {
    if (at >= to) return START.more;
    if (data[at] < 0x30 || data[at] > 0x39) return START.no;
  }
  return START.yes;
}

// RFC 3261 §7.1: Method SP Request-URI SP SIP-Version CRLF. Spaces in the URI and before the line end are let pass: they
// are for the parser to judge. HTTP and RTSP differ in their version only, so the whole line has to be there for a yes.
function requestLineAt(data: Uint8Array, from: number, to: number): Start {
  const limit = Math.min(to, from + LONGEST_METHOD);
  let at = from;
  while (at < limit && TOKEN[data[at]] === 1) at++;
  if (at === limit) return at === to && at > from ? START.more : START.no;
  if (data[at] !== SP || at === from) return START.no;
  const uri = at + 1;
  if (uri < to && data[uri] === SLASH) return START.no;
  const end = Math.min(to, from + LONGEST_LINE);
  while (at < end && (data[at] >= SP || data[at] === TAB)) at++;
  if (at === end) return at === to ? START.more : START.no;
  if (data[at] === CR) {
    if (at + 1 === to) return START.more;
    if (data[at + 1] !== LF) return START.no;
  } else if (data[at] !== LF) {
    return START.no;
  }
  return versionBefore(data, uri, at) ? START.yes : START.no;
}

/** After `SIP/`: digits, a dot, digits. Where they end; negative when they do not (yet). */
function versionEnd(data: Uint8Array, from: number, to: number): number {
  let dots = 0;
  for (let at = from; at < to; at++) {
    const octet = data[at];
    if (octet >= 0x30 && octet <= 0x39) continue;
    if (octet === DOT && dots++ === 0 && at > from) continue;
    return dots === 1 && at - from >= 3 && at - from <= 8 ? at : NOT_VERSION;
  }
  return to - from <= 8 ? OPEN_END : NOT_VERSION;
}

/** Whether `data[from, to)` ends in white space, `SIP/`, a version, and perhaps white space. */
function versionBefore(data: Uint8Array, from: number, to: number): boolean {
  let at = to;
  while (at > from && (data[at - 1] === SP || data[at - 1] === TAB)) at--;
  const end = at;
  while (
    at > from &&
    end - at < 9 &&
    ((data[at - 1] >= 0x30 && data[at - 1] <= 0x39) || data[at - 1] === DOT)
  )
    at--;
  if (end - at < 3) return false;
  for (let index = SIP_SLASH.length - 1; index >= 0; index--) {
    if (at <= from || upper(data[--at]) !== SIP_SLASH[index]) return false;
  }
  return at > from && (data[at - 1] === SP || data[at - 1] === TAB);
}

function upper(octet: number): number {
  return octet >= 0x61 && octet <= 0x7a ? octet - 0x20 : octet;
}

const TAB = 9;
const LF = 10;
const CR = 13;
const SP = 32;
const DOT = 0x2e;
const SLASH = 0x2f;
const COLON = 0x3a;
const SIP_SLASH = [0x53, 0x49, 0x50, 0x2f] as const;
const OPEN_END = -1;
const NOT_VERSION = -2;
const LONGEST_METHOD = 64;
const LONGEST_SCHEME = 16;
const LONGEST_LINE = 16_384;

/** RFC 3261 §25.1: token. */
const TOKEN = new Uint8Array(256);
for (const character of "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-.!%*_+`'~") {
  TOKEN[character.charCodeAt(0)] = 1;
}
