// What a finding is known by in the next capture: rule, key of the message, its text without what differs from call to call, and
// the ip of the peer. Packets and times are no part of it.
import { hash } from 'node:crypto';
import type { Finding } from '../rules/finding.ts';

/** 16 hexadecimal digits. */
export function fingerprint({ rule, key, message, peer }: Finding): string {
  const parts = [rule, key, sameText(message), ipOf(peer)];
  return hash('sha256', parts.join('\n'), 'hex').slice(0, DIGITS);
}

/** The text without what belongs to one call: `BYE after 4213 ms` and `BYE after 17 ms` are the same. */
export function sameText(text: string): string {
  return text
    .replace(CALL_ID, '@')
    .replace(BRANCH, '~')
    .replace(HEXADECIMAL, '~')
    .replace(RANDOM, '~')
    .replace(NUMBER, sameNumber);
}

/** A status says what is wrong; other numbers how much. */
function sameNumber(number: string, at: number, text: string): string {
  const rest = text.slice(at + number.length);
  return /^[1-6]\d\d$/.test(number) && !MEASURED.test(rest) && text[at - 1] !== '.' ? number : '#';
}

/** Without the port, which is another one with each connection. */
function ipOf(peer: string): string {
  return peer.replace(/:\d+$/, '');
}

const CALL_ID = /[\w.%*!~+-]{6,}@[\w.:[\]-]+/g;
const BRANCH = /z9hG4bK[\w.~+-]*/gi;
const HEXADECIMAL = /\b(?=[a-f-]*\d)[\da-f]{8,}(?:-[\da-f]+)*\b/gi;
/** Small and capital letters with digits among them: nobody chose it. */
const RANDOM = /(?<![\w.*+~-])(?=[\w.*+~-]*[a-z])(?=[\w.*+~-]*[A-Z])(?=[\w.*+~-]*\d)[\w.*+~-]{12,}/g;
const NUMBER = /\d+/g;
const MEASURED = /^(?:\.\d| ?(?:ms|s|octets|bytes|times|seconds|minutes|hours|days|%)\b)/;
const DIGITS = 16;
