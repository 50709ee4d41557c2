// Kinds of octets of text, as the walk through it tells them apart.

/** Bits, so that the kinds of a word's characters can be put together. */
export const DIGIT = 1;
/** A to F in either case. */
export const HEX_LETTER = 2;
export const LETTER = 4;
/** The kinds below make no words. */
export const OTHER = 0;
export const COLON_KIND = 8;
export const PERCENT_KIND = 16;
export const BEYOND_ASCII = 32;
/** Those that words are made of. */
export const WORD = DIGIT | HEX_LETTER | LETTER;

export const KINDS = Uint8Array.from({ length: 256 }, (_, octet) => {
  const character = String.fromCharCode(octet);
  if (octet >= 128) return BEYOND_ASCII;
  if (/[0-9]/.test(character)) return DIGIT;
  if (/[a-f]/i.test(character)) return HEX_LETTER;
  if (/[a-z]/i.test(character)) return LETTER;
  if (character === ':') return COLON_KIND;
  return character === '%' ? PERCENT_KIND : OTHER;
});

export function isDigit(octet: number): boolean {
  return KINDS[octet] === DIGIT;
}

export function isHexadecimal(octet: number): boolean {
  return (KINDS[octet] & (DIGIT | HEX_LETTER)) !== 0;
}
