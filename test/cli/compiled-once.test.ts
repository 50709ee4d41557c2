// What the engine compiles of the program stays compiled: a function that it gives up and compiles again with every call is the
// most of a run, and nothing else shows it.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { BIN, scratchFolder } from './program.ts';

const folder = scratchFolder();
const capture = join(folder, 'dense.pcap');
spawnSync(process.execPath, [join(import.meta.dirname, '../bench/generate.mjs'), 'dense', capture, '4', '1']);

test.each([
  { verb: 'audit', args: ['--fail-on', 'never', '--format', 'ndjson'] },
  { verb: 'calls', args: ['--json'] },
  { verb: 'stats', args: ['--json'] },
])('$verb', ({ verb, args }) => {
  const { stdout } = spawnSync(process.execPath, ['--trace-deopt', BIN, verb, ...args, capture], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  const givenUp = new Map<string, number>();
  // Its name and where the engine keeps it: many have no name.
  for (const [, one = ''] of stdout.matchAll(/\[bailout \(kind: .*?<JSFunction (\S* ?\(sfi = \S+)\)>/g))
    givenUp.set(one, (givenUp.get(one) ?? 0) + 1);
  // Each run has some: what was learnt of types turns out to be too little. None has fifty of one function.
  expect(givenUp.size).toBeGreaterThan(0);
  expect([...givenUp].filter(([, count]) => count >= 50)).toEqual([]);
});
