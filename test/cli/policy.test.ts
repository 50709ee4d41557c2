// `sipspect policy`: its verbs on the samples, whole outputs; UPDATE_GOLDEN=1 writes samples/policy/running-config.yaml and
// the golden files anew.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parsePolicy } from '../../src/policy/parse-policy.ts';
import { policySchema } from '../../src/policy/policy-schema.ts';
import { expectGolden } from './golden.ts';
import { BIN, environment, ROOT, scratchFolder, sipspect } from './program.ts';

const CONFIG = 'samples/policy/running-config.txt';
const GOLDEN = join(ROOT, 'samples/policy/running-config.yaml');
const folder = scratchFolder();

test('check: a line for each good file, every error of the others, and 2', async () => {
  expect(
    await sipspect(['policy', 'check', 'samples/policy/typical.yaml', 'samples/policy/registered.yaml']),
  ).toEqual({
    stdout: `samples/policy/typical.yaml: 2 adjacencies, 1 CAC entry
samples/policy/registered.yaml: 2 adjacencies, 1 CAC entry
`,
    stderr: '',
    status: 0,
  });
  const bad = join(folder, 'bad.yaml');
  writeFileSync(
    bad,
    'adjacencies:\n  - name: a\n    peer: [10.0.0.0/33]\ncac:\n  - caller-privacy: "\x1b[31m\u202e"\n',
  );
  expect(
    await sipspect(['policy', 'check', bad, 'no/such.yaml', 'samples', 'samples/policy/privacy.yaml']),
  ).toEqual({
    stdout: 'samples/policy/privacy.yaml: 2 adjacencies, 2 CAC entries\n',
    stderr: `sipspect: ${bad}:3:5: unknown key "peer" (did you mean peers?)
        peer: [10.0.0.0/33]
        ^~~~
sipspect: no/such.yaml: ENOENT: no such file or directory
sipspect: samples: EISDIR: illegal operation on a directory
`.replace(
      '        ^~~~\n',
      `        ^~~~
${bad}:5:21: expected never, account-boundary or always, not "␛[31m\\u{202e}"
      - caller-privacy: " [31m\\u{202e}"
                        ^~~~~~~~
`,
    ),
    status: 2,
  });
});

test('check and show read standard input', async () => {
  const stdin = Buffer.from('name: a\nadjacencies: [{name: b}]\n');
  expect(await sipspect(['policy', 'check', '-'], { stdin })).toEqual({
    stdout: 'standard input: 1 adjacency, 0 CAC entries\n',
    stderr: '',
    status: 0,
  });
  const { stdout } = await sipspect(['policy', 'show', '-'], { stdin });
  expect(parsePolicy(stdout, 'f')).toEqual(parsePolicy(stdin, 'f'));
  const wrong = Buffer.from([0x61, 0x3a, 0x20, 0xff]);
  expect(await sipspect(['policy', 'show', '-'], { stdin: wrong })).toEqual({
    stdout: '',
    stderr: `sipspect: standard input:1:4: the file is not UTF-8 text
    a: \ufffd
       ^
`,
    status: 2,
  });
});

test('a file without end is not read to its end', async () => {
  expect(await sipspect(['policy', 'check', '/dev/zero'])).toEqual({
    stdout: '',
    stderr: 'sipspect: /dev/zero: larger than 16 MiB\n',
    status: 2,
  });
});

test('show: every default, as YAML and as JSON', async () => {
  const text = await sipspect(['policy', 'show', 'samples/policy/registered.yaml']);
  await expectGolden('policy-show.txt', text.stdout);
  const file = readFileSync(join(ROOT, 'samples/policy/registered.yaml'));
  expect({ ...text, stdout: parsePolicy(text.stdout, 'f') }).toEqual({
    stdout: parsePolicy(file, 'f'),
    stderr: '',
    status: 0,
  });
  const json = await sipspect(['policy', 'show', '--json', 'samples/policy/registered.yaml']);
  expect(json.stdout.split('\n')).toHaveLength(2);
  const { v, ...shown } = JSON.parse(json.stdout);
  expect([v, parsePolicy(JSON.stringify(shown), 'f')]).toEqual([1, parsePolicy(file, 'f')]);
});

