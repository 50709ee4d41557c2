// What becomes of octets that are no words: escapes of URIs, and characters beyond ASCII. Each function writes what stands at `at`
// and gives the offset after it.
import { hexValue } from './address-literal.ts';
import { isHexadecimal } from './octet-kinds.ts';
import type { Sheet } from './sheet.ts';

/** `%20` and the like stay; one of a letter or digit becomes one of `x` or `0`, one beyond ASCII that of a fixed character. */
export function percentEscape(sheet: Sheet, at: number, to: number): number {
  const { data, out } = sheet;
  if (at + 3 > to || !isHexadecimal(data[at + 1]) || !isHexadecimal(data[at + 2])) return at + 1;
  const octet = (hexValue(data[at + 1]) << 4) | hexValue(data[at + 2]);
  const letter = octet | 32;
  if (octet >= 48 && octet <= 57) out.write('30', at + 1, 'latin1');
  else if (letter >= 97 && letter <= 122) out.write('78', at + 1, 'latin1');
  else if (octet >= 128) out.write(escaped(octet), at + 1, 'latin1');
  return at + 3;
}

/** The character of UTF-8 at `at` becomes a fixed one of as many octets, an octet that is none becomes 0xE9. */
export function beyondAscii({ data, out }: Sheet, at: number, to: number): number {
  const length = characterLength(data, at, to);
  const character = CHARACTERS[length];
  for (let i = 0; i < length; i++) out[at + i] = character[i];
  return at + length;
}

/** 1 for what is no character. RFC 3629 §4. */
function characterLength(data: Buffer, at: number, to: number): number {
  const lead = data[at];
  const length = lead < 0xc2 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 1;
  if (at + length > to) return 1;
  for (let i = 1; i < length; i++) if ((data[at + i] & 0xc0) !== 0x80) return 1;
  const second = data[at + 1];
  if ((lead === 0xe0 && second < 0xa0) || (lead === 0xed && second >= 0xa0)) return 1;
  return (lead === 0xf0 && second < 0x90) || (lead === 0xf4 && second >= 0x90) ? 1 : length;
}

/** First octets as first octets, others as others: what was well-formed stays so. */
function escaped(octet: number): string {
  if (octet < 0xc0) return 'A9';
  return octet < 0xe0 ? 'C3' : octet < 0xf0 ? 'E3' : 'F0';
}

const CHARACTERS: readonly (readonly number[])[] = [
  [],
  [0xe9],
  [0xc3, 0xa9], // é
  [0xe3, 0x81, 0x82], // あ
  [0xf0, 0x9f, 0x99, 0x82], // a face that smiles
];
