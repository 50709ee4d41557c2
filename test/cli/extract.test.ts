// `extract` on real and built captures: which packets it takes, and that each is as it was, octet by octet.
import { execFileSync, spawnSync } from 'node:child_process';
import {
  copyFileSync,
  createReadStream,
  lstatSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CaptureSet } from '../../src/capture/capture-set.ts';
import { datagram, fragments, pcap, request, segments } from './captures.ts';
import { ROOT, scratchFolder, sipspect } from './program.ts';

const folder = scratchFolder();
const sample = (name: string): string => join(ROOT, 'samples', name);
const PLAIN = sample('plain-call/call.pcap');
const SOFTPHONE = sample('plain-call/softphone.pcapng');
const FAILED = sample('failed-calls/failed-calls.pcapng');
const MESSAGES = sample('messages/messages.pcap');
const TCP = sample('proxied-call/tcp.pcap.gz');

/** Runs `extract` and says what it wrote to standard error, without the name of the file. */
async function extract(to: string, ...args: string[]): Promise<{ path: string; said: string }> {
  const path = join(folder, to);
  const { stdout, stderr, status } = await sipspect(['extract', '-w', path, ...args]);
  expect({ stdout, status }).toEqual({ stdout: '', status: 0 });
  return { path, said: stderr.replace(` to ${path}\n`, '').replace('sipspect: ', '') };
}

/** Every packet of a capture: time, length on the wire, octets. */
async function packetsOf(...paths: string[]): Promise<string[]> {
  const packets: string[] = [];
  await new CaptureSet(paths, { onDiagnostic: ({ message }) => expect(message).toBe('') }).each((packet) => {
    const octets = packet.data.subarray(packet.start, packet.end).toString('hex');
    packets.push(`${packet.seconds}.${packet.nanoseconds} ${packet.originalLength} ${octets}`);
  });
  return packets;
}

test('a call with its media is the packets of the capture, in either format', async () => {
  const whole = await packetsOf(PLAIN);
  const pcapng = await extract('plain.pcapng', '--index', '1', PLAIN);
  const classic = await extract('plain.pcap', '--index', '1', PLAIN);
  expect([pcapng.said, classic.said]).toEqual(['wrote 48 packets of 1 call', 'wrote 48 packets of 1 call']);
  expect(await packetsOf(pcapng.path)).toEqual(whole);
  expect(readFileSync(classic.path)).toEqual(readFileSync(PLAIN));
});

test("RTCP's last packet comes after the call's last message", async () => {
  const { path, said } = await extract('softphone.pcapng', '--index', '1', SOFTPHONE);
  expect(said).toBe('wrote 69 packets of 1 call');
  expect(await packetsOf(path)).toEqual(await packetsOf(SOFTPHONE));
});

test('--no-media leaves the messages', async () => {
  const { path, said } = await extract('bare.pcap', '--no-media', PLAIN);
  expect(said).toBe('wrote 7 packets of 1 call');
  const [before, after] = await Promise.all([sipspect(['messages', PLAIN]), sipspect(['messages', path])]);
  const unnumbered = (text: string): string => text.replace(/^ +\d+/gm, '');
  expect(unnumbered(after.stdout)).toBe(unnumbered(before.stdout));
});

test('calls are chosen by number, Call-ID and filter, and by all of them together', async () => {
  const [byIndex, byId, byFilter, byAll] = await Promise.all([
    extract('2.pcapng', '--index', '2,4-5', FAILED),
    extract('3.pcapng', '--call-id', '1-45@127.0.0.10', '--call-id', '1-63@127.0.0.10', FAILED),
    extract('4.pcapng', '--filter', 'call.state == "busy"', FAILED),
    extract('5.pcapng', '--filter', 'sip.Status-Code >= 400', '--index', '1-3', FAILED),
  ]);
  const numbers = async ({ path }: { path: string }) =>
    (await sipspect(['calls', '--json', path])).stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).to)
      .sort();
  expect(await numbers(byIndex)).toEqual([
    'sip:busy@example.com',
    'sip:gone@example.com',
    'sip:moved@example.com',
  ]);
  expect(await numbers(byId)).toEqual(['sip:busy@example.com', 'sip:moved@example.com']);
  expect(await numbers(byFilter)).toEqual(['sip:busy@example.com']);
  expect(await numbers(byAll)).toEqual([
    'sip:busy@example.com',
    'sip:decline@example.com',
    'sip:nobody@example.com',
  ]);
});

