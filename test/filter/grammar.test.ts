import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseFilter } from '../../src/filter/filter.ts';
import { FilterError, formatFilterError } from '../../src/filter/filter-error.ts';
import { parseExpression } from '../../src/filter/parse.ts';
import { printExpression } from '../../src/filter/print.ts';
import type { Expression } from '../../src/filter/syntax.ts';
import { anyFilter } from './any-filter.ts';

test.each([
  ['sip', 'sip'],
  ['not sip', '!sip'],
  ['!!sip', '!!sip'],
  ['sip.Method eq "A" and sip or rtp', 'sip.Method == "A" && sip || rtp'],
  ['sip or rtp and sdp', 'sip || rtp && sdp'],
  ['(sip or rtp) and sdp', '(sip || rtp) && sdp'],
  ['sip xor rtp or sdp', 'sip ^^ rtp || sdp'],
  ['not sip.Method == INVITE', '!(sip.Method == INVITE)'],
  ['sip || (rtp || sdp)', 'sip || (rtp || sdp)'],
  ['sip.Status-Code ge 400', 'sip.Status-Code >= 400'],
  ['sip.Status-Code lt 0x190', 'sip.Status-Code < 0x190'],
  ['a ~ "x" && b matches "y"', 'a matches "x" && b matches "y"'],
  ['udp.port in {5060, 5080..5090}', 'udp.port in {5060, 5080..5090}'],
  ['udp.port not in {5060}', '!(udp.port in {5060})'],
  ['ip.src in {10.0.0.1..10.0.0.9 ::1}', 'ip.src in {10.0.0.1..10.0.0.9, ::1}'],
  ['any udp.port > 1 and all udp.port any_ne 2', 'any udp.port > 1 && all udp.port !== 2'],
  ['lower(sip.from.user) contains "x"', 'lower(sip.from.user) contains "x"'],
  ['sip.from.user == sip.to.user', 'sip.from.user == sip.to.user'],
  ['any == 1', 'any == 1'],
  [
    String.raw`a == "q\"\\\x41é\u00e9\w" && b == r"\d\"" && c == 'single'`,
    String.raw`a == "q\"\\Aéé\\w" && b == "\\d\\\"" && c == "single"`,
  ],
])('%s', (text, printed) => {
  expect(printExpression(parseExpression(text))).toBe(printed);
  expect(printExpression(parseExpression(printed))).toBe(printed);
});

test.each<[string, string]>([
  ['', 'column 1: the filter is empty\n  \n  ^'],
  [
    'sip.methd == "INVITE"',
    'column 1: unknown field "sip.methd" (did you mean sip.Method?)\n  sip.methd == "INVITE"\n  ^~~~~~~~~',
  ],
  [
    'sip and zzzzzzzzzzzzz',
    'column 9: unknown field "zzzzzzzzzzzzz"\n  sip and zzzzzzzzzzzzz\n          ^~~~~~~~~~~~~',
  ],
  [
    'sip.Status-Code >= abc',
    'column 20: sip.Status-Code is a number, "abc" is not\n  sip.Status-Code >= abc\n                     ^~~',
  ],
  ['(sip', 'column 1: the parenthesis is not closed\n  (sip\n  ^'],
  ['(sip rtp)', 'column 6: unexpected "rtp": expected ) or an operator\n  (sip rtp)\n       ^~~'],
  ['sip)', 'column 4: unexpected ")": no parenthesis is open\n  sip)\n     ^'],
  ['sip rtp', 'column 5: unexpected "rtp": an "and" or "or" is missing before it\n  sip rtp\n      ^~~'],
  ['sip &&', 'column 7: the filter ends too early: expected a field or a value\n  sip &&\n        ^'],
  ['sip.Method = "x"', 'column 12: unexpected "=" (equality is ==)\n  sip.Method = "x"\n             ^'],
  ['sip.Method == "x', 'column 15: the string has no closing quote\n  sip.Method == "x\n                ^~'],
  [
    'sip.Method[0] == 1',
    'column 11: unexpected "[" (slices are not supported)\n  sip.Method[0] == 1\n            ^',
  ],
  ['"x" == sip.Method', 'column 1: the left side must be a field or a function\n  "x" == sip.Method\n  ^~~'],
  ['"x"', 'column 1: a string must be compared with something\n  "x"\n  ^~~'],
  ['len(sip.Via)', 'column 1: len() must be compared with something\n  len(sip.Via)\n  ^~~~~~~~~~~~'],
  ['len("x") == 1', 'column 5: len() takes a field\n  len("x") == 1\n      ^~~'],
  [
    'len(udp.port) == 1',
    'column 5: len() takes a field of text, which udp.port is not\n  len(udp.port) == 1\n      ^~~~~~~~',
  ],
  [
    'max(udp.port) == 1',
    'column 1: there is no function max (there are lower, upper, len, count)\n  max(udp.port) == 1\n  ^~~',
  ],
  [
    'udp.port in 5060',
    'column 13: unexpected "5060": expected { after "in"\n  udp.port in 5060\n              ^~~~',
  ],
  ['udp.port in {5060', 'column 13: the set is not closed\n  udp.port in {5060\n              ^'],
  [
    'udp.port in {9..1}',
    'column 17: the range ends before it begins\n  udp.port in {9..1}\n                  ^',
  ],
  ['sip == 1', 'column 1: sip is there or not: it has no value to compare\n  sip == 1\n  ^~~'],
  [
    'call.partial > true',
    'column 1: call.partial cannot be compared by ">"\n  call.partial > true\n  ^~~~~~~~~~~~',
  ],
  [
    'call.partial == maybe',
    'column 17: call.partial is true or false\n  call.partial == maybe\n                  ^~~~~',
  ],
  [
    'frame.time contains "x"',
    'column 1: frame.time cannot be compared by "contains"\n  frame.time contains "x"\n  ^~~~~~~~~~',
  ],
  [
    'frame.time > "2026-02-30"',
    'column 14: frame.time is a time, such as "2026-11-21 03:40:00" or "Nov 21, 2026 03:40:00"\n  frame.time > "2026-02-30"\n               ^~~~~~~~~~~~',
  ],
  [
    'ip.src == 10.0.0.0/33',
    'column 11: ip.src is an IP address, "10.0.0.0/33" is not\n  ip.src == 10.0.0.0/33\n            ^~~~~~~~~~~',
  ],
  [
    'ip.src == ::1',
    'column 11: ip.* is IPv4 (use ipv6.addr, or addr for both)\n  ip.src == ::1\n            ^~~',
  ],
  [
    'call.setup > soon',
    'column 14: call.setup is a duration: seconds, or 20ms, 1.5s, 2m, 1h\n  call.setup > soon\n               ^~~~',
  ],
  [
    'call.kind == cal',
    'column 14: call.kind is never "cal" (did you mean call?)\n  call.kind == cal\n               ^~~',
  ],
  [
    'call.kind == 5',
    'column 14: call.kind is never "5" (one of call, im, message, registration, subscription, options, other)\n  call.kind == 5\n               ^',
  ],
  ['sip.Via ~ "("', 'column 11: bad pattern: a group is not closed\n  sip.Via ~ "("\n            ^~~'],
  [
    'sip.Via ~ "(a)\\\\1"',
    'column 11: bad pattern: references back are not supported\n  sip.Via ~ "(a)\\\\1"\n            ^~~~~~~~',
  ],
  [
    'sip.Method contains ""',
    'column 21: sip.Method contains "" always\n  sip.Method contains ""\n                      ^~',
  ],
  [
    'udp.port == sip.Method',
    'column 13: udp.port and sip.Method cannot be compared\n  udp.port == sip.Method\n              ^~~~~~~~~~',
  ],
])('error: %s', (text, expected) => {
  expect(shown(text)).toBe(expected);
});

