// JSON text put together octet by octet in a buffer: no object is built for a record, and no tree of strings.
import { secondText, type Timestamp } from '../../capture/timestamp.ts';
import type { JsonPiece } from './json-piece.ts';

/** Text is UTF-8 as RFC 8259 §8.1 asks. What is written is what spellOut(JSON.stringify()) gives. */
export class JsonText {
  private data: Buffer;
  private view: DataView;
  private used = 0;
  private readonly size: number;

  /** `size` in octets is what it begins with. */
  constructor(size = FIRST_SIZE) {
    this.size = size;
    this.data = Buffer.allocUnsafeSlow(size);
    this.view = new DataView(this.data.buffer);
  }

  /** What was written since `clear`: a view, valid until more is written. */
  get octets(): Buffer {
    return this.data.subarray(0, this.used);
  }

  get length(): number {
    return this.used;
  }

  clear(): void {
    this.used = 0;
  }

  /** What was written, given away; it goes on in `next`, what was given away before. */
  detach(next?: ArrayBuffer): Buffer {
    const { octets } = this;
    this.data = next === undefined ? Buffer.allocUnsafeSlow(this.size) : Buffer.from(next);
    this.view = new DataView(this.data.buffer);
    this.used = 0;
    return octets;
  }

  /** Constant text, as it is. */
  piece({ words, length }: JsonPiece): this {
    const { used } = this;
    const count = words.length;
    if (used + count * 8 > this.data.length) this.grow(count * 8);
    const { view } = this;
    for (let i = 0; i < count; i++) view.setFloat64(used + i * 8, words[i], true);
    this.used = used + length;
    return this;
  }

  /** ASCII that needs no escape, as it is. */
  raw(text: string): this {
    const { length } = text;
    if (this.used + length > this.data.length) this.grow(length);
    const { data, used } = this;
    for (let i = 0; i < length; i++) data[used + i] = text.charCodeAt(i);
    this.used = used + length;
    return this;
  }

  /** Any text, as it is. */
  text(text: string): this {
    const most = text.length * 3;
    if (this.used + most > this.data.length) this.grow(most);
    this.used += this.data.write(text, this.used);
    return this;
  }

  /** A string with its quotes. */
  string(text: string): this {
    const { length } = text;
    if (this.used + length + 2 > this.data.length) this.grow(length + 2);
    const { data, used } = this;
    data[used] = QUOTE;
    for (let i = 0; i < length; i++) {
      const code = text.charCodeAt(i);
      // RFC 8259 §7; what is not ASCII is encoded, and lone surrogates are escaped, by the long way.
      if (code < 0x20 || code > 0x7e || code === QUOTE || code === BACKSLASH) return this.escaped(text);
      data[used + 1 + i] = code;
    }
    data[used + 1 + length] = QUOTE;
    this.used = used + length + 2;
    return this;
  }

  /** What stands at `start` already, once more. */
  again(start: number, length: number): this {
    if (this.used + length + 4 > this.data.length) this.grow(length + 4);
    const { view, used } = this;
    for (let at = 0; at < length; at += 4) view.setInt32(used + at, view.getInt32(start + at));
    this.used = used + length;
    return this;
  }

  /** A string of ASCII without escapes, from other memory; what follows it there is read too. */
  plain(from: DataView, start: number, length: number): this {
    if (this.used + length + 8 > this.data.length) this.grow(length + 8);
    const { data, view, used } = this;
    data[used] = QUOTE;
    // The last word may reach beyond the other memory.
    const words = Math.min(length, from.byteLength - start - 4);
    let at = 0;
    for (; at < words; at += 4) view.setInt32(used + 1 + at, from.getInt32(start + at));
    for (; at < length; at++) data[used + 1 + at] = from.getUint8(start + at);
    data[used + 1 + length] = QUOTE;
    this.used = used + length + 2;
    return this;
  }

  /** A whole number, or any other as JavaScript writes it; null and what JSON has no number for as `null`. */
  number(value: number | null): this {
    if (value === null || !Number.isFinite(value)) return this.raw('null');
    // A negative zero is not taken for a whole number here: both ways write 0.
    if (value >>> 0 !== value) return this.raw(`${value}`);
    if (this.used + 10 > this.data.length) this.grow(10);
    let digits = 1;
    for (let power = 10; digits < 10 && value >= power; power *= 10) digits++;
    this.digits(value, digits);
    return this;
  }

  numbers(values: readonly number[]): this {
    this.raw('[');
    for (let i = 0; i < values.length; i++) {
      if (i > 0) this.raw(',');
      this.number(values[i]);
    }
    return this.raw(']');
  }

  /** Whole nanoseconds as the number of milliseconds that they are; NaN as `null`. */
  milliseconds(nanoseconds: number): this {
    const whole = Math.floor(nanoseconds / 1e6);
    let rest = (nanoseconds - whole * 1e6) >>> 0;
    // A double holds any fifteen digits: the quotient's shortest form is the dividend's own digits.
    if (!(nanoseconds >= 0 && nanoseconds < 1e15) || nanoseconds !== whole * 1e6 + rest)
      return this.number(nanoseconds / 1e6);
    this.number(whole);
    if (rest === 0) return this;
    let digits = 6;
    for (; rest % 10 === 0; digits--) rest /= 10;
    this.raw('.');
    if (this.used + digits > this.data.length) this.grow(digits);
    this.digits(rest, digits);
    return this;
  }

  boolean(value: boolean): this {
    return this.raw(value ? 'true' : 'false');
  }

  /** A string: ISO 8601 with nine decimals. */
  timestamp(time: Timestamp): this {
    return this.time(time.seconds, time.nanoseconds);
  }

  /** The same of a time in two numbers. */
  time(seconds: number, nanoseconds: number): this {
    this.raw('"').raw(secondText({ seconds, nanoseconds })).raw('.');
    if (this.used + 9 > this.data.length) this.grow(9);
    this.digits(nanoseconds, 9);
    return this.raw('Z"');
  }

  list<Item>(items: readonly Item[], write: (json: JsonText, item: Item) => void): this {
    this.raw('[');
    for (let i = 0; i < items.length; i++) {
      if (i > 0) this.raw(',');
      write(this, items[i]);
    }
    return this.raw(']');
  }

  /** The last `count` digits of a whole number below 2**32; there is room for them. */
  private digits(value: number, count: number): void {
    const { data, used } = this;
    let rest = value >>> 0;
    for (let at = used + count - 1; at >= used; at--) {
      const less = (rest / 10) >>> 0;
      data[at] = ZERO + (rest - less * 10);
      rest = less;
    }
    this.used = used + count;
  }

  private escaped(text: string): this {
    return this.text(spellOut(JSON.stringify(text)));
  }

  private grow(more: number): void {
    const larger = Buffer.allocUnsafeSlow(Math.max(this.data.length * 2, this.used + more));
    this.data.copy(larger, 0, 0, this.used);
    this.data = larger;
    this.view = new DataView(larger.buffer);
  }
}

/** JSON with what would act on a terminal as `\\u009b`: JSON.stringify escapes controls below 0x20 only (RFC 8259 §7). */
export function spellOut(json: string): string {
  return json.replace(ACTING, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

// DEL, the controls of C1, line separators, and what turns the direction of text.
const ACTING = /[\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;
const FIRST_SIZE = 1 << 16;
const ZERO = 48;
const QUOTE = 34;
const BACKSLASH = 92;
