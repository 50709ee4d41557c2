// How `show` draws a message: carets under the octet whatever stands before it, bodies that are no text, parts.
import { expect, test } from 'vitest';
import { painter } from '../../src/cli/output/paint.ts';
import { type ShowMessageOptions, showMessage } from '../../src/cli/show/show-message.ts';
import { messageOf } from '../../src/sip/parse.ts';
import { request } from './captures.ts';

/** The lines of the drawing, without the head and the empty line at the end. */
function show(octets: Buffer, options: ShowMessageOptions = {}): string[] {
  const info = { retransmissionOf: 0, duplicateOf: 0, call: { id: 1 } };
  const text = showMessage(messageOf(octets)!, info, options, painter(false));
  return text.split('\n').slice(1, -2);
}

test.each([
  ['plain', 'Subject: ab\x01c', ['Subject: ab␁c', '           ^ error: octet 0x01 [sip/control-octet]']],
  [
    'after a tab',
    'Subject:\tab\x01c',
    ['Subject:␉ab␁c', '           ^ error: octet 0x01 [sip/control-octet]'],
  ],
  [
    'after UTF-8',
    'Subject: äöü\x01',
    ['Subject: äöü␁', '            ^ error: octet 0x01 [sip/control-octet]'],
  ],
  [
    'after wide ones',
    'Subject: 漢字\x01',
    ['Subject: 漢字␁', '             ^ error: octet 0x01 [sip/control-octet]'],
  ],
  [
    'after escapes',
    'Subject: \u202e\x01',
    ['Subject: \\u{202e}␁', '                 ^ error: octet 0x01 [sip/control-octet]'],
  ],
  [
    'in a folded line',
    'Subject: one\r\n two\x01',
    ['Subject: one', ' two␁', '    ^ error: octet 0x01 [sip/control-octet]'],
  ],
  [
    'far to the right',
    `Subject: ${'x'.repeat(90)}\x01`,
    [`Subject: ${'x'.repeat(90)}␁`, `${' '.repeat(61)}error: octet 0x01 [sip/control-octet] ^`],
  ],
])('the caret is under the octet: %s', (_, header, lines) => {
  const shown = show(request('OPTIONS', [header]));
  const at = shown.findIndex((line) => line.startsWith('Subject'));
  expect(shown.slice(at, at + lines.length)).toEqual(lines);
});

test('octets that are not UTF-8 do not move the caret', () => {
  const octets = Buffer.from(request('OPTIONS', ['Subject: \xff\xfe\x01']).toString('utf8'), 'latin1');
  const at = show(octets).findIndex((line) => line.startsWith('Subject'));
  expect(show(octets).slice(at, at + 2)).toEqual([
    'Subject: \ufffd\ufffd␁',
    '           ^ error: octet 0x01 [sip/control-octet]',
  ]);
});

test('a body that is no text is a bounded dump', () => {
  const body = Buffer.from(Array.from({ length: 1000 }, (_, index) => index & 0xff));
  const shown = show(request('MESSAGE', ['Content-Type: application/octet-stream'], body));
  expect(shown.slice(8)).toEqual([
    'Content-Length: 1000',
    '',
    '    00000000  00 01 02 03 04 05 06 07  08 09 0a 0b 0c 0d 0e 0f  |................|',
    '    00000010  10 11 12 13 14 15 16 17  18 19 1a 1b 1c 1d 1e 1f  |................|',
    '    00000020  20 21 22 23 24 25 26 27  28 29 2a 2b 2c 2d 2e 2f  | !"#$%&\'()*+,-./|',
    ...shown.slice(13, 26),
    '    … 744 more octets, 1000 in all',
  ]);
  expect(shown.length).toBe(27);
  expect(shown[25]).toBe(
    '    000000f0  f0 f1 f2 f3 f4 f5 f6 f7  f8 f9 fa fb fc fd fe ff  |................|',
  );
});

test('of a multipart body, the part that is no text is a dump', () => {
  const body = Buffer.concat([
    Buffer.from(
      '--b\r\nContent-Type: application/sdp\r\n\r\nv=0\r\ns=-\r\n\r\n--b\r\nContent-Type: image/png\r\n\r\n',
    ),
    Buffer.from('89504e470d0a1a0a00', 'hex'),
    Buffer.from('\r\n--b--\r\n'),
  ]);
  const shown = show(request('MESSAGE', ['Content-Type: multipart/mixed;boundary=b'], body));
  expect(shown.slice(shown.indexOf('')).filter((line) => !line.includes('^'))).toEqual([
    '',
    '--b',
    'Content-Type: application/sdp',
    '',
    'v=0',
    's=-',
    '',
    '--b',
    'Content-Type: image/png',
    '',
    '    00000000  89 50 4e 47 0d 0a 1a 0a  00                       |.PNG.....|',
    '--b--',
  ]);
});

test('text in another character set stays text', () => {
  const body = Buffer.from('gr\xfc\xdfe', 'latin1');
  expect(show(request('MESSAGE', ['Content-Type: text/plain;charset=ISO-8859-1'], body)).at(-1)).toBe(
    'gr\ufffd\ufffde',
  );
});

test('trailing octets are set apart', () => {
  const shown = show(Buffer.concat([request('OPTIONS'), Buffer.from([0, 0, 0])]));
  expect(shown.slice(-3)).toEqual([
    '',
    '    00000000  00 00 00                                          |...|',
    '! warning: 3 octets after the body [sip/trailing-octets] at octet 0',
  ]);
});
