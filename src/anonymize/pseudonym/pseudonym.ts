// A word → its pseudonym: as long, digits for digits, letters for letters of the same case. Prefix-preserving as Crypto-PAn is
// (J. Xu, J. Fan, M. Ammar, S. Moon, "Prefix-Preserving IP Address Anonymization", ICNP 2002): each character is shifted by a
// pseudorandom function of those before it, so that words that begin alike have pseudonyms that begin alike.
import { BlockFunction } from './block-function.ts';
import { WordTable } from './word-table.ts';

export class Pseudonyms {
  private readonly shifts: BlockFunction;
  private readonly known = new WordTable(MOST_WORDS);
  /** The pseudonyms of the known words, in lower case, where those stand in the table. */
  private readonly given = new Uint8Array(this.known.letters.length);

  /** 32 octets, of which the first 16 are used. */
  constructor(key: Buffer) {
    this.shifts = new BlockFunction(key.subarray(0, 16));
  }

  /**
   * Writes the pseudonym of the word `data[from, to)`, of letters and digits only, to `out[from, to)`. Digits alone are read from
   * their end, so that numbers that end alike (+49 30 123, 0049 30 123, 030 123) have pseudonyms that end alike. Hexadecimal digits
   * stay such in words of four and more that have a digit and a letter.
   */
  word(data: Uint8Array, from: number, to: number, out: Uint8Array): void {
    let place = this.known.find(data, from, to);
    if (place < 0) place = this.learn(data, from, to);
    if (place < 0) {
      this.make(kindOf(data, from, to), data, from, to, out, from);
      return;
    }
    const { given } = this;
    for (let at = from; at < to; at++, place++) {
      const octet = data[at];
      out[at] = octet >= 65 && octet <= 90 ? given[place] ^ CASE : given[place];
    }
  }

  /** The same for a word of which is known that it is hexadecimal, whatever digits and letters it has. */
  hexadecimal(data: Uint8Array, from: number, to: number, out: Uint8Array): void {
    this.make(HEX, data, from, to, out, from);
  }

  /** Its place among the known words, -1 where it is too long for them. */
  private learn(data: Uint8Array, from: number, to: number): number {
    const { known } = this;
    if (known.isFull) known.clear();
    const place = known.add(data, from, to);
    if (place >= 0)
      this.make(kindOf(data, from, to), known.letters, place, place + to - from, this.given, place);
    return place;
  }

  private make(
    kind: number,
    data: Uint8Array,
    from: number,
    to: number,
    out: Uint8Array,
    outAt: number,
  ): void {
    const { shifts } = this;
    const length = to - from;
    const isBackward = kind === DIGITS;
    shifts.begin(kind);
    for (let i = 0; i < length; ) {
      const count = Math.min(shifts.room, length - i);
      for (let j = 0; j < count; j++) {
        const octet = data[isBackward ? to - 1 - i - j : from + i + j];
        shifts.put(octet < 65 ? octet : octet | CASE);
      }
      shifts.run();
      for (let j = 0; j < count; j++) {
        const offset = isBackward ? length - 1 - i - j : i + j;
        out[outAt + offset] = shifted(data[from + offset], shifts.number(j), kind);
      }
      i += count;
    }
  }
}

function shifted(octet: number, by: number, kind: number): number {
  if (octet < 65) return 48 + ((octet - 48 + (by % 10)) % 10);
  const first = octet < 97 ? 65 : 97;
  const letters = kind === HEX ? 6 : 26;
  return first + ((octet - first + (by % letters)) % letters);
}

function kindOf(data: Uint8Array, from: number, to: number): number {
  let digits = 0;
  for (let at = from; at < to; at++) {
    const octet = data[at];
    if (octet < 65) digits++;
    else if ((octet | CASE) > LETTER_F) return OTHER;
  }
  if (digits === to - from) return DIGITS;
  return digits > 0 && to - from >= SHORTEST_HEX ? HEX : OTHER;
}

const DIGITS = 1;
const HEX = 2;
const OTHER = 3;
const SHORTEST_HEX = 4;
const LETTER_F = 102;
/** What tells the cases of a letter apart. */
const CASE = 0x20;
/** When that many were met, all are forgotten, to be made again when they come again. */
const MOST_WORDS = 65_536;
