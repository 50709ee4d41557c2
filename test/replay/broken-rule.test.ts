import { expect, test } from 'vitest';
import { TABLE } from '../../src/replay/broken-rule.ts';
import { CATALOGUE } from '../../src/rules/catalogue.ts';

test('every rule that a difference is linked to is in the catalogue', () => {
  const known = new Set(CATALOGUE.map(({ meta }) => meta.id));
  expect(TABLE.map(({ rule }) => rule).filter((rule) => !known.has(rule))).toEqual([]);
});
