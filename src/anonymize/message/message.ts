// A SIP message → one of the same length in which nobody is named (RFC 3261 §7): line ends, methods, statuses, header names and the
// numbers of the protocol stay, the rest becomes pseudonyms, the same everywhere for the same key. Anything may come in.
import { HEADER } from '../../sip/header/header-names.ts';
import { COLUMNS, ScannedMessage, scanFragment } from '../../sip/scan.ts';
import { AddressPseudonyms } from '../pseudonym/ip-pseudonym.ts';
import { Pseudonyms } from '../pseudonym/pseudonym.ts';
import { GENERAL, NUMBERED } from '../text/context.ts';
import { Sheet } from '../text/sheet.ts';
import { text } from '../text/text.ts';
import { body, opaque } from './body.ts';
import { scannedRows } from './header-lines.ts';
import { uri } from './uri.ts';

export class MessageAnonymizer {
  readonly addresses: AddressPseudonyms;
  private readonly sheet: Sheet;
  private readonly scanned = Array.from({ length: MOST_DEPTH }, () => new ScannedMessage());

  /** 32 octets, a secret: who has it finds out whom a pseudonym stands for. */
  constructor(key: Buffer) {
    this.addresses = new AddressPseudonyms(key);
    this.sheet = new Sheet(new Pseudonyms(key), this.addresses);
  }

  /** What stands for `octets`, which may begin or end anywhere in a message and hold several. Linear in their number. */
  message(octets: Buffer): Buffer {
    const { sheet } = this;
    const out = Buffer.from(octets);
    sheet.data = octets;
    sheet.out = out;
    this.messages(0, octets.length, 0);
    return out;
  }

  /** The same for text that is no message, such as a name or an identifier. */
  text(octets: Buffer): Buffer {
    const { sheet } = this;
    const out = Buffer.from(octets);
    sheet.data = octets;
    sheet.out = out;
    text(sheet, 0, octets.length, GENERAL);
    return out;
  }

  private messages(from: number, to: number, depth: number): void {
    const { sheet } = this;
    if (depth === MOST_DEPTH) {
      text(sheet, from, to, GENERAL);
      return;
    }
    const scanned = this.scanned[depth];
    // In a datagram what follows the body is another message, or meant to be one (RFC 3261 §18.3).
    for (let at = from; at < to; ) {
      scanFragment(scanned, sheet.data, at, to);
      const { end } = scanned;
      if (at > from && scanned.startLineEnd < 0) {
        opaque(sheet, at, to);
        return;
      }
      this.one(scanned, at, depth);
      at = Math.max(end, at + 1);
    }
  }

  private one(scanned: ScannedMessage, from: number, depth: number): void {
    const { sheet } = this;
    const at = startLine(sheet, scanned, from);
    const { bodyStart, bodyEnd } = scanned;
    const end = scannedRows(sheet, scanned, at, GENERAL, scanned.startLineEnd >= 0 || depth > 0);
    text(sheet, Math.min(end, bodyStart), bodyStart, GENERAL);
    const type = headerOf(scanned, HEADER['Content-Type']);
    const encoding = headerOf(scanned, HEADER['Content-Encoding']);
    body(sheet, bodyStart, bodyEnd, { type, encoding }, (_, start, stop) =>
      this.messages(start, stop, depth + 1),
    );
  }
}

/** The offset after it. */
function startLine(sheet: Sheet, scanned: ScannedMessage, from: number): number {
  const { start, startLineEnd, isRequest, uriStart, uriEnd, methodEnd, reasonStart, versionEnd } = scanned;
  if (startLineEnd < 0) return from;
  text(sheet, from, start, GENERAL);
  if (isRequest) {
    text(sheet, methodEnd, uriStart, GENERAL);
    uri(sheet, uriStart, uriEnd);
    text(sheet, uriEnd, startLineEnd, NUMBERED);
  } else {
    text(sheet, start, versionEnd, NUMBERED);
    text(sheet, versionEnd, reasonStart, NUMBERED);
    text(sheet, reasonStart, startLineEnd, GENERAL);
  }
  return startLineEnd;
}

/** The value of the first header of this kind. */
function headerOf({ data, table, headerCount }: ScannedMessage, id: number): string {
  for (let row = 0; row < headerCount * COLUMNS; row += COLUMNS) {
    if (table[row] === id) return data.toString('utf8', table[row + 3], table[row + 4]);
  }
  return '';
}

const MOST_DEPTH = 4;
