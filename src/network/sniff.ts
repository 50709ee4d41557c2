// Octets → is this the beginning of a SIP message? Told by the first line alone, whatever the port:
// a status line, a request line that ends in SIP/x.y, or a known method with a SIP URI where the line is cut or damaged.
// Rules: RFC 3261 §7.1 and §7.2 (start lines), §7.5 (CRLFs before it), §25.1 (token, scheme); RFC 4475 for what is odd but legal.

/** `data[start, end)` begins as a SIP message does. Most of what is not SIP fails on its first octet. */
export function looksLikeSip(data: Uint8Array, start: number, end: number): boolean {
  let at = start;
  // RFC 3261 §7.5: CRLFs that appear before the start line are ignored.
  while (at < end && (data[at] === CR || data[at] === LF)) at++;
  if (end - at < SHORTEST || TOKEN[data[at]] === 0) return false;
  return isStatusLine(data, at, end) || isRequestLine(data, at, end);
}

/** RFC 3261 §7.2: `SIP/2.0 200 OK`; the name of the protocol is case-insensitive, and other versions are SIP too. */
function isStatusLine(data: Uint8Array, at: number, end: number): boolean {
  if (!isSipName(data, at)) return false;
  const version = skipVersion(data, at + 4, end);
  return version > 0 && (version === end || data[version] === SP);
}

/** RFC 3261 §7.1: `Method SP Request-URI SP SIP-Version`. RFC 4475 §3.1.2.8: more than one space is still a request. */
function isRequestLine(data: Uint8Array, start: number, end: number): boolean {
  const methodEnd = skipToken(data, start, end);
  let uri = methodEnd;
  while (uri < end && data[uri] === SP) uri++;
  if (uri === methodEnd || uri === end) return false;
  const known = isKnownMethod(data, start, methodEnd);
  // An extension method needs all of the line: text with a URI in it is not SIP.
  if (!known) return hasScheme(data, uri, end) && lineEndsInVersion(data, uri, end);
  return hasSipScheme(data, uri, end) || lineEndsInVersion(data, uri, end);
}

function skipToken(data: Uint8Array, start: number, end: number): number {
  const limit = Math.min(end, start + LONGEST_METHOD);
  let at = start;
  while (at < limit && TOKEN[data[at]] === 1) at++;
  return at;
}

function isKnownMethod(data: Uint8Array, start: number, end: number): boolean {
  const first = data[start];
  const length = end - start;
  for (const method of METHODS) {
    if (method[0] !== first || method.length !== length) continue;
    let i = 1;
    while (i < length && data[start + i] === method[i]) i++;
    if (i === length) return true;
  }
  return false;
}

/** RFC 3261 §25.1: `scheme ":"`, also after the `<` that RFC 4475 §3.1.2.7 shows. */
function hasScheme(data: Uint8Array, start: number, end: number): boolean {
  let at = data[start] === LT ? start + 1 : start;
  const first = at;
  const limit = Math.min(end, at + LONGEST_SCHEME);
  while (at < limit && SCHEME[data[at]] === 1) at++;
  return at > first && at < end && data[at] === COLON;
}

/** `sip:`, `sips:`, `tel:` or `urn:` (RFC 5031), in any case. */
function hasSipScheme(data: Uint8Array, start: number, end: number): boolean {
  const at = data[start] === LT ? start + 1 : start;
  if (end - at < 4) return false;
  const name = ((data[at] | 0x20) << 16) | ((data[at + 1] | 0x20) << 8) | (data[at + 2] | 0x20);
  if (name === SIP)
    return data[at + 3] === COLON || ((data[at + 3] | 0x20) === 0x73 && data[at + 4] === COLON);
  return (name === TEL || name === URN) && data[at + 3] === COLON;
}

/** The first line, from `start` on, ends in ` SIP/x.y`; white space behind it is forgiven (RFC 4475 §3.1.2.9). */
function lineEndsInVersion(data: Uint8Array, start: number, end: number): boolean {
  let at = start;
  while (at < end && data[at] !== LF && data[at] !== CR) at++;
  while (at > start && (data[at - 1] === SP || data[at - 1] === TAB)) at--;
  const lineEnd = at;
  while (at > start && data[at - 1] > SP) at--;
  return (
    at > start && lineEnd - at >= 7 && isSipName(data, at) && skipVersion(data, at + 4, lineEnd) === lineEnd
  );
}

/** `SIP/` in any case. */
function isSipName(data: Uint8Array, at: number): boolean {
  return (
    (data[at] | 0x20) === 0x73 &&
    (data[at + 1] | 0x20) === 0x69 &&
    (data[at + 2] | 0x20) === 0x70 &&
    data[at + 3] === SLASH
  );
}

/** `1*DIGIT "." 1*DIGIT`: the index behind it, or 0. */
function skipVersion(data: Uint8Array, start: number, end: number): number {
  const dot = skipDigits(data, start, end);
  if (dot === start || dot >= end || data[dot] !== DOT) return 0;
  const after = skipDigits(data, dot + 1, end);
  return after === dot + 1 ? 0 : after;
}

function skipDigits(data: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end && data[at] >= 0x30 && data[at] <= 0x39) at++;
  return at;
}

const TAB = 0x09;
const LF = 0x0a;
const CR = 0x0d;
const SP = 0x20;
const DOT = 0x2e;
const SLASH = 0x2f;
const COLON = 0x3a;
const LT = 0x3c;
const SIP = 0x736970;
const TEL = 0x74656c;
const URN = 0x75726e;

/** `SIP/2.0 ` and `ACK sip:` are eight. */
const SHORTEST = 8;
const LONGEST_METHOD = 128;
const LONGEST_SCHEME = 64;

const ALPHANUMERIC = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
/** RFC 3261 §25.1: token. */
const TOKEN = octetSet(`${ALPHANUMERIC}-.!%*_+\`'~`);
const SCHEME = octetSet(`${ALPHANUMERIC}+-.`);

/** RFC 3261, 3262, 3311, 3428, 3515, 3903, 6086, 6665. */
const METHODS = [
  'INVITE',
  'ACK',
  'BYE',
  'CANCEL',
  'REGISTER',
  'OPTIONS',
  'PRACK',
  'SUBSCRIBE',
  'NOTIFY',
  'PUBLISH',
  'INFO',
  'REFER',
  'MESSAGE',
  'UPDATE',
].map((method) => Buffer.from(method));

function octetSet(characters: string): Uint8Array {
  const set = new Uint8Array(256);
  for (const character of characters) set[character.charCodeAt(0)] = 1;
  return set;
}
