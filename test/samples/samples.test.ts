// Every sample holds its captures, how they were made, what to look for, and the ladders that `sipspect ladder` draws of them.
// UPDATE_LADDERS=1 writes the ladders anew: look at the difference before committing.
import { accessSync, constants, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { sipspect } from '../cli/program.ts';

const SAMPLES = resolve(import.meta.dirname, '../../samples');
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

  test('its ladders are as they were looked at', async () => {
    const path = join(folder, 'ladder.txt');
    const ladders = await Promise.all(captures.map((file) => ladder(folder, file)));
    const text = captures.map((file, i) => `$ sipspect ladder ${file}\n${ladders[i]}`).join('\n');
    if (process.env['UPDATE_LADDERS'] === '1') writeFileSync(path, text);
    expect(text).toBe(readFileSync(path, 'utf8'));
  });
});

async function ladder(folder: string, file: string): Promise<string> {
  const { stdout, stderr, status } = await sipspect(['ladder', file], { folder });
  expect({ file, stderr, status }).toEqual({ file, stderr: '', status: 0 });
  return stdout;
}