test('a message in fragments, or in segments, is taken with all of them, and nothing else is', async () => {
  const long = request('INVITE', [`Subject: ${'long '.repeat(200)}`]);
  const noise = datagram(Buffer.from('nothing of the kind'), { sourcePort: 9, destinationPort: 9 });
  const [one, two, three] = fragments(long, 3);
  const stream = segments(long, 4);
  const cases = [
    { name: 'fragments', packets: [noise, three!, noise, one!, two!, noise], wanted: [1, 3, 4] },
    {
      name: 'segments',
      packets: [noise, ...stream.slice(0, 3), noise, ...stream.slice(3)],
      wanted: [2, 3, 5, 6],
    },
  ];
  for (const { name, packets, wanted } of cases) {
    const source = join(folder, `${name}.pcap`);
    writeFileSync(source, pcap(packets));
    const { path } = await extract(`${name}-out.pcap`, '--index', '1', source);
    const all = await packetsOf(source);
    expect(await packetsOf(path)).toEqual(wanted.map((index) => all[index]));
  }
});

test('from several inputs, in any order, the packets come merged by time', async () => {
  const inputs = [FAILED, MESSAGES, TCP];
  const all = await packetsOf(...inputs);
  const forth = await extract('set.pcapng', '--no-media', ...inputs);
  const back = await extract('set2.pcapng', '--no-media', ...[...inputs].reverse());
  const taken = await packetsOf(forth.path);
  expect(await packetsOf(back.path)).toEqual(taken);
  const listed = (await sipspect(['messages', '--json', ...inputs])).stdout.trimEnd().split('\n');
  const frames = new Set(listed.flatMap((line) => JSON.parse(line).frames as number[]));
  expect(taken).toEqual(all.filter((_, index) => frames.has(index + 1)));
});

test('to standard output', async () => {
  const { path } = await extract('whole.pcapng', '--index', '2', FAILED);
  const run = await sipspect(['extract', '-w', '-', '--index', '2', FAILED], { octets: true });
  expect(run).toEqual({
    stdout: readFileSync(path, 'latin1'),
    stderr: 'sipspect: wrote 9 packets of 1 call to -\n',
    status: 0,
  });
});

test('onto the very input', async () => {
  const path = join(folder, 'itself.pcapng');
  copyFileSync(FAILED, path);
  const apart = await extract('apart.pcapng', '--index', '2', FAILED);
  await extract('itself.pcapng', '--index', '2', path);
  expect(readFileSync(path)).toEqual(readFileSync(apart.path));
});

test('what cannot be written leaves nothing behind', async () => {
  const before = readdirSync(folder);
  const [folderMissing, isFolder] = await Promise.all([
    sipspect(['extract', '-w', join(folder, 'no/such/file.pcap'), PLAIN]),
    sipspect(['extract', '-w', folder, PLAIN]),
  ]);
  expect(folderMissing).toEqual({
    stdout: '',
    stderr: `sipspect: ${join(folder, 'no/such/file.pcap')}: ENOENT: no such file or directory\n`,
    status: 2,
  });
  expect(isFolder).toEqual({
    stdout: '',
    stderr: `sipspect: ${folder}: EISDIR: illegal operation on a directory\n`,
    status: 2,
  });
  expect(readdirSync(folder)).toEqual(before);
});

// Never tried on a device: a mistake here once replaced /dev/null by a file.
test('a pipe with a name takes the octets and stays; of a link, the file it points to is written', async () => {
  const { path } = await extract('target.pcapng', '--index', '2', FAILED);
  const wanted = readFileSync(path);
  const pipe = join(folder, 'pipe');
  execFileSync('mkfifo', [pipe]);
  const taken: Buffer[] = [];
  const reading = createReadStream(pipe).on('data', (chunk) => taken.push(Buffer.from(chunk)));
  const closed = new Promise((resolve) => reading.on('close', () => resolve(null)));
  await extract('pipe', '--index', '2', FAILED);
  await closed;
  expect(Buffer.concat(taken)).toEqual(wanted);
  expect(lstatSync(pipe).isFIFO()).toBe(true);

  const link = join(folder, 'link');
  symlinkSync(path, link);
  await extract('link', '--index', '1', FAILED);
  expect(lstatSync(link).isSymbolicLink()).toBe(true);
  expect(readFileSync(path)).toEqual(readFileSync((await extract('1.pcapng', '--index', '1', FAILED)).path));
});

const hasTshark = spawnSync('tshark', ['--version']).status === 0;

test.skipIf(!hasTshark && process.env.CI !== 'true')(
  'tshark reads what was written (skipped without tshark)',
  async () => {
    const inputs = [PLAIN, SOFTPHONE, FAILED, TCP];
    for (const name of ['tshark.pcapng', 'tshark.pcap']) {
      const { path, said } = await extract(name, ...inputs);
      const lines = execFileSync('tshark', ['-n', '-r', path, '-T', 'fields', '-e', 'frame.len'], {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      });
      const lengths = (await packetsOf(path)).map((packet) => packet.split(' ')[1]);
      expect(lines.trimEnd().split('\n')).toEqual(lengths);
      expect(said).toBe(`wrote ${lengths.length} packets of 8 calls`);
    }
  },
);
