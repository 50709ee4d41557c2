// Differences between a prediction and a recording that mean nothing for the call, each with the reason: the one table of them.
import type { HeaderDifference } from '../explain/message-difference.ts';
import type { SipMessage } from '../sip/message.ts';

/** Why the difference of a header does not matter; null where it does. */
export function cosmeticHeader({ name, change, before, after }: HeaderDifference): string | null {
  const always = HEADERS_OF_NO_WEIGHT.get(name);
  if (always !== undefined) return always;
  if (change === 'reordered') return UNORDERED.has(name) ? UNORDERED_LIST : null;
  if (change !== 'changed') return null;
  return sameTexts(before, after) ? SPACING : null;
}

/** RFC 3261 §7.2: the reason phrase is for people. */
export function cosmeticStartLine(predicted: SipMessage, recorded: SipMessage): string | null {
  return !predicted.isRequest && !recorded.isRequest && predicted.status === recorded.status ? PHRASE : null;
}

function sameTexts(before: readonly string[], after: readonly string[]): boolean {
  return (
    before.length === after.length && before.every((value, index) => plain(value) === plain(after[index]!))
  );
}

/** RFC 3261 §25.1: white space may stand around separators. */
function plain(value: string): string {
  return value.replace(/\s*([;,=<>])\s*/g, '$1').replace(/\s+/g, ' ');
}

export const SPELLING = 'another spelling of the same name (RFC 3261 §7.3.1, §7.3.3)';
export const HEADER_ORDER = 'the order of different headers has no meaning (RFC 3261 §7.3.1)';
const PHRASE = 'the reason phrase is for people (RFC 3261 §7.2)';
const SPACING = 'white space around separators has no meaning (RFC 3261 §25.1)';
const UNORDERED_LIST = 'a set: the order of its values has no meaning';

const HEADERS_OF_NO_WEIGHT: ReadonlyMap<string, string> = new Map([
  ['Content-Length', 'follows from the body, which is compared by itself'],
  ['Server', 'names the product (RFC 3261 §20.35)'],
  ['User-Agent', 'names the product (RFC 3261 §20.41)'],
  ['Max-Forwards', 'a B2BUA may count on or begin anew (RFC 7092 §3)'],
  ['Date', 'the clock of the box (RFC 3261 §20.17)'],
  ['Timestamp', 'the clock of the box (RFC 3261 §20.38)'],
  ['Warning', 'for people (RFC 3261 §20.43)'],
]);

const UNORDERED: ReadonlySet<string> = new Set([
  ...['Allow', 'Supported', 'Require', 'Proxy-Require', 'Unsupported', 'Allow-Events'],
  ...['Accept', 'Accept-Encoding', 'Accept-Language', 'Privacy'],
]);
