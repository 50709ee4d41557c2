// The one direction of imports (CONTRIBUTING, "One direction"): a stage imports only stages to its left.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { expect, test } from 'vitest';

/** Folders of src/ with their rank; folders of one rank never import one another. Files directly in src/ are the wiring. */
const RANKS: Readonly<Record<string, number>> = {
  capture: 0,
  network: 1,
  sip: 2,
  sdp: 3,
  policy: 4,
  dialog: 5,
  legs: 6,
  rules: 7,
  ladder: 7,
  explain: 7,
  filter: 7,
  sbc: 7,
  // src/pipeline.ts and src/index.ts: the wiring of the stages
  '.': 8,
  audit: 9,
  replay: 9,
  inline: 9,
  viewer: 9,
  diff: 9,
  anonymize: 9,
  cli: 10,
};

const SRC = resolve(import.meta.dirname, '../../src');

test('every folder of src/ has a rank', () => {
  const folders = readdirSync(SRC, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);
  expect(folders.filter((folder) => !(folder in RANKS))).toEqual([]);
});

test('imports go from right to left only', () => {
  const files = sourceFiles();
  expect(files.length).toBeGreaterThan(20);
  const wrong: string[] = [];
  for (const file of files) {
    const from = stageOf(file);
    for (const specifier of importsOf(readFileSync(file, 'utf8'))) {
      const to = stageOf(resolve(dirname(file), specifier));
      if (to !== from && RANKS[to]! >= RANKS[from]!) wrong.push(`${relative(SRC, file)} → ${specifier}`);
    }
  }
  expect(wrong).toEqual([]);
});

test('an import against the direction is seen', () => {
  expect(
    importsOf(
      "import type { X } from '../dialog/call.ts';\nexport * from './a.ts';\nawait import('../cli/b.ts');",
    ),
  ).toEqual(['../dialog/call.ts', './a.ts', '../cli/b.ts']);
  expect(stageOf(join(SRC, 'dialog/call.ts'))).toBe('dialog');
  expect(stageOf(join(SRC, 'pipeline.ts'))).toBe('.');
});

function sourceFiles(): string[] {
  return readdirSync(SRC, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => join(SRC, name));
}

function stageOf(path: string): string {
  const parts = relative(SRC, path).split(sep);
  return parts.length === 1 ? '.' : parts[0]!;
}

function importsOf(text: string): string[] {
  return [...text.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*'(\.[^']+)'/g)].map((match) => match[1]!);
}
