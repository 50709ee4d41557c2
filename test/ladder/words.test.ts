import { expect, test } from 'vitest';
import { displayWidth, shorten, shortenMiddle } from '../../src/ladder/display-width.ts';
import { mediaText } from '../../src/ladder/label.ts';
import { printable } from '../../src/ladder/printable.ts';
import { formatSpan } from '../../src/ladder/span.ts';

test('spans of time', () => {
  const spans = [
    0, 0.352, 9.994, 9.995, 180.4, 999.49, 999.5, 1204, 9994, 9995, 59_940, 59_960, 123_400, 3_599_600,
    3_725_000, -20,
  ];
  expect(spans.map(formatSpan)).toEqual([
    '0.00 ms',
    '0.35 ms',
    '9.99 ms',
    '10 ms',
    '180 ms',
    '999 ms',
    '1.00 s',
    '1.20 s',
    '9.99 s',
    '10.0 s',
    '59.9 s',
    '1 min 00 s',
    '2 min 03 s',
    '1 h 00 min',
    '1 h 02 min',
    '-20 ms',
  ]);
});

test('media in words', () => {
  const audio = { media: 'audio', address: '192.0.2.1', port: 30000, direction: 'sendrecv', im: false };
  const codecs = ['PCMU/8000', 'opus/48000/2'];
  expect(mediaText({ ...audio, codecs })).toBe('SDP audio 192.0.2.1:30000 PCMU,opus/48000/2');
  expect(mediaText({ ...audio, codecs: [], direction: 'inactive' })).toBe(
    'SDP audio 192.0.2.1:30000 inactive',
  );
  expect(mediaText({ ...audio, codecs, port: 0 })).toBe('SDP audio 192.0.2.1:0 PCMU,opus/48000/2 refused');
  expect(mediaText({ ...audio, codecs: [], address: '2001:db8::1', port: Number.NaN })).toBe(
    'SDP audio [2001:db8::1]:?',
  );
  expect(mediaText({ ...audio, codecs: [], media: 'message', im: true })).toBe('IM message 192.0.2.1:30000');
});

test('what acts on a terminal, or is not seen there, is spelled out', () => {
  expect(printable('plain text')).toBe('plain text');
  expect(printable('a\x1b[2J\t\r\n\0\x7f\x9b')).toBe('a␛[2J␉␍␊␀␡\\x9b');
  expect(printable('\u202eabc\u2066\u200b\u00ad\ufeff\u00a0')).toBe(
    '\\u{202e}abc\\u{2066}\\u{200b}\\xad\\u{feff}\\xa0',
  );
  expect(printable('\ud800x\ue000')).toBe('\ufffdx\\u{e000}');
  expect(printable('e\u0301\u0302\u0303\u0304\u0305')).toBe('e\u0301\u0302\u0303\\u{304}\\u{305}');
  expect(printable('Zürich 会議 🎉')).toBe('Zürich 会議 🎉');
  expect(printable('Zürich\x1b 🎉', true)).toBe('Z\\xfcrich\\x1b \\u{1f389}');
});

test('widths and shortening', () => {
  expect(['abc', '会議', 'e\u0301', '🎉', ''].map(displayWidth)).toEqual([3, 4, 1, 2, 0]);
  expect(shorten('abcdef', 6, '…')).toBe('abcdef');
  expect(shorten('abcdef', 5, '…')).toBe('abcd…');
  expect(shorten('会議会議', 6, '…')).toBe('会議…');
  expect(shorten('abcdef', 1, '...')).toBe('.');
  expect(shorten('abcdef', 0, '…')).toBe('');
  expect(shortenMiddle('192.168.100.100:5060', 13, '…')).toBe('192.16…0:5060');
  expect(shortenMiddle('e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301', 5, '…')).toBe(
    'e\u0301e\u0301…e\u0301e\u0301',
  );
});
