// What the tests of this folder anonymise with: keys, and text in and out.

import { MessageAnonymizer } from '../../src/anonymize/message/message.ts';
import { AddressPseudonyms } from '../../src/anonymize/pseudonym/ip-pseudonym.ts';
import { Pseudonyms } from '../../src/anonymize/pseudonym/pseudonym.ts';
import { GENERAL } from '../../src/anonymize/text/context.ts';
import { Sheet } from '../../src/anonymize/text/sheet.ts';
import { text } from '../../src/anonymize/text/text.ts';

export const KEY: Buffer = Buffer.alloc(32, 7);
export const OTHER_KEY: Buffer = Buffer.alloc(32, 8);

/** A whole message. */
export function anonymized(message: string, key: Buffer = KEY): string {
  return new MessageAnonymizer(key).message(Buffer.from(message)).toString();
}

/** Text written by `write`; without it, text of no particular kind. */
export function written(
  octets: string | Buffer,
  write = (sheet: Sheet, from: number, to: number): void => text(sheet, from, to, GENERAL),
  key: Buffer = KEY,
): string {
  const sheet = new Sheet(new Pseudonyms(key), new AddressPseudonyms(key));
  sheet.data = Buffer.from(octets);
  sheet.out = Buffer.from(octets);
  write(sheet, 0, sheet.data.length);
  return sheet.out.toString();
}

export function lines(...text: string[]): string {
  return text.map((line) => `${line}\r\n`).join('');
}
