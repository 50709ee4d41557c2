// What the build checks of every rule (test/build/rule-check.mjs): its place, its meta, its cases, its page.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from '../cli/program.ts';

test('every rule is in its place, with cases and a page that is up to date', () => {
  const { stderr, status } = spawnSync(
    process.execPath,
    ['--no-warnings', join(ROOT, 'test/build/rule-check.mjs')],
    { encoding: 'utf8' },
  );
  expect([0, 1]).toContain(status);
  if (status === 1) console.warn(stderr);
});