test('schema: the JSON Schema', async () => {
  const { stdout, stderr, status } = await sipspect(['policy', 'schema']);
  expect({ schema: JSON.parse(stdout), stderr, status }).toEqual({
    schema: policySchema(),
    stderr: '',
    status: 0,
  });
});

test('import: YAML on standard output, what was not understood on standard error', async () => {
  const { stdout, stderr, status } = await sipspect(['policy', 'import', CONFIG]);
  if (process.env.UPDATE_GOLDEN === '1') writeFileSync(GOLDEN, stdout);
  expect(stdout).toBe(readFileSync(GOLDEN, 'utf8'));
  await expectGolden('policy-import.txt', stderr);
  expect(status).toBe(0);
});

test('import -o writes a file; --strict minds what was not understood', async () => {
  const path = join(folder, 'sbc.yaml');
  const strict = await sipspect(['policy', 'import', '--strict', '-o', path, CONFIG]);
  expect({ ...strict, stderr: strict.stderr.split('\n').length > 10 }).toEqual({
    stdout: '',
    stderr: true,
    status: 2,
  });
  expect(readFileSync(path, 'utf8')).toBe(readFileSync(GOLDEN, 'utf8'));
  const stdin = Buffer.from('sbc s\n sbe\n  adjacency sip a\n   attach\n');
  expect(await sipspect(['policy', 'import', '--strict', '-'], { stdin })).toMatchObject({
    stderr: '',
    status: 0,
  });
});

test('import says what it cannot do', async () => {
  expect(await sipspect(['policy', 'import', 'samples/policy/typical.yaml'])).toEqual({
    stdout: '',
    stderr: 'sipspect: samples/policy/typical.yaml: no "sbc" section of a Cisco configuration was found\n',
    status: 2,
  });
  const one = (name: string): string => `  adjacency sip ${name}\n   signaling-address ipv4 10.0.0.1\n`;
  const stdin = Buffer.from(`sbc s\n sbe\n${one('a')}${one('b')}`);
  const { stdout, stderr, status } = await sipspect(['policy', 'import', '-'], { stdin });
  expect(stdout).toContain('- name: b\n    local: [10.0.0.1]\n');
  expect({ stderr, status }).toEqual({
    stderr: `sipspect: the imported policy needs mending:
the imported policy:17:13: 10.0.0.1 belongs to "a" too, and no peers tell them apart
        local: [10.0.0.1]
                ^~~~~~~~
`,
    status: 2,
  });
});

test.concurrent.for(['check', 'show', 'schema', 'import', ''])(
  'sipspect policy %s --help has examples that work',
  async (verb) => {
    const words = verb === '' ? [] : [verb];
    const { stdout, stderr, status } = await sipspect(['policy', ...words, '--help']);
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
    expect(stdout.split('\n').filter((line) => line.length > 100)).toEqual([]);
    const examples = [...stdout.matchAll(/^ {2}\$ (.*)$/gm)].map(([, command]) => command!);
    expect(examples.length).toBeGreaterThan(1);
    const here = join(folder, `help-${verb}`);
    mkdirSync(join(here, 'bin'), { recursive: true });
    symlinkSync(join(ROOT, 'samples'), join(here, 'samples'));
    const program = `#!/bin/sh\nexec '${process.execPath}' '${BIN}' "$@"\n`;
    writeFileSync(join(here, 'bin/sipspect'), program, { mode: 0o755 });
    writeFileSync(join(here, 'bin/jq'), '#!/bin/sh\ncat > /dev/null\n', { mode: 0o755 });
    for (const command of examples) {
      const ran = spawnSync('/bin/bash', ['-o', 'pipefail', '-c', command], {
        cwd: here,
        env: { ...environment(), PATH: `${join(here, 'bin')}:${process.env.PATH}` },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      expect({ command, status: ran.status }).toEqual({ command, status: 0 });
    }
  },
);

test('policy without a verb shows its verbs', async () => {
  const { stdout, stderr, status } = await sipspect(['policy']);
  expect({
    stdout,
    status,
    verbs: [...stderr.matchAll(/^ {2}(check|show|schema|import) /gm)].map(([, v]) => v),
  }).toEqual({
    stdout: '',
    status: 2,
    verbs: ['check', 'show', 'schema', 'import'],
  });
});
