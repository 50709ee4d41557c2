// The lint rule that keeps clocks, randomness, timers and sockets out of the stages does its work.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../..');

test.each([
  ['a clock', 'export const now = Date.now();\n'],
  ['the date of today', 'export const now = new Date();\n'],
  ['randomness', 'export const id = Math.random();\n'],
  ['a timer', 'setTimeout(() => {}, 5);\n'],
  ['the process', 'export const home = process.env;\n'],
  ['a socket', "import { connect } from 'node:net';\n\nexport const open = connect;\n"],
  ['a file', "import { readFileSync } from 'node:fs';\n\nexport const read = readFileSync;\n"],
])('%s is refused in a stage', (_, text) => {
  expect(lint('src/dialog/example.ts', text)).toBe(1);
});

test('a moment given as a number is no clock', () => {
  expect(lint('src/dialog/example.ts', 'export const date = new Date(5);\n')).toBe(0);
});

test('the I/O files may', () => {
  expect(lint('src/cli/example.ts', 'export const now = Date.now();\n')).toBe(0);
  expect(
    lint(
      'src/capture/source-example.ts',
      "import { readFileSync } from 'node:fs';\n\nexport const read = readFileSync;\n",
    ),
  ).toBe(0);
});

/** Exit status of the linter, with this project's own configuration, on a tree that holds one file. */
function lint(path: string, text: string): number | null {
  const tree = mkdtempSync(join(tmpdir(), 'sipspect-lint-'));
  try {
    for (const name of ['biome.json', 'test/lint', path])
      mkdirSync(dirname(join(tree, name)), { recursive: true });
    cpSync(join(ROOT, 'biome.json'), join(tree, 'biome.json'));
    cpSync(join(ROOT, 'test/lint'), join(tree, 'test/lint'), { recursive: true });
    writeFileSync(join(tree, path), text);
    return spawnSync(join(ROOT, 'node_modules/.bin/biome'), ['lint', path], { cwd: tree }).status;
  } finally {
    rmSync(tree, { recursive: true, force: true });
  }
}
