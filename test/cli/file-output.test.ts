// Standard output that is a file: what comes is what comes through a pipe; a file that takes no more is said once.
import { spawnSync } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { BIN, environment, ROOT, scratchFolder, sipspect } from './program.ts';

const FAILED = 'samples/failed-calls/failed-calls.pcapng';
const folder = scratchFolder();

test('a file gets what a pipe gets, behind what is in it', async () => {
  const piped = await sipspect(['calls', '--json', FAILED]);
  const path = join(folder, 'calls.ndjson');
  for (let run = 0; run < 2; run++) {
    const file = openSync(path, 'a');
    const { status, stderr } = spawnSync(process.execPath, [BIN, 'calls', '--json', FAILED], {
      ...{ cwd: ROOT, env: environment(), encoding: 'utf8', stdio: ['ignore', file, 'pipe'] },
    });
    closeSync(file);
    expect([status, stderr]).toEqual([0, '']);
  }
  expect(readFileSync(path, 'utf8')).toBe(piped.stdout + piped.stdout);
});

test('a file that may not grow any more', () => {
  const command = `ulimit -f 4; exec '${process.execPath}' '${BIN}' messages --json ${FAILED} > '${join(folder, 'full')}'`;
  const { status, stderr } = spawnSync('sh', ['-c', command], {
    ...{ cwd: ROOT, env: environment(), encoding: 'utf8' },
  });
  expect([status, stderr]).toEqual([2, 'sipspect: standard output: EFBIG: file too large\n']);
});
