// Which captures are read in a thread of their own when nothing is said.
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readsInParallel } from '../../src/cli/parallel.ts';

const folder = mkdtempSync(join(tmpdir(), 'sipspect-parallel-'));
const file = (name: string): string => join(folder, name);
const MESSAGE = `SIP/2.0 200 OK\r\nVia: SIP/2.0/UDP 192.0.2.1\r\n${'x'.repeat(400)}\r\n\r\n`;

beforeAll(() => {
  const signalling = Buffer.alloc(33e6, MESSAGE);
  writeFileSync(file('signalling'), signalling);
  writeFileSync(file('short'), signalling.subarray(0, 1e6));
  writeFileSync(file('tiny'), 'not much');
  writeFileSync(file('media'), signalling.subarray(0, 1e6));
  truncateSync(file('media'), 300e6);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each([
  ['much signalling', ['signalling'], true],
  ['with a little of something else', ['signalling', 'tiny'], true],
  ['a short capture', ['short'], false],
  ['mostly media', ['media'], false],
  ['signalling lost in media', ['signalling', 'media'], false],
  ['no file', ['missing', 'signalling'], true],
  ['nothing that can be read', ['missing', '.'], false],
])('%s', (_, names, expected) => {
  expect(readsInParallel(names.map(file), undefined, 2)).toBe(expected);
});

test('one processor, standard input, or the wish of the user decide before that', () => {
  const captures = [file('signalling')];
  expect(readsInParallel(captures, undefined, 1)).toBe(false);
  expect(readsInParallel(captures, true, 1)).toBe(true);
  expect(readsInParallel(captures, false, 2)).toBe(false);
  expect(readsInParallel(['-'], true, 2)).toBe(false);
});
