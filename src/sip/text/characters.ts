// Octet classes of the SIP grammar (RFC 3261 §25.1) as look-up tables, for parsers that walk octets or char codes.

/** Characters of `token`, each mapped to its lower-case octet; everything else is 0. */
export const TOKEN_FOLD = table(
  `abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-.!%*_+\`'~`,
  (code) => lower(code),
);

/** SP, HT, CR and LF: what linear white space is made of once lines are folded. */
export const LWS = table(' \t\r\n', () => 1);

export const isToken = (text: string): boolean => TOKEN.test(text);

/** The octet in lower case; octets that are no ASCII letters are left alone. */
export function lower(code: number): number {
  return code >= 65 && code <= 90 ? code + 32 : code;
}

function table(characters: string, value: (code: number) => number): Uint8Array {
  const codes = new Uint8Array(256);
  for (const character of characters) codes[character.charCodeAt(0)] = value(character.charCodeAt(0));
  return codes;
}

const TOKEN = /^[\w\-.!%*+`'~]+$/;
