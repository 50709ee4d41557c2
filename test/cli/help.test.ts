// The examples in the help of every verb do what they say: each is run, with samples in the place of its files.
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { BIN, environment, ROOT, scratchFolder, sipspect } from './program.ts';

const VERBS = ['calls', 'ladder', 'show', 'messages', 'packets', 'stats', 'extract'];
const folder = scratchFolder();
const bin = join(folder, 'bin');

for (const [name, sample] of [
  ['trace.pcap', 'failed-calls/failed-calls.pcapng'],
  ['trace.pcapng', 'failed-calls/failed-calls.pcapng'],
  ['inside.pcap', 'hold-transfer/hold-transfer.pcap'],
  ['outside.pcap', 'cancelled-and-forked/cancelled.pcap'],
  ['morning.pcap.gz', 'proxied-call/tcp.pcap.gz'],
] as const)
  copyFileSync(join(ROOT, 'samples', sample), join(folder, name));
mkdirSync(bin);
program('sipspect', `exec '${process.execPath}' '${BIN}' "$@"`);
// A live interface that has seen the sample.
program('tcpdump', `exec cat ${join(folder, 'trace.pcap')}`);
// jq, as far as the examples use it.
program('jq', 'test "$1 $2" = "-r .callId" && sed \'s/.*"callId":"\\([^"]*\\)".*/\\1/\'');

function program(name: string, script: string): void {
  writeFileSync(join(bin, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
}

test.concurrent.for(['', ...VERBS])('sipspect %s --help has examples that work', async (verb) => {
  const { stdout, stderr, status } = await sipspect([...(verb === '' ? [] : [verb]), '--help']);
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  expect(stdout.split('\n').filter((line) => line.length > 100)).toEqual([]);
  const examples = [...stdout.matchAll(/^ {2}\$ (.*)$/gm)].map(([, command]) => command!);
  expect(examples.length).toBeGreaterThan(1);
  for (const example of examples) {
    const run = spawnSync('/bin/bash', ['-c', example], {
      cwd: folder,
      encoding: 'utf8',
      // Of a socket for its input, bash thinks that it is a login.
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...environment(), PATH: `${bin}:${process.env.PATH}` },
    });
    expect({ example, status: run.status }).toEqual({ example, status: 0 });
    expect(run.stderr).toMatch(
      /^(|sipspect: wrote \d+ packets of \d+ calls? to \S+\n|sipspect: no (call|message) was chosen: .*\n)$/,
    );
  }
});
