import { expect, it } from 'vitest';
import { NULL_UUID, parseSessionId } from '../../src/sip/header/session-id.ts';

const A = 'ab30317f1a784dc48ff824d0d3715d86';

it.each([
  [`${A};remote=${NULL_UUID}`, { local: A, remote: NULL_UUID, valid: true }],
  [A, { local: A, remote: undefined, valid: true }],
  [A.toUpperCase(), { local: A.toUpperCase(), remote: undefined, valid: false }],
  [`${A};remote=x`, { local: A, remote: 'x', valid: false }],
])('%s', (value, expected) => {
  expect(parseSessionId(value)).toEqual(expected);
});
