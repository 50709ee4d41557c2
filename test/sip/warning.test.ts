import { expect, it } from 'vitest';
import { parseWarning } from '../../src/sip/header/warning.ts';

it.each([
  [
    `307 isi.edu "Session parameter 'foo', not understood"`,
    { code: 307, agent: 'isi.edu', text: "Session parameter 'foo', not understood" },
  ],
  ['399 [2001:db8::1]:5060 "say \\"x\\""', { code: 399, agent: '[2001:db8::1]:5060', text: 'say "x"' }],
  ['1812 overture "In Progress"', undefined],
  ['399 host text', undefined],
])('%s', (value, expected) => {
  expect(parseWarning(value)).toEqual(expected);
});
