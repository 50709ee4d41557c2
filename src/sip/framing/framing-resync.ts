// Where the next message begins in octets of a stream whose order was lost: after a gap, or after a body that is not as
// long as it says. Start lines count at the start of a line, at the start of a segment, and, where a body without a last
// line end runs into it, in the middle of a line.
import { START, startLineAt } from '../../network/tcp/tcp-start-line.ts';

/** What stands before the first of the octets: a line end; a gap or another segment; anything. */
export const BEFORE = { lineEnd: 0, unknown: 1, octets: 2 } as const;
export type Before = (typeof BEFORE)[keyof typeof BEFORE];

/**
 * The first place in `data[from, to)` where a start line stands or, at the end, may stand; `to` when there is none.
 * `arrival`: where the newest segment begins. There, octets may be missing: `NVITE` would be a method like any other, so
 * only known ones count.
 */
export function nextStart(
  data: Uint8Array,
  from: number,
  to: number,
  arrival: number,
  before: Before,
): number {
  if (before === BEFORE.lineEnd && startLineAt(data, from, to) !== START.no) return from;
  if ((before === BEFORE.unknown || from === arrival) && knownStartAt(data, from, to)) return from;
  for (let at = from; at < to; at++) {
    if (at === arrival && at > from && knownStartAt(data, at, to)) return at;
    if (data[at] === LF) {
      if (at + 1 < to && startLineAt(data, at + 1, to) !== START.no) return at + 1;
    } else if (data[at] === SLASH && at - from >= 3) {
      const start = aroundVersion(data, from, at - 3, to);
      if (start >= 0) return start;
    }
  }
  return to;
}

/** A start line, or the beginning of one, that is a response's or has a known method. */
function knownStartAt(data: Uint8Array, at: number, to: number): boolean {
  if (startLineAt(data, at, to) === START.no) return false;
  if (same(data, at, to, STATUS)) return true;
  for (const method of METHODS) {
    if (same(data, at, to, method) && (at + method.length >= to || data[at + method.length] === SP))
      return true;
  }
  return false;
}

/** Where the start line begins whose `SIP/` stands at `at`, inside of a line; -1 when there is none. */
function aroundVersion(data: Uint8Array, from: number, at: number, to: number): number {
  if (data[at] !== 0x53 || data[at + 1] !== 0x49 || data[at + 2] !== 0x50) return -1;
  if (startLineAt(data, at, to) === START.yes) return at;
  if (at - from < SHORTEST || data[at - 1] !== SP || !lineEndsAfterVersion(data, at + 4, to)) return -1;
  let uri = at - 1;
  while (uri > from && data[uri - 1] > SP) uri--;
  if (uri === from || data[uri - 1] !== SP) return -1;
  for (const method of METHODS) {
    const start = uri - 1 - method.length;
    if (start < from || !same(data, start, to, method)) continue;
    if (startLineAt(data, start, to) === START.yes) return start;
  }
  return -1;
}

function lineEndsAfterVersion(data: Uint8Array, from: number, to: number): boolean {
  let at = from;
  while (at < to && at - from < LONGEST_VERSION && data[at] !== CR && data[at] !== LF) at++;
  return at < to && (data[at] === CR || data[at] === LF);
}

/** Whether `octets` stand at `at`, as far as there are any. */
function same(data: Uint8Array, at: number, to: number, octets: Uint8Array): boolean {
  const length = Math.min(octets.length, to - at);
  for (let index = 0; index < length; index++) {
    if (data[at + index] !== octets[index]) return false;
  }
  return true;
}

const LF = 10;
const CR = 13;
const SP = 32;
const SLASH = 0x2f;
/** `ACK x ` */
const SHORTEST = 6;
/** `2.0`, and white space that should not be there. */
const LONGEST_VERSION = 12;

const STATUS = Buffer.from('SIP/', 'latin1');

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
