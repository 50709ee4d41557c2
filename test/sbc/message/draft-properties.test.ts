import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Draft } from '../../../src/sbc/message/draft.ts';
import { HEADER } from '../../../src/sip/header/header-names.ts';
import type { SipMessage } from '../../../src/sip/message.ts';
import { messageOf } from '../../../src/sip/parse.ts';
import { LINE_FLAG } from '../../../src/sip/scan.ts';
import { isToken } from '../../../src/sip/text/characters.ts';
import { HAS_TORTURE, tortureNames, tortureOctets } from '../../sip/torture-files.ts';

const END = fc.constantFrom('\r\n', '\r\n', '\r\n', '\n', '\r');
const VALUE = fc.string({ unit: fc.constantFrom(...'ab "<>;:,=\tß\u010d\u0000%'), maxLength: 12 });
const NAME = fc.constantFrom(
  'Via',
  'v',
  'From',
  'To',
  'Route',
  'Contact',
  'X-a',
  'Subject',
  'Odd name',
  '',
  'l',
);
const LINE = fc
  .tuple(NAME, fc.constantFrom(':', ': ', ' : ', ''), VALUE, fc.option(fc.tuple(END, VALUE)), END)
  .map(
    ([name, colon, value, fold, end]) =>
      `${name}${colon}${value}${fold ? `${fold[0]} ${fold[1]}` : ''}${end}`,
  );
const MESSAGE = fc
  .tuple(END, fc.array(LINE, { maxLength: 8 }), END, VALUE)
  .map(([first, all, last, body]) => messageOf(`MESSAGE sip:a SIP/2.0${first}${all.join('')}${last}${body}`))
  .filter((message) => message !== null);
const EDIT = fc.record({
  kind: fc.constantFrom('set', 'addTop', 'addLast', 'replace', 'remove'),
  id: fc.constantFrom(HEADER.Via, HEADER.Route, HEADER.Contact, HEADER.Subject, HEADER.Server),
  value: fc.string({ unit: fc.constantFrom('a', 'b', '\r', '\n', 'č', ':', ' '), maxLength: 8 }),
});

it('keeps headers and body of a message that is not edited, and comes out the same a second time', () => {
  fc.assert(
    fc.property(MESSAGE, (message) => {
      const again = reread(new Draft(message).octets());
      expect(headersOf(again)).toEqual(headersOf(message));
      expect(again.body).toEqual(message.body);
      expect(again.contentLength).toBe(message.body.length);
      expect(again.flags & (LINE_FLAG.bareCr | LINE_FLAG.bareLf | LINE_FLAG.badHeader)).toBe(0);
      expect(new Draft(again).octets()).toEqual(again.bytes());
    }),
    { numRuns: 500 },
  );
});

it('changes no other header, whatever is edited, and makes no line but those asked for', () => {
  fc.assert(
    fc.property(MESSAGE, fc.array(EDIT, { maxLength: 6 }), (message, edits) => {
      const draft = new Draft(message);
      const expected = new Map<number, string[]>();
      for (const { kind, id, value } of edits) {
        const before = expected.get(id) ?? rowsOf(message, id);
        const written = value.replace(/[\r\n]+/g, ' ').trim();
        if (kind === 'set') draft.set(id, value);
        else if (kind === 'addTop') draft.addTop(id, value);
        else if (kind === 'addLast') draft.addLast(id, value);
        else if (kind === 'replace') draft.replaceValues(id, [value, value]);
        else draft.remove(id);
        const after = {
          set: [written],
          addTop: [written, ...before],
          addLast: [...before, written],
          replace: [written, written],
          remove: [],
        };
        expected.set(id, after[kind]);
      }
      const again = reread(draft.octets());
      const untouched = (header: Header): boolean => !expected.has(header.id);
      expect(headersOf(again).filter(untouched)).toEqual(headersOf(message).filter(untouched));
      for (const [id, values] of expected) expect(rowsOf(again, id)).toEqual(values);
      expect(again.body).toEqual(message.body);
    }),
    { numRuns: 500 },
  );
});

it.skipIf(!HAS_TORTURE)('takes every message of RFC 4475 and RFC 5118', () => {
  for (const set of ['rfc4475', 'rfc5118'] as const) {
    for (const name of tortureNames(set)) {
      const message = messageOf(tortureOctets(set, name));
      if (message === null) continue;
      const draft = new Draft(message);
      const again = reread(draft.octets());
      expect(headersOf(again), name).toEqual(headersOf(message));
      expect(again.body, name).toEqual(message.body);
      draft.addTop(HEADER.Via, 'SIP/2.0/UDP sbc;branch=z9hG4bKsbc').set(HEADER.From, '<sip:a@b>');
      expect(rowsOf(reread(draft.octets()), HEADER.From), name).toEqual(['<sip:a@b>']);
    }
  }
});

interface Header {
  readonly id: number;
  readonly name: string;
  readonly value: string;
}

/** All but Content-Length, and but lines that are none. */
function headersOf(message: SipMessage): Header[] {
  const headers: Header[] = [];
  for (let row = 0; row < message.headerCount; row++) {
    const [id, name] = [message.headerId(row), message.headerName(row)];
    if (id === HEADER['Content-Length'] || !isToken(name) || !hasColon(message, row)) continue;
    headers.push({ id, name, value: message.headerValue(row) });
  }
  return headers;
}

function hasColon(message: SipMessage, row: number): boolean {
  return /^[^:\r\n]*:/.test(message.headerRaw(row).toString());
}

function rowsOf(message: SipMessage, id: number): string[] {
  return headersOf(message)
    .filter((header) => header.id === id)
    .map(({ value }) => value);
}

function reread(octets: Buffer): SipMessage {
  const message = messageOf(octets);
  if (message === null) throw new Error('no message');
  return message;
}
