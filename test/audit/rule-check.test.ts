// What the build checks of every rule (test/build/rule-check.mjs): its place, its meta, its cases, its page. Each build fails where
// one is missing; here is shown that it says exactly what is missing where.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { ROOT } from '../cli/program.ts';

const copy = mkdtempSync(join(tmpdir(), 'sipspect-rules-'));
afterAll(() => rmSync(copy, { recursive: true, force: true }));

function check(root: string): { stdout: string; stderr: string; status: number | null } {
  const script = join(root, 'test/build/rule-check.mjs');
  const { stdout, stderr, status } = spawnSync(process.execPath, ['--no-warnings', script], {
    encoding: 'utf8',
  });
  return { stdout, stderr, status };
}

test('what is missing is said, with its place', () => {
  for (const part of ['src', 'test/rules', 'test/build', 'docs/rules', 'package.json'])
    cpSync(join(ROOT, part), join(copy, part), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
  change('src/rules/message/group.ts', (text) => text.replace(/^ {2}maxForwards,\n/m, ''));
  change('src/rules/sdp/rtpmap.ts', (text) => text.replace(/^( +fix:).*$/m, "$1 '',"));
  rmSync(join(copy, 'test/rules/dialog/ack-missing.cases.ts'));
  rmSync(join(copy, 'docs/rules/nat/received-rport.md'));
  change('docs/rules/nat/no-keepalive.md', (text) => `${text}More.\n`);
  writeFileSync(join(copy, 'docs/rules/nat/gone.md'), '# nat/gone\n');
  const { stdout, stderr, status } = check(copy);
  expect({ stdout, status }).toEqual({ stdout: '', status: 1 });
  expect(stderr.trimEnd().split('\n').sort()).toEqual(
    [
      'message/max-forwards: is not in src/rules/message/group.ts under this id',
      'sdp/rtpmap: its meta has no fix',
      'dialog/ack-missing: has no cases, test/rules/dialog/ack-missing.cases.ts',
      'docs/rules/sdp/rtpmap.md: is not what the rule and its cases say now (npm run docs)',
      'docs/rules/nat/received-rport.md: is missing (npm run docs writes it)',
      'docs/rules/nat/no-keepalive.md: is not what the rule and its cases say now (npm run docs)',
      'docs/rules/README.md: is not what the rule and its cases say now (npm run docs)',
      'docs/rules/nat/gone.md: is the page of no rule (npm run docs removes it)',
      'docs/rules/message/max-forwards.md: is the page of no rule (npm run docs removes it)',
    ].sort(),
  );
});

function change(path: string, edit: (text: string) => string): void {
  const before = readFileSync(join(copy, path), 'utf8');
  const after = edit(before);
  expect(after, path).not.toBe(before);
  writeFileSync(join(copy, path), after);
}
