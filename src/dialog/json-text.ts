// JSON text put together octet by octet in a buffer: no object is built for a record, and no tree of strings.
import { secondText, type Timestamp } from '../capture/timestamp.ts';

/** Text is UTF-8 as RFC 8259 §8.1 asks. What is written is what spellOut(JSON.stringify()) gives. */
export class JsonText {
  private data: Buffer = Buffer.allocUnsafeSlow(FIRST_SIZE);
  private used = 0;

  /** What was written since `clear`: a view, valid until more is written. */
  get octets(): Buffer {
    return this.data.subarray(0, this.used);
  }

  clear(): void {
    this.used = 0;
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

  /** A whole number, or any other as JavaScript writes it; null and what JSON has no number for as `null`. */
  number(value: number | null): this {
    if (value === null || !Number.isFinite(value)) return this.raw('null');
    // A negative zero is not taken for a whole number here: both ways write 0.
    if (value >>> 0 !== value) return this.raw(`${value}`);
    if (this.used + 10 > this.data.length) this.grow(10);
    let digits = 1;
    for (let power = 10; digits < 10 && value >= power; power *= 10) digits++;
    let rest = value;
    for (let at = this.used + digits - 1; at >= this.used; at--) {
      const less = Math.floor(rest / 10);
      this.data[at] = ZERO + (rest - less * 10);
      rest = less;
    }
    this.used += digits;
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

  boolean(value: boolean): this {
    return this.raw(value ? 'true' : 'false');
  }

  /** A string: ISO 8601 with nine decimals. */
  timestamp(time: Timestamp): this {
    this.raw('"').raw(secondText(time)).raw('.');
    let rest = time.nanoseconds;
    if (this.used + 9 > this.data.length) this.grow(9);
    for (let at = this.used + 8; at >= this.used; at--) {
      const less = Math.floor(rest / 10);
      this.data[at] = ZERO + (rest - less * 10);
      rest = less;
    }
    this.used += 9;
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

  private escaped(text: string): this {
    const json = spellOut(JSON.stringify(text));
    const most = json.length * 3;
    if (this.used + most > this.data.length) this.grow(most);
    this.used += this.data.write(json, this.used);
    return this;
  }

  private grow(more: number): void {
    const larger = Buffer.allocUnsafeSlow(Math.max(this.data.length * 2, this.used + more));
    this.data.copy(larger, 0, 0, this.used);
    this.data = larger;
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
