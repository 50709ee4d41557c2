// Where the next message begins in octets of a stream whose order was lost: after a gap, or after a body that is not as
// long as it says. Start lines count at the start of a line, at the start of a segment, and, where a body without a last
// line end runs into it, in the middle of a line.
import { START, startLineAt } from '../network/tcp-start-line.ts';

/**
 * The first place in `data[from, to)` where a start line stands or, at the end, may stand; `to` when there is none.
 * `lineStart`: `from` is the start of a line; `arrival`: where the newest segment begins.
 */
export function nextStart(
  data: Uint8Array,
  from: number,
  to: number,
  arrival: number,
  lineStart: boolean,
): number {
  if ((lineStart || from === arrival) && startLineAt(data, from, to) !== START.no) return from;
  for (let at = from; at < to; at++) {
    if (at === arrival && at > from && startLineAt(data, at, to) !== START.no) return at;
    if (data[at] === LF) {
      if (at + 1 < to && startLineAt(data, at + 1, to) !== START.no) return at + 1;
    } else if (data[at] === SLASH && at - from >= 3) {
      const start = aroundVersion(data, from, at - 3, to);
      if (start >= 0) return start;
    }
  }
  return to;
}

/** Where the start line begins whose `SIP/` stands at `at`, inside of a line; -1 when there is none. */
function aroundVersion(data: Uint8Array, from: number, at: number, to: number): number {
  if (data[at] !== 0x53 || data[at + 1] !== 0x49 || data[at + 2] !== 0x50) return -1;
  if (startLineAt(data, at, to) === START.yes) return at;
  if (at - from < SHORTEST || data[at - 1] !== SP) return -1;
  let uri = at - 1;
  while (uri > from && data[uri - 1] > SP) uri--;
  if (uri === from || data[uri - 1] !== SP) return -1;
  for (const method of METHODS) {
    const start = uri - 1 - method.length;
    if (start < from || !same(data, start, method)) continue;
    if (startLineAt(data, start, to) === START.yes) return start;
  }
  return -1;
}

function same(data: Uint8Array, at: number, octets: Uint8Array): boolean {
  for (let index = 0; index < octets.length; index++) {
    if (data[at + index] !== octets[index]) return false;
  }
  return true;
}

const LF = 10;
const SP = 32;
const SLASH = 0x2f;
/** `ACK x ` */
const SHORTEST = 6;

/** Methods of the SIP registry; a longer one comes before one that it ends in. */
const METHODS = [
  'REGISTER',
  'INVITE',
  'ACK',
  'BYE',
  'CANCEL',
  'OPTIONS',
  'INFO',
  'PRACK',
  'SUBSCRIBE',
  'NOTIFY',
  'UPDATE',
  'MESSAGE',
  'REFER',
  'PUBLISH',
]
  .sort((a, b) => b.length - a.length)
  .map((name) => Buffer.from(name, 'latin1'));
