// What identifies the server transaction of a request (RFC 3261 §17.2.3), as one string: equal for a request, its
// retransmissions, and (INVITE) its ACK and CANCEL.
import { octetText } from '../../dialog/kept/octets.ts';
import type { SipMessage } from '../../sip/message.ts';
import { METHOD, METHODS } from '../../sip/method.ts';
import { COLUMN, COLUMNS } from '../../sip/scan.ts';

/** The key of the transaction the request belongs to; of an ACK that of its INVITE. */
export function requestKey(request: SipMessage): string {
  const { methodId } = request;
  return methodId === INVITE || methodId === ACK
    ? commonKey(request)
    : `${commonKey(request)}\n${request.method}`;
}

/**
 * The keys under which the transaction that a CANCEL is for may be found: its method is not said (§9.2), but nearly always
 * it is INVITE. Those of extension methods are not found.
 */
export function* cancelledKeys(cancel: SipMessage): Iterable<string> {
  const common = commonKey(cancel);
  yield common;
  for (const method of CANCELLABLE) yield `${common}\n${method}`;
}

/** Whether the branch identifies the transaction; else its sender follows RFC 2543 at best. */
export function hasCookie(request: SipMessage): boolean {
  const { branch } = request;
  // RFC 4475 §3.2.1: where nothing follows the cookie, nothing tells transactions apart.
  return branch.length > COOKIE.length && branch.startsWith(COOKIE);
}

/** What requests with the same From tag, Call-ID and CSeq have in common (RFC 3261 §8.2.2.2). */
export function mergeKey(request: SipMessage): string {
  return `${request.callId}\n${request.fromTag}\n${request.cseqNumber}\n${request.method}`;
}

function commonKey(request: SipMessage): string {
  return hasCookie(request) ? `${request.branch}\n${sentBy(request)}` : oldKey(request);
}

/** RFC 3261 §17.2.3, without the cookie. The tag of To is left out: an ACK has that of the response. */
function oldKey(request: SipMessage): string {
  const { requestUri, fromTag, callId, cseqNumber, viaRow } = request;
  return `\n${requestUri}\n${fromTag}\n${callId}\n${cseqNumber}\n${request.headerValue(viaRow)}`;
}

/** sent-by of the topmost Via as spelled. */
function sentBy({ data, table, viaRow }: SipMessage): string {
  const row = viaRow * COLUMNS;
  const end = table[row + COLUMN.valueEnd];
  let at = table[row + COLUMN.valueStart];
  // SIP / 2.0 / UDP host
  for (let slashes = 0; at < end && slashes < 2; at++) if (data[at] === SLASH) slashes++;
  while (at < end && data[at] <= SPACE) at++;
  while (at < end && data[at] > SPACE) at++;
  while (at < end && data[at] <= SPACE) at++;
  let stop = at;
  while (stop < end && data[stop] !== SEMICOLON && data[stop] !== COMMA) stop++;
  while (stop > at && data[stop - 1] <= SPACE) stop--;
  return octetText(data, at, stop);
}

const { INVITE, ACK, CANCEL } = METHOD;
const CANCELLABLE = METHODS.filter((name, id) => name !== '' && id !== INVITE && id !== ACK && id !== CANCEL);
const COOKIE = 'z9hG4bK'; // RFC 3261 §8.1.1.7
const SPACE = 32;
const COMMA = 44;
const SLASH = 47;
const SEMICOLON = 59;
