// The texts of many calls in one piece of memory, as octets: a hundred thousand strings of each column would be as much work
// for the garbage collector. From and To are kept as user and host.
import type { Call } from '../../dialog/call.ts';
import { OpenCall } from '../../dialog/open-call.ts';
import { CALL_ID, copyText, FROM, TO, textLength } from '../../dialog/record/call-text.ts';
import { causeText } from '../../ladder/from-call.ts';

/** In the order in which they lie, a line feed behind each. */
export const POOLED = ['callId', 'from', 'to', 'src', 'dst', 'cause'] as const;
export type Pooled = (typeof POOLED)[number];

export class TextPool {
  octets = Buffer.alloc(1 << 16);
  private used = 1;

  /** Sets `words[at]` to where the texts of the call begin, above 0, and the words behind it to where each of them ends. */
  add(call: Call, words: Uint32Array, at: number): void {
    words[at] = this.used;
    this.append(call, CALL_ID);
    words[at + 1] = this.ended();
    this.shorten(this.append(call, FROM));
    words[at + 2] = this.ended();
    this.shorten(this.append(call, TO));
    words[at + 3] = this.ended();
    this.write(call.src.text);
    words[at + 4] = this.ended();
    this.write(call.dst.text);
    words[at + 5] = this.ended();
    if (call.cause !== null) this.write(causeText(call.cause));
    words[at + 6] = this.ended();
  }

  private append(call: Call, which: number): number {
    const at = this.used;
    if (call instanceof OpenCall) {
      const length = textLength(call, which);
      this.reserve(length);
      copyText(call, which, this.octets, at);
      this.used += length;
    } else this.write(which === CALL_ID ? call.callId : which === FROM ? call.from : call.to);
    return at;
  }

  private write(text: string): void {
    // A character takes three octets at most, two for one half of a pair.
    this.reserve(3 * text.length);
    this.used += this.octets.write(text, this.used);
  }

  /** The end of what was appended last; no text that somebody looks for has a line feed. */
  private ended(): number {
    this.octets[this.used] = LINE_FEED;
    return this.used++;
  }

  /** To the user and the host; RFC 3261 §25.1: a user may hold semicolons and question marks. */
  private shorten(start: number): void {
    const { octets, used } = this;
    const scheme = schemeAt(octets, start, used);
    if (scheme === 0) return;
    const from = start + scheme;
    let host = used;
    while (host > from && octets[host - 1] !== AT) host--;
    let end = host;
    while (end < used && octets[end] !== SEMICOLON && octets[end] !== QUESTION_MARK) end++;
    octets.copyWithin(start, from, end);
    this.used = start + end - from;
  }

  private reserve(count: number): void {
    // A line feed behind it, too.
    if (this.used + count + 1 <= this.octets.length) return;
    const more = Buffer.alloc(Math.max(2 * this.octets.length, this.used + count + 1));
    this.octets.copy(more, 0, 0, this.used);
    this.octets = more;
  }
}

/** What is shown of a URI: see shorten(). */
export function userAndHost(uri: string): string {
  const text = uri.replace(/^sips?:/i, '');
  if (text === uri) return uri;
  const host = text.lastIndexOf('@') + 1;
  return text.slice(0, host) + text.slice(host).replace(/[;?].*$/s, '');
}

/** Octets of `sip:` or `sips:` there, in either case; 0 where another scheme stands. */
function schemeAt(octets: Buffer, start: number, end: number): number {
  for (let i = 0; i < 3; i++) if (start + i >= end || (octets[start + i]! | 0x20) !== SIP[i]) return 0;
  if (start + 3 < end && octets[start + 3] === COLON) return 4;
  const isSecure = start + 4 < end && (octets[start + 3]! | 0x20) === SIP[0] && octets[start + 4] === COLON;
  return isSecure ? 5 : 0;
}

const SIP = [0x73, 0x69, 0x70] as const;
const COLON = 58;
const SEMICOLON = 59;
const QUESTION_MARK = 63;
const AT = 64;
const LINE_FEED = 10;
