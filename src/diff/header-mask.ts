// Header values without what is new with every call: identifiers, nonces, dates and counts (RFC 3261 §8.1.1, §19.3, §22; RFC
// 8760; RFC 7989). What is left may be compared between two runs.
import { HEADER, type HeaderId } from '../sip/header/header-names.ts';

/** `value` of the header `id` of a message whose Call-ID is `callId`. */
export function maskedHeader(id: HeaderId, value: string, callId: string): string {
  if (WHOLE.has(id)) return MASK;
  let text = value;
  if (FIRST.has(id)) text = text.replace(/^[^;]+/, MASK);
  if (COUNTED.has(id)) text = text.replace(/\d+/g, MASK);
  if (PROVING.has(id)) text = text.replace(PROOF, `$1${MASK}`);
  text = text.replace(PARAMETER, `$1${MASK}`);
  if (id === HEADER['Refer-To']) text = text.replace(/([?&]Replaces=)[^&>]+/gi, `$1${MASK}`);
  // Headers of a vendor's own name the call, too.
  return callId.length >= SHORTEST ? text.replaceAll(callId, MASK) : text;
}

/** Stands for what was there. */
export const MASK = '…';

const WHOLE: ReadonlySet<HeaderId> = new Set([
  HEADER['Call-ID'],
  HEADER['Content-Length'],
  HEADER.Date,
  HEADER['In-Reply-To'],
  HEADER.RSeq,
  HEADER['Session-ID'],
  HEADER['SIP-ETag'],
  HEADER['SIP-If-Match'],
  HEADER.Timestamp,
]);
/** What stands before the parameters: a Call-ID, or a signed token. */
const FIRST: ReadonlySet<HeaderId> = new Set([
  HEADER.Identity,
  HEADER.Join,
  HEADER.Replaces,
  HEADER['Target-Dialog'],
]);
const COUNTED: ReadonlySet<HeaderId> = new Set([HEADER.CSeq, HEADER.RAck]);
const PROVING: ReadonlySet<HeaderId> = new Set([
  HEADER.Authorization,
  HEADER['Authentication-Info'],
  HEADER['Proxy-Authenticate'],
  HEADER['Proxy-Authorization'],
  HEADER['WWW-Authenticate'],
]);
const PROOF =
  /\b((?:nonce|nextnonce|cnonce|opaque|response|rspauth|auts|nc)[ \t]{0,9}=[ \t]{0,9})(?:"[^"]*"?|[^\s,"]+)/gi;
const PARAMETER =
  /(;[ \t]{0,9}(?:tag|ftag|to-tag|from-tag|remote-tag|local-tag|branch|rport|boundary|icid-value)[ \t]{0,9}=[ \t]{0,9})(?:"[^"]*"?|[^\s;,>"]+)/gi;
/** A Call-ID shorter than this may stand anywhere by chance. */
const SHORTEST = 8;
