// What the text of a message is read from and written to, octet for octet, and what makes its pseudonyms. What nothing is written
// over stays as it is.
import type { AddressPseudonyms } from '../pseudonym/ip-pseudonym.ts';
import type { Pseudonyms } from '../pseudonym/pseudonym.ts';
import { isDigit, isHexadecimal } from './octet-kinds.ts';

export class Sheet {
  data: Buffer = EMPTY;
  /** As long as `data`, and the same where nothing was written. */
  out: Buffer = EMPTY;
  readonly words: Pseudonyms;
  readonly addresses: AddressPseudonyms;

  constructor(words: Pseudonyms, addresses: AddressPseudonyms) {
    this.words = words;
    this.addresses = addresses;
  }

  /** A pseudonym in place of the word `data[from, to)`, of letters and digits only. */
  replace(from: number, to: number): void {
    this.words.word(this.data, from, to, this.out);
  }

  /** One pseudonym in place of all digits of `data[from, to)`, whatever stands between them: `+1-201-555-0123` is one number. */
  replaceNumber(from: number, to: number): void {
    if (this.data[from] === PLUS) from++;
    if (this.data.subarray(from, to).every(isDigit)) {
      this.replace(from, to);
      return;
    }
    const digits = this.gathered(from, to, isDigit);
    this.words.word(digits, 0, digits.length, digits);
    this.spread(from, to, digits, isDigit);
  }

  /** The same for hexadecimal digits: `4A:AD:B9`. */
  replaceHexadecimal(from: number, to: number): void {
    const digits = this.gathered(from, to, isHexadecimal);
    const pseudonym = Buffer.alloc(digits.length);
    this.words.hexadecimal(digits, 0, digits.length, pseudonym);
    this.spread(from, to, pseudonym, isHexadecimal);
  }

  private gathered(from: number, to: number, isWanted: (octet: number) => boolean): Buffer {
    return Buffer.from(this.data.subarray(from, to).filter(isWanted));
  }

  private spread(from: number, to: number, octets: Buffer, isWanted: (octet: number) => boolean): void {
    let next = 0;
    for (let at = from; at < to; at++) if (isWanted(this.data[at])) this.out[at] = octets[next++];
  }
}

const PLUS = 43;
const EMPTY = Buffer.alloc(0);
