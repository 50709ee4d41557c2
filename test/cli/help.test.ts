// The examples in the help of every verb and in the README do what they say: each is run, with samples in the place of
// files, and stand-ins for programs that need a network. UPDATE_GOLDEN=1 draws the README's picture anew.
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { BIN, environment, ROOT, scratchFolder, sipspect } from './program.ts';

const VERBS = [
  'calls',
  'ladder',
  'show',
  'messages',
  'packets',
  'stats',
  'audit',
  'rules',
  'explain',
  'legs',
  'replay',
  'extract',
  'anonymize',
  'diff',
];
const folder = scratchFolder();
const bin = join(folder, 'bin');

for (const [name, sample] of [
  ['trace.pcap', 'failed-calls/failed-calls.pcapng'],
  ['trace.pcapng', 'failed-calls/failed-calls.pcapng'],
  ['inside.pcap', 'hold-transfer/hold-transfer.pcap'],
  ['outside.pcap', 'cancelled-and-forked/cancelled.pcap'],
  ['mirrored.pcap', 'hep-mirror/hep.pcap'],
  ['morning.pcap.gz', 'proxied-call/tcp.pcap.gz'],
  ['monday.pcap', 'proxied-call/udp.pcapng'],
  ['tuesday.pcap', 'proxied-call/tcp.pcap.gz'],
] as const)
  copyFileSync(join(ROOT, 'samples', sample), join(folder, name));
symlinkSync(join(ROOT, 'samples'), join(folder, 'samples'));
writeFileSync(
  join(folder, 'my-rule.mjs'),
  "export default { meta: { id: 'my/rule', severity: 'info', scope: 'call', summary: 'It holds.', messages: { no: 'it does not' } }, create: () => ({}) };",
);
mkdirSync(bin);
program('sipspect', `exec '${process.execPath}' '${BIN}' "$@"`);
program('npx', 'exec "$@"');
program('npm', 'test "$1" = ci');
// A live interface that has seen the sample; what they say when they begin is for who asks for an interface alone.
const seen = `exec cat ${join(folder, 'trace.pcap')}`;
program('tcpdump', `test "$*" = '-i any -U -s 0 -w -' && echo 'listening on any' >&2; ${seen}`);
program('dumpcap', `echo 'File: -' >&2; ${seen}`);
// jq, as far as the examples use it.
program('jq', `test "$1" = -r && sed "s/.*\\"\${2#.}\\":\\"\\([^\\"]*\\)\\".*/\\1/"`);

test('the commands of the README work, and it shows what they print', () => {
  const path = join(ROOT, 'README.md');
  const readme = readFileSync(path, 'utf8');
  // Those of a language, such as js, are not commands.
  const blocks = [...readme.matchAll(/^```(\w*)\n(.*?)^```$/gms)].flatMap(([, language, block]) =>
    language === '' ? [block!] : [],
  );
  const lines = blocks.flatMap((block) => block.split('\n').filter((line) => /\bnpx sipspect\b/.test(line)));
  expect(lines.length).toBeGreaterThan(4);
  const outputs = new Map(lines.map((line) => [line, run(line.replace(/^\$ /, ''))]));
  const ladder = lines.find((line) => line.includes('sipspect ladder'))!;
  const shown = blocks.map((block, index) => {
    if (index === 0) return `${outputs.get(ladder)!.trimEnd()}\n`;
    const [first = ''] = block.split('\n');
    return first.startsWith('$ ') ? `${first}\n${outputs.get(first)!}` : block;
  });
  if (process.env.UPDATE_GOLDEN === '1') {
    let text = readme;
    for (const [index, block] of blocks.entries()) text = text.replace(block, () => shown[index]!);
    writeFileSync(path, text);
  } else expect(blocks).toEqual(shown);
});

/** What the command prints; it may say on standard error what it wrote, or that nothing was chosen. */
function run(command: string): string {
  const { stdout, stderr, status } = spawnSync('/bin/bash', ['-c', command], {
    cwd: folder,
    encoding: 'utf8',
    // Of a socket for its input, bash thinks that it is a login.
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...environment(), PATH: `${bin}:${process.env.PATH}` },
  });
  // An audit that finds what is wrong says so with 1, and so does a diff of what differs.
  const found = /\bsipspect (audit|diff)\b/.test(command) && status === 1;
  expect({ command, status }).toEqual({ command, status: found ? 1 : 0 });
  expect(stderr).toMatch(
    /^(sipspect: wrote \d+ packets(; .+| of \d+ calls?) to \S+\n|sipspect: no (call|message) was chosen: .*\n)*$/,
  );
  return stdout;
}

function program(name: string, script: string): void {
  writeFileSync(join(bin, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
}

test.concurrent.for(['', ...VERBS])('sipspect %s --help has examples that work', async (verb) => {
  const { stdout, stderr, status } = await sipspect([...(verb === '' ? [] : [verb]), '--help']);
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  expect(stdout.split('\n').filter((line) => line.length > 100)).toEqual([]);
  const examples = [...stdout.matchAll(/^ {2}\$ (.*)$/gm)].map(([, command]) => command!);
  expect(examples.length).toBeGreaterThan(1);
  for (const example of examples) run(example);
});
