// Inputs that are damaged, or no captures at all: what can be read is given, one line says what is wrong, and the status
// is 2 where nothing could be read or --strict was asked for.
import { execFileSync, spawn } from 'node:child_process';
import { closeSync, constants, createWriteStream, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { BIN, done, type Outcome, ROOT, refused, scratchFolder, sipspect } from './program.ts';

const SAMPLE = 'samples/registration/registration.pcap';
const folder = scratchFolder();
const whole = readFileSync(join(ROOT, SAMPLE));

/** A file with these octets; its path. */
function file(name: string, octets: Buffer | string): string {
  const path = join(folder, name);
  writeFileSync(path, octets);
  return path;
}

test('a capture whose last record is cut gives all before it, and a warning; with --strict 2', async () => {
  const cut = file('cut.pcap', whole.subarray(0, -10));
  const warning = `sipspect: warning: ${cut}: the record at byte 5006 is cut short by the end of the file: 300 of 310 octets are there [pcap/truncated-record]\n`;
  const [all, plain, strict, unharmed] = await Promise.all([
    sipspect(['messages', SAMPLE]),
    sipspect(['messages', cut]),
    sipspect(['messages', '--strict', cut]),
    sipspect(['messages', '--strict', SAMPLE]),
  ]);
  const lines = all.stdout.split(/(?<=\n)/);
  expect(lines.length).toBe(12);
  // The record is there in part, and so is its message.
  expect(plain).toEqual<Outcome>({ stdout: plain.stdout, stderr: warning, status: 0 });
  expect(lines.slice(0, 11).join('')).toBe(
    plain.stdout
      .split(/(?<=\n)/)
      .slice(0, 11)
      .join(''),
  );
  expect(strict).toEqual<Outcome>({ ...plain, status: 2 });
  expect(unharmed).toEqual(done(all.stdout));
});

test('a gzip stream that is cut gives what could be decompressed', async () => {
  const cut = file('cut.pcap.gz', gzipSync(whole).subarray(0, 600));
  const run = await sipspect(['stats', '--json', cut]);
  const { packets, inputs } = JSON.parse(run.stdout);
  expect(run.status).toBe(0);
  expect(packets).toBeGreaterThan(0);
  expect(inputs).toEqual([{ path: cut, format: 'pcap', packets, bytes: 600 }]);
  expect(run.stderr).toMatch(
    /^sipspect: warning: .*: the gzip stream is cut short: \d+ octets could be decompressed /,
  );
});

test.concurrent.for<readonly [what: string, path: () => string, reason: string]>([
  [
    'text',
    () => file('text', 'This is no capture.\n'.repeat(9)),
    'not a capture: it begins like neither pcap nor pcapng',
  ],
  [
    'half a header',
    () => file('head', whole.subarray(0, 20)),
    'not a capture: 20 octets are too few for one',
  ],
  ['a directory', () => folder, 'cannot be read: EISDIR: it is a directory'],
  ['a name too long', () => 'a'.repeat(300), 'cannot be read: ENAMETOOLONG: name too long'],
  ['a file as a folder', () => `${SAMPLE}/x`, 'cannot be read: ENOTDIR: not a directory'],
  ['nothing', () => join(folder, 'missing'), 'cannot be read: ENOENT: no such file or directory'],
])('%s is no capture', async ([, path, reason]) => {
  const input = path();
  const stderr = `sipspect: ${input}: ${reason}\nsipspect: no capture could be read\n`;
  expect(await sipspect(['calls', '--json', input])).toEqual(refused(stderr));
});

test('empty inputs are captures without packets', async () => {
  const empty = file('empty', '');
  const warning = (path: string) => `sipspect: warning: ${path}: empty: no octets [capture/empty]\n`;
  const [regular, device, input, strict] = await Promise.all([
    sipspect(['calls', '--json', empty]),
    sipspect(['calls', '--json', '/dev/null']),
    sipspect(['calls', '--json', '-']),
    sipspect(['calls', '--json', '--strict', empty]),
  ]);
  expect(regular).toEqual<Outcome>({ stdout: '', stderr: warning(empty), status: 0 });
  expect(device).toEqual<Outcome>({ stdout: '', stderr: warning('/dev/null'), status: 0 });
  expect(input).toEqual<Outcome>({ stdout: '', stderr: warning('-'), status: 0 });
  expect(strict).toEqual<Outcome>({ stdout: '', stderr: warning(empty), status: 2 });
});

test('one that cannot be read does not keep the others from being read', async () => {
  const text = file('other.txt', 'no capture, clearly not one');
  const stderr = `sipspect: ${text}: not a capture: it begins like neither pcap nor pcapng\n`;
  const [alone, among, strict, none] = await Promise.all([
    sipspect(['calls', SAMPLE]),
    sipspect(['calls', text, SAMPLE]),
    sipspect(['calls', '--strict', text, SAMPLE]),
    sipspect(['calls', text, join(folder, 'missing')]),
  ]);
  expect(among).toEqual<Outcome>({ stdout: alone.stdout, stderr, status: 0 });
  expect(strict).toEqual<Outcome>({ stdout: alone.stdout, stderr, status: 2 });
  expect(none).toEqual(
    refused(
      `${stderr}sipspect: ${join(folder, 'missing')}: cannot be read: ENOENT: no such file or directory\nsipspect: no capture could be read\n`,
    ),
  );
});

test('standard input is read once', async () => {
  expect(await sipspect(['calls', '-', '-'])).toEqual(
    refused('sipspect: standard input (-) can be read only once\n'),
  );
});

test('a pipe with a name is read to its end', async () => {
  const pipe = join(folder, 'pipe');
  execFileSync('mkfifo', [pipe]);
  const writer = createWriteStream(pipe);
  writer.end(whole);
  const [table, read] = await Promise.all([sipspect(['calls', SAMPLE]), sipspect(['calls', pipe])]);
  // Where nobody read the pipe, its writer still waits.
  closeSync(openSync(pipe, constants.O_RDONLY | constants.O_NONBLOCK));
  expect(read).toEqual(done(table.stdout));
});

test('a standard output that is full is said', async () => {
  const stderr = 'sipspect: standard output: ENOSPC: no space left on device\n';
  const child = spawn(process.execPath, [BIN, 'calls', SAMPLE], {
    cwd: ROOT,
    stdio: ['ignore', openSync('/dev/full', 'w'), 'pipe'],
  });
  let said = '';
  child.stderr!.on('data', (chunk) => {
    said += chunk;
  });
  const status = await new Promise((resolve) => child.on('close', resolve));
  expect({ said, status }).toEqual({ said: stderr, status: 2 });
});

test.each(['table', 'json', 'csv'])(
  'a report as %s to a file that takes no more is an error',
  async (format) => {
    const outcome = await sipspect(['audit', '--format', `${format}=/dev/full`, SAMPLE]);
    expect([outcome.stderr, outcome.status]).toEqual([
      'sipspect: /dev/full: ENOSPC: no space left on device\n',
      2,
    ]);
  },
);

test.each([
  ['help', ['--help'], 0],
  ['help of a verb', ['help', 'calls'], 0],
  ['calls', ['calls', SAMPLE], 0],
  ['an error', ['nonsense'], 2],
])('nobody reads what it says: %s', async (_, args, expected) => {
  const child = spawn(process.execPath, [BIN, ...args], { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout.destroy();
  child.stderr.destroy();
  // The stack of an error that nobody caught would end it with another status.
  expect(await new Promise((resolve) => child.on('exit', resolve))).toBe(expected);
});
