// The header section of a message on a stream is whole: where does its body end? RFC 3261 §18.3 and §20.14 have Content-Length
// say so; where it is missing or cannot be right, what follows is looked at: the nearest usable answer is taken.
import { findStartLine, START, startLineAt } from '../../network/tcp/tcp-start-line.ts';
import { LENGTH, type MessageHead } from './framing-head.ts';

/** One object is filled again each time. */
export interface BodyEnd {
  /** Where the message ends; -1: more octets are needed to say. */
  end: number;
  /** Octets of the body that will not come with the others: they are missing here. */
  owed: number;
  /** What is wrong; '' when nothing. */
  code: string;
  message: string;
}

/**
 * For the message at `data[at, to)`. `arrival`: where the newest segment begins; `final`: nothing more will come;
 * `longest`: a Content-Length above it is not believed.
 */
export function bodyEnd(
  data: Uint8Array,
  at: number,
  to: number,
  head: MessageHead,
  arrival: number,
  final: boolean,
  longest: number,
): BodyEnd {
  const body = at + head.end;
  const told = head.length === LENGTH.known || head.length === LENGTH.conflicting;
  if (!told || head.contentLength > longest) return untold(data, body, to, head, final);
  const end = body + head.contentLength;
  if (end > to) return beyond(data, body, to, end, head, arrival, final);
  if (end < to && !mayFollow(data, end, to) && !head.quotes) {
    const swallowed = findStartLine(data, body - 1, to, end);
    if (swallowed >= 0) return answer(swallowed, 0, TOO_LONG);
  }
  return answer(end, 0, head.length === LENGTH.conflicting ? CONFLICTING : NOTHING);
}

/** The body has not come whole: wait, unless a message was sent before it came. */
function beyond(
  data: Uint8Array,
  body: number,
  to: number,
  end: number,
  head: MessageHead,
  arrival: number,
  final: boolean,
): BodyEnd {
  const arrived = arrival >= body && startLineAt(data, arrival, to) === START.yes;
  let swallowed = -1;
  if (!head.quotes && (final || arrived)) swallowed = findStartLine(data, body - 1, to);
  if (!head.quotes && arrived && (swallowed < 0 || swallowed > arrival)) swallowed = arrival;
  if (swallowed >= 0) return answer(swallowed, 0, TOO_LONG);
  return final ? answer(to, end - to, CUT) : answer(-1, 0, NOTHING);
}

/** No usable Content-Length: no body, unless what follows is clearly one. */
function untold(data: Uint8Array, body: number, to: number, head: MessageHead, final: boolean): BodyEnd {
  if (body === to && head.hasContentType && !final) return answer(-1, 0, NOTHING);
  const wrong = head.length === LENGTH.missing ? MISSING : head.length === LENGTH.invalid ? INVALID : ABSURD;
  if (body === to || mayFollow(data, body, to)) return answer(body, 0, wrong);
  const next = findStartLine(data, body, to);
  return answer(next < 0 ? to : next, 0, wrong);
}

/** Whether what stands at `at` may come after a message: empty lines, or another message. */
function mayFollow(data: Uint8Array, at: number, to: number): boolean {
  return data[at] === CR || data[at] === LF || startLineAt(data, at, to) !== START.no;
}

function answer(end: number, owed: number, wrong: { code: string; message: string }): BodyEnd {
  found.end = end;
  found.owed = owed;
  found.code = wrong.code;
  found.message = wrong.message;
  return found;
}

const LF = 10;
const CR = 13;

const found: BodyEnd = { end: 0, owed: 0, code: '', message: '' };

const NOTHING = { code: '', message: '' };
const MISSING = {
  code: 'sip/no-content-length',
  message: 'A SIP message on a stream has no Content-Length (RFC 3261 §18.3)',
};
const INVALID = {
  code: 'sip/bad-content-length',
  message: 'The Content-Length of a SIP message on a stream is no number (RFC 3261 §20.14)',
};
const CONFLICTING = {
  code: 'sip/content-length-conflict',
  message: 'A SIP message has several Content-Length fields that differ; the first is taken',
};
const ABSURD = {
  code: 'sip/content-length-absurd',
  message: 'The Content-Length of a SIP message on a stream is too large to be believed',
};
const TOO_LONG = {
  code: 'sip/content-length-too-long',
  message: 'The Content-Length of a SIP message reaches into the next message; the body ends before that',
};
const CUT = {
  code: 'sip/message-truncated',
  message: 'A SIP message is cut off in its body; what was captured of it is taken',
};
