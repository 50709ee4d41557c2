// Every sample holds its captures, how they were made, what to look for, and the ladders that `sipspect ladder` draws of them.
// UPDATE_LADDERS=1 writes the ladders anew: look at the difference before committing.
import { execFileSync } from 'node:child_process';
import { accessSync, constants, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

const SAMPLES = resolve(import.meta.dirname, '../../samples');
const CLI = resolve(import.meta.dirname, '../../src/cli/main.ts');
const LARGEST = 200_000;

// samples/policy holds no captures but descriptions of SBCs: test/cli/policy.test.ts.
const cases = readdirSync(SAMPLES, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== 'policy')
  .map(({ name }) => name);

test('the index names every sample', () => {
  const index = readFileSync(join(SAMPLES, 'README.md'), 'utf8');
  const named = [...index.matchAll(/^\| \[`(.*?)`\]/gm)].map((match) => match[1]);
  expect(named.sort()).toEqual([...cases].sort());
});

describe.each(cases)('%s', (name) => {
  const folder = join(SAMPLES, name);
  const files = readdirSync(folder);
  const captures = files.filter((file) => /\.pcap(ng)?(\.gz)?$/.test(file));

  test('holds small captures, the script that made them, and what to look for', () => {
    expect(captures).not.toEqual([]);
    expect(captures.filter((file) => statSync(join(folder, file)).size > LARGEST)).toEqual([]);
    accessSync(join(folder, 'make.sh'), constants.X_OK);
    const script = readFileSync(join(folder, 'make.sh'), 'utf8');
    const readme = readFileSync(join(folder, 'README.md'), 'utf8');
    const unnamed = (text: string) => captures.filter((file) => !text.includes(file));
    expect({ script: unnamed(script), readme: unnamed(readme) }).toEqual({ script: [], readme: [] });
  });

  test('its ladders are as they were looked at', () => {
    const path = join(folder, 'ladder.txt');
    const text = captures.map((file) => `$ sipspect ladder ${file}\n${ladder(folder, file)}`).join('\n');
    if (process.env['UPDATE_LADDERS'] === '1') writeFileSync(path, text);
    expect(text).toBe(readFileSync(path, 'utf8'));
  });
});

function ladder(folder: string, file: string): string {
  const program = `import(${JSON.stringify(CLI)}).then(({ main }) => main(['node', 'sipspect', 'ladder', ${JSON.stringify(file)}]))`;
  return execFileSync(process.execPath, ['--no-warnings', '--eval', program], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
  });
}