test('the place in a long filter is shown alone', () => {
  const text = `${'sip || '.repeat(30)}sip.metod == 1${' || sip'.repeat(30)}`;
  expect(shown(text)).toBe(
    [
      'column 211: unknown field "sip.metod" (did you mean sip.Method?)',
      '  …ip || sip || sip || sip.metod == 1 || sip || sip || sip || sip || sip || sip || sip || sip || sip ||…',
      '                       ^~~~~~~~~',
    ].join('\n'),
  );
});

test('deep nesting and long filters are refused, not suffered', () => {
  expect(shown(`${'('.repeat(300)}sip`)).toMatch(/^column 202: nested deeper than 200 levels\n/);
  expect(shown('!'.repeat(300))).toMatch(/^column 202: nested deeper than 200 levels\n/);
  expect(shown('sip||'.repeat(4000))).toMatch(/^column 16385: a filter may have 16384 characters\n/);
  expect(parseFilter(`${'sip||'.repeat(3000)}sip`).fields).toEqual(['sip']);
});

test('any text parses, or gives an error within it', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.string({ maxLength: 40 }), anyFilter().map(printExpression), anyFilterText()),
      (text) => {
        try {
          parseFilter(text);
        } catch (error) {
          if (!(error instanceof FilterError)) throw error;
          expect(error.column).toBeGreaterThanOrEqual(1);
          expect(error.column).toBeLessThanOrEqual(text.length + 1);
          expect(formatFilterError(error).split('\n')).toHaveLength(3);
        }
      },
    ),
    { numRuns: 3000 },
  );
});

test('what is printed parses to the same tree', () => {
  fc.assert(
    fc.property(anyFilter(), (tree) => {
      expect(withoutPlaces(parseExpression(printExpression(tree)))).toEqual(withoutPlaces(tree));
    }),
    { numRuns: 2000 },
  );
});

function shown(text: string): string {
  try {
    parseFilter(text);
    return 'no error';
  } catch (error) {
    if (error instanceof FilterError) return formatFilterError(error);
    throw error;
  }
}

// Pieces of filters in any order.
function anyFilterText(): fc.Arbitrary<string> {
  const piece = fc.constantFrom(
    ...'sip|sip.Method|==|!=|"INVITE"|200|&&|or|not|(|)|{|}|in|..|,|ip.addr|10.0.0.0/8|~|"a+"|len|any|matches'.split(
      '|',
    ),
  );
  return fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(' '));
}

function withoutPlaces(tree: Expression): unknown {
  return JSON.parse(
    JSON.stringify(tree, (key, value) => (key === 'at' || key === 'length' ? undefined : value)),
  );
}
