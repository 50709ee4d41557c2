// The first line of a message as offsets: Request-Line or Status-Line (RFC 3261 §7.1, §7.2). Takes what deviates
// as far as it can be told apart: several spaces, white space in the URI, another version, no reason phrase.

import { methodIdAt } from './method.ts';
import type { ScannedMessage } from './scan.ts';
import { LWS, TOKEN_FOLD } from './text/characters.ts';

/** Fills in the start line `data[at, lineEnd)`; false when the line is neither a request's nor a response's. */
export function scanStartLine(message: ScannedMessage, at: number, lineEnd: number): boolean {
  const { data } = message;
  const end = trimEnd(data, at, lineEnd);
  if (isVersion(data, at, end)) return scanStatusLine(message, at, end);
  return scanRequestLine(message, at, end);
}

/** `SIP/2.0 SP 3DIGIT SP Reason-Phrase`. */
function scanStatusLine(message: ScannedMessage, start: number, end: number): boolean {
  const { data } = message;
  let at = skipToSpace(data, start, end);
  message.versionStart = start;
  message.versionEnd = at;
  at = skipSpaces(data, at, end);
  let status = 0;
  let digits = 0;
  // The code is kept as far as it is a number; `diagnose` says when it is not one of three digits.
  for (; at < end && digits < 9 && data[at] >= ZERO && data[at] <= NINE; at++, digits++) {
    status = status * 10 + (data[at] - ZERO);
  }
  while (at < end && data[at] >= ZERO && data[at] <= NINE) at++;
  if (digits === 0 || (at < end && LWS[data[at]] === 0)) return false;
  message.status = status;
  message.reasonStart = skipSpaces(data, at, end);
  message.reasonEnd = end;
  return true;
}

/** `Method SP Request-URI SP SIP-Version`. */
function scanRequestLine(message: ScannedMessage, start: number, end: number): boolean {
  const { data } = message;
  let at = start;
  while (at < end && TOKEN_FOLD[data[at]] !== 0) at++;
  if (at === start || at === end || LWS[data[at]] === 0) return false;
  message.isRequest = true;
  message.methodStart = start;
  message.methodEnd = at;
  message.methodId = methodIdAt(data, start, at);
  const uriStart = skipSpaces(data, at, end);
  let versionStart = end;
  while (versionStart > uriStart && LWS[data[versionStart - 1]] === 0) versionStart--;
  if (isVersion(data, versionStart, end)) {
    message.versionStart = versionStart;
    message.versionEnd = end;
    message.uriStart = uriStart;
    message.uriEnd = trimEnd(data, uriStart, versionStart);
    return true;
  }
  // Without a version only a method we know makes this a request.
  message.uriStart = uriStart;
  message.uriEnd = end;
  return message.methodId !== 0 && uriStart < end;
}

/** Whether `data[start, end)` begins with `SIP/`, in any case. */
function isVersion(data: Buffer, start: number, end: number): boolean {
  return (
    end - start >= 4 &&
    (data[start] | 32) === 115 &&
    (data[start + 1] | 32) === 105 &&
    (data[start + 2] | 32) === 112 &&
    data[start + 3] === 47
  );
}

function skipSpaces(data: Buffer, at: number, end: number): number {
  while (at < end && LWS[data[at]] !== 0) at++;
  return at;
}

function skipToSpace(data: Buffer, at: number, end: number): number {
  while (at < end && LWS[data[at]] === 0) at++;
  return at;
}

function trimEnd(data: Buffer, start: number, end: number): number {
  while (end > start && LWS[data[end - 1]] !== 0) end--;
  return end;
}

const ZERO = 48;
const NINE = 57;
