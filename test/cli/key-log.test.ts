// A key log among the captures: every verb reads what it opens as if the secrets were inside of the capture.
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { done, ended, ROOT, refused, scratchFolder, sipspect, start } from './program.ts';

const SAMPLE = 'samples/tls-call';
const CAPTURE = `${SAMPLE}/call.pcap`;
const KEYS = `${SAMPLE}/keys.txt`;
const folder = scratchFolder();

test.concurrent.each([
  ['ladder', []],
  ['messages', ['--json']],
  ['packets', []],
])('%s', async (verb, options) => {
  const inside = await sipspect([verb, ...options, `${SAMPLE}/call.pcapng`]);
  expect(inside).toEqual(done(inside.stdout));
  expect(inside.stdout).not.toBe('');
  expect(await sipspect([verb, ...options, CAPTURE, KEYS])).toEqual(inside);
  expect(await sipspect([verb, ...options, KEYS, CAPTURE])).toEqual(inside);
});

test.concurrent('compressed, and for a capture on standard input', async () => {
  const { stdout } = await sipspect(['ladder', CAPTURE, KEYS]);
  const keys = join(folder, 'keys.gz');
  writeFileSync(keys, gzipSync(readFileSync(join(ROOT, KEYS))));
  const stdin = readFileSync(join(ROOT, CAPTURE));
  expect(await sipspect(['ladder', '-', keys], { stdin })).toEqual(done(stdout));
});

test.concurrent('without it nothing is seen of TLS, and coverage says so', async () => {
  const { stdout } = await sipspect(['audit', '--format', 'json', CAPTURE]);
  const { coverage } = JSON.parse(stdout);
  expect([coverage.messages, coverage.unread]).toEqual([
    6,
    [{ outcome: 'tls-no-keys', packets: 12, why: 'encrypted' }],
  ]);
});

test.concurrent('alone it is of no use', async () => {
  const message = 'sipspect: secrets are for the captures that they are given with: there are none\n';
  expect(await sipspect(['messages', KEYS])).toEqual(refused(message));
});

test.concurrent('an audit of each capture by itself has it for all', async () => {
  const captures = join(folder, 'captures');
  mkdirSync(captures);
  for (const name of ['one.pcap', 'two.pcap']) copyFileSync(join(ROOT, CAPTURE), join(captures, name));
  copyFileSync(join(ROOT, KEYS), join(captures, 'keys.txt'));
  const { stdout, stderr } = await sipspect(['audit', '--each', '--format', 'json', captures, KEYS]);
  const { sets, coverage } = JSON.parse(stdout);
  expect(stderr).toBe('');
  expect(coverage.messages).toBe(26);
  expect(sets.map((set: { captures: object[] }) => set.captures)).toEqual(
    ['one.pcap', 'two.pcap'].map((name) => [
      { path: join(captures, name), format: 'pcap', packets: 32, octets: 11_183, error: '' },
      { path: KEYS, format: 'key-log', packets: 0, octets: 938, error: '' },
    ]),
  );
});

test.concurrent('what is extracted of a call over TLS can be decrypted', async () => {
  const path = join(folder, 'extracted.pcap');
  expect(await sipspect(['extract', '-w', path, CAPTURE, KEYS])).toMatchObject({
    status: 0,
    stderr: `sipspect: wrote 32 packets of 1 call to ${path}\n`,
  });
  expect(await sipspect(['ladder', path, KEYS])).toEqual(await sipspect(['ladder', CAPTURE, KEYS]));
});

test.concurrent('the filter field tls', async () => {
  const inside = `${SAMPLE}/call.pcapng`;
  const frames = async (verb: string, filter: string): Promise<number[]> => {
    const { stdout } = await sipspect([verb, '--json', '--filter', filter, inside]);
    return stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).frame);
  };
  expect(await frames('messages', 'tls')).toEqual([11, 12, 16, 19, 21, 24, 28]);
  expect(await frames('packets', 'tls && packet.outcome == "tls"')).toEqual([4, 6, 8, 9, 29]);
});

test.concurrent('secrets that a pcapng has behind the packets they are for', async () => {
  const octets = readFileSync(join(ROOT, SAMPLE, 'call.pcapng'));
  const blocks: Buffer[] = [];
  for (let at = 0; at < octets.length; at += octets.readUInt32LE(at + 4))
    blocks.push(octets.subarray(at, at + octets.readUInt32LE(at + 4)));
  const isSecrets = (block: Buffer): boolean => block.readUInt32LE(0) === 10;
  const path = join(folder, 'behind.pcapng');
  const behind = [...blocks.filter((block) => !isSecrets(block)), ...blocks.filter(isSecrets)];
  writeFileSync(path, Buffer.concat(behind));
  const inside = await sipspect(['messages', '--json', `${SAMPLE}/call.pcapng`]);
  expect(inside.stdout).not.toBe('');
  expect(await sipspect(['messages', '--json', path])).toEqual(inside);
  expect(await sipspect(['messages', '--json', '--parallel', path])).toEqual(inside);
});

test.concurrent.each([
  ['empty', ''],
  ['of other connections', `CLIENT_RANDOM ${'ab'.repeat(32)} ${'cd'.repeat(48)}\n`],
])('a key log, at first %s, that is written while packets are captured', async (name, before) => {
  const capture = readFileSync(join(ROOT, CAPTURE));
  const keys = readFileSync(join(ROOT, KEYS), 'utf8');
  const path = join(folder, `grows-${name.length}.txt`);
  writeFileSync(path, before);
  const child = start(['messages', '--json', '-', path]);
  const outcome = ended(child);
  const step = async (write: () => void): Promise<void> => {
    write();
    await new Promise((resolve) => setTimeout(resolve, 400));
  };
  // The handshake, what is protected of it too, is read before there is a secret of it.
  const ends = recordEnds(capture);
  await step(() => child.stdin!.write(capture.subarray(0, ends[8])));
  await step(() => writeFileSync(path, before + keys.slice(0, 300)));
  await step(() => child.stdin!.write(capture.subarray(ends[8], ends[10])));
  await step(() => writeFileSync(path, before + keys));
  child.stdin!.end(capture.subarray(ends[10]));
  const { stdout, status } = await outcome;
  const inside = await sipspect(['messages', '--json', `${SAMPLE}/call.pcapng`]);
  expect([status, framesOf(stdout)]).toEqual([0, framesOf(inside.stdout)]);
});

/** Where each packet of a classic capture ends, from the first on. */
function recordEnds(capture: Buffer): number[] {
  const ends: number[] = [];
  for (let at = 24; at < capture.length; ends.push(at)) at += 16 + capture.readUInt32LE(at + 8);
  return ends;
}

function framesOf(stdout: string): number[] {
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line).frame)
    .sort((a, b) => a - b);
}
