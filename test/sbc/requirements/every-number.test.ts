// Each requirement of the catalogue has a playbook that is named by its number and its sentence.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

test('SBC-1 to SBC-47 have a playbook each, with a sentence', () => {
  const titles = readdirSync(import.meta.dirname)
    .filter((name) => name.endsWith('.test.ts') && name !== 'every-number.test.ts')
    .flatMap((name) => titlesIn(readFileSync(join(import.meta.dirname, name), 'utf8')));
  const numbers = titles.map(([number]) => number).sort((a, b) => a - b);
  expect(numbers).toEqual(Array.from({ length: 47 }, (_, index) => index + 1));
  expect(titles.filter(([, sentence]) => sentence.split(' ').length < 4)).toEqual([]);
});

function titlesIn(text: string): [number: number, sentence: string][] {
  const found = text.matchAll(/^(?:describe|plays)\(\s*'SBC-(\d+): ([^']+)'/gm);
  return [...found].map(([, number, sentence]) => [Number(number), sentence]);
}
