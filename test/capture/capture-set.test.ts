// Files, pipes, compression, several captures as one set.
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import * as zlib from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CaptureSet } from '../../src/capture/capture-set.ts';
import type { Diagnostic } from '../../src/capture/diagnostic.ts';
import { enhanced, iface, LE, option, pcapHeader, pcapRecord, section } from './build.ts';
import { describe, type ReadPacket } from './read.ts';

const DATA = Buffer.from('0102030405', 'hex');
let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sipspect-set-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, octets: Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, octets);
  return path;
}

interface Seen extends ReadPacket {
  readonly frame: number;
  readonly source: number;
}

async function readSet(
  paths: readonly string[],
): Promise<{ seen: Seen[]; diagnostics: Diagnostic[]; set: CaptureSet }> {
  const diagnostics: Diagnostic[] = [];
  const set = new CaptureSet(paths, { onDiagnostic: (diagnostic) => diagnostics.push(diagnostic) });
  const seen: Seen[] = [];
  await set.each((packet) => {
    seen.push({ ...describe(packet), frame: packet.frame, source: packet.source });
  });
  return { seen, diagnostics, set };
}

/** Classic pcap with one packet for each time, which is its only octet too. */
function atTimes(times: readonly number[]): Buffer {
  return Buffer.concat([
    pcapHeader(),
    ...times.map((seconds) => pcapRecord(Buffer.of(seconds & 0xff), { seconds })),
  ]);
}

/** Long enough for several pieces of compressed octets, and not easy to compress. */
function longCapture(): Buffer {
  let state = 1;
  const records = Array.from({ length: 3000 }, (_, index) => {
    const data = Buffer.alloc(200);
    for (let i = 0; i < data.length; i++) {
      state = (Math.imul(state, 1103515245) + 12345) >>> 0;
      data[i] = state >>> 24;
    }
    return pcapRecord(data, { seconds: index });
  });
  return Buffer.concat([pcapHeader(), ...records]);
}

test('one file: packets, and what is known of it', async () => {
  const octets = atTimes([5, 3]);
  const path = file('one', octets);
  const { seen, diagnostics, set } = await readSet([path]);
  expect({ seen, diagnostics, inputs: set.inputs }).toEqual({
    seen: [
      { time: '5.000000000', data: '05', originalLength: 1, linkType: 1, offset: 24, frame: 1, source: 0 },
      { time: '3.000000000', data: '03', originalLength: 1, linkType: 1, offset: 41, frame: 2, source: 0 },
    ],
    diagnostics: [],
    inputs: [
      {
        path,
        format: 'pcap',
        compression: 'none',
        bytes: octets.length,
        size: octets.length,
        packets: 2,
      },
    ],
  });
});

test('several files are merged by time, in whatever order they are named', async () => {
  const times = fc.array(fc.nat(20), { maxLength: 12 }).map((list) => list.sort((a, b) => a - b));
  await fc.assert(
    fc.asyncProperty(fc.array(times, { minLength: 2, maxLength: 6 }), fc.nat(5), async (lists, turn) => {
      const paths = lists.map((list, index) => file(`merge-${index}`, atTimes(list)));
      const turned = paths.map((_, index) => paths[(index + turn) % paths.length]!);
      const { seen, set } = await readSet(paths);
      const other = await readSet(turned);
      const all = lists.flat().sort((a, b) => a - b);
      expect(seen.map(({ time, frame }) => [Number(time), frame])).toEqual(
        all.map((time, i) => [time, i + 1]),
      );
      expect(other.seen.map(({ time, source }) => [time, turned[source]])).toEqual(
        seen.map(({ time, source }) => [time, paths[source]]),
      );
      expect(set.inputs.map(({ packets }) => packets)).toEqual(lists.map((list) => list.length));
    }),
    { numRuns: 40 },
  );
});

test('files larger than a block give the same packets alone and merged', async () => {
  const octets = Buffer.concat([
    pcapHeader(),
    ...Array.from({ length: 200 }, (_, i) => pcapRecord(Buffer.alloc(65_000 + i, i), { seconds: i })),
  ]);
  const path = file('long', octets);
  const alone = await readSet([path]);
  const merged = await readSet([file('nothing', atTimes([])), path]);
  expect(alone.seen.length).toBe(200);
  expect(merged.seen.map(({ source, ...packet }) => packet)).toEqual(
    alone.seen.map(({ source, ...packet }) => packet),
  );
  expect(alone.seen.map(({ data }) => data.length / 2)).toEqual(
    Array.from({ length: 200 }, (_, i) => 65_000 + i),
  );
});

test('a missing or unreadable file among several: said, and the rest goes on', async () => {
  const missing = join(folder, 'missing');
  const text = file('text', Buffer.from('no capture at all'));
  const empty = file('empty', Buffer.alloc(0));
  const directory = join(folder, 'directory');
  mkdirSync(directory);
  const good = file('good', atTimes([1]));
  const { seen, diagnostics, set } = await readSet([missing, text, good, empty, directory]);
  expect(seen.length).toBe(1);
  expect(diagnostics.map(({ code, severity, message }) => [code, severity, message])).toEqual([
    [
      'capture/unreadable',
      'error',
      `${missing}: cannot be read: ENOENT: no such file or directory, open '${missing}'`,
    ],
    ['capture/not-a-capture', 'error', `${text}: not a capture: it begins like neither pcap nor pcapng`],
    ['capture/empty', 'warning', `${empty}: empty: no octets`],
    ['capture/unreadable', 'error', `${directory}: cannot be read: EISDIR: it is a directory`],
  ]);
  expect(set.inputs.map(({ error }) => error !== undefined)).toEqual([true, true, false, false, true]);
});

test.each([
  ['gzip', zlib.gzipSync],
  ['zstd', zlib.zstdCompressSync],
] as const)('%s, recognised by content', async (compression, compress) => {
  const octets = longCapture();
  const path = file('compressed.txt', compress(octets));
  const plain = await readSet([file('plain.gz', octets)]);
  const { seen, diagnostics, set } = await readSet([path]);
  expect(diagnostics).toEqual([]);
  expect(set.inputs[0]!.compression).toBe(compression);
  expect(seen).toEqual(plain.seen);
});

test.each([
  ['gzip', zlib.gzipSync],
  ['zstd', zlib.zstdCompressSync],
] as const)('%s, several streams behind one another', async (_, compress) => {
  const octets = longCapture();
  const parts = [octets.subarray(0, 1000), octets.subarray(1000, 300_000), octets.subarray(300_000)];
  const path = file('parts', Buffer.concat(parts.map((part) => compress(part))));
  const { seen, diagnostics } = await readSet([path]);
  expect({ count: seen.length, diagnostics }).toEqual({ count: 3000, diagnostics: [] });
});

test.each([
  ['gzip', zlib.gzipSync, 1400],
  ['zstd', zlib.zstdCompressSync, 1200],
] as const)('%s that breaks off gives what could be decompressed', async (compression, compress, least) => {
  const whole = compress(longCapture());
  const path = file('broken', whole.subarray(0, whole.length >> 1));
  const { seen, diagnostics } = await readSet([path]);
  const octets = diagnostics[0]!.at!;
  expect(seen.length).toBeGreaterThan(least);
  expect(diagnostics.map(({ code, message }) => [code, message])).toEqual([
    [
      'capture/truncated-compression',
      `${path}: the ${compression} stream is cut short: ${octets} octets could be decompressed`,
    ],
    ['pcap/truncated-record', expect.any(String)],
  ]);
});

test('gzip with a wrong checksum gives nearly all, and is said', async () => {
  const whole = Buffer.from(zlib.gzipSync(longCapture()));
  whole[whole.length - 8]! ^= 0xff;
  const { seen, diagnostics } = await readSet([file('damaged', whole)]);
  expect(seen.length).toBeGreaterThan(2900);
  expect(diagnostics.map(({ code }) => code)).toEqual([
    'capture/damaged-compression',
    expect.stringMatching(/^pcap.truncated-record$/),
  ]);
});

test('zstd with a skippable frame at its beginning', async () => {
  const skippable = Buffer.concat([LE.u32(0x184d2a57, 5), DATA]);
  const path = file('skippable', Buffer.concat([skippable, zlib.zstdCompressSync(atTimes([1, 2]))]));
  const { seen, diagnostics } = await readSet([path]);
  expect({ count: seen.length, diagnostics }).toEqual({ count: 2, diagnostics: [] });
});

test('a gzip bomb is read piece by piece', async () => {
  const bomb = zlib.gzipSync(Buffer.concat([pcapHeader(), Buffer.alloc(64 * 1024 * 1024)]));
  const before = process.memoryUsage().rss;
  const { set } = await readSetCounting([file('bomb', bomb)]);
  expect(set.packets).toBe(4 * 1024 * 1024);
  expect(process.memoryUsage().rss - before).toBeLessThan(200e6);
});

test('a Node without zstd says which Node has it', () => {
  const path = file('for-newer-node', zlib.zstdCompressSync(atTimes([1])));
  const script = `
    import zlib from 'node:zlib';
    import { syncBuiltinESMExports } from 'node:module';
    delete zlib.createZstdDecompress;
    zlib.createZstdDecompress = undefined;
    syncBuiltinESMExports();
    const { CaptureSet } = await import(${JSON.stringify(resolve('src/capture/capture-set.ts'))});
    const set = new CaptureSet([${JSON.stringify(path)}], { onDiagnostic: (d) => console.log(d.code, d.message) });
    await set.each(() => {});
    console.log(set.inputs[0].error);
  `;
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
  const reason = `cannot be read: it is compressed with zstd, which needs Node 22.15 or later (this is ${process.version})`;
  expect(stdout).toBe(`capture/unreadable ${path}: ${reason}\n${reason}\n`);
});

test('very many files at once share their memory', async () => {
  const octets = atTimes(Array.from({ length: 50 }, (_, index) => index));
  const paths = Array.from({ length: 300 }, (_, index) => file(`many-${index}`, octets));
  const { seen, diagnostics } = await readSet(paths);
  const times = seen.map(({ time }) => Number(time));
  expect({ count: seen.length, diagnostics }).toEqual({ count: 15_000, diagnostics: [] });
  expect(times).toEqual(times.toSorted((one, other) => one - other));
});

test('names, comments, secrets of all captures; one can be read twice', async () => {
  const octets = Buffer.concat([section(LE, [option(1, 'hello')]), iface(), enhanced(DATA)]);
  const { set } = await readSet([file('a', octets), file('b', octets)]);
  expect(set.comments).toEqual([
    { on: 'section', offset: 0, text: 'hello', source: 0 },
    { on: 'section', offset: 0, text: 'hello', source: 1 },
  ]);
  let again = 0;
  await set.each(() => again++);
  expect([again, set.inputs.map(({ packets }) => packets)]).toEqual([2, [1, 1]]);
});

test.each(['none', 'gzip', 'zstd'])(
  'a packet read again at its offset, compression %s',
  async (compression) => {
    const octets = Buffer.concat([
      section(),
      iface(LE, { link: 113, list: [option(9, Buffer.of(9))] }),
      ...Array.from({ length: 5000 }, (_, i) =>
        enhanced(Buffer.alloc(40, i), { time: BigInt(i) * 7_000_000_001n }),
      ),
    ]);
    const compress = { none: (same: Buffer) => same, gzip: zlib.gzipSync, zstd: zlib.zstdCompressSync }[
      compression
    ]!;
    const { seen, set } = await readSet([file('again', compress(octets))]);
    for (const { frame, source, ...expected } of [seen[0]!, seen[2500]!, seen[4999]!]) {
      const packet = await set.readPacketAt(0, expected.offset);
      expect(packet && describe(packet)).toEqual(expected);
    }
    expect(await set.readPacketAt(0, 10_000_000)).toBe(undefined);
    expect(await set.readPacketAt(7, 0)).toBe(undefined);
  },
);

const READ_STANDARD_INPUT = `
  import { CaptureSet } from ${JSON.stringify(resolve('src/capture/capture-set.ts'))};
  const set = new CaptureSet(['-'], { onDiagnostic: (d) => console.log(d.code) });
  await set.each((packet) => console.log(packet.frame, packet.seconds));
`;

test('standard input is handed on while it grows', async () => {
  const child = spawn(process.execPath, ['--input-type=module', '-e', READ_STANDARD_INPUT]);
  const exit = new Promise<number | null>((done) => child.on('exit', done));
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  const until = async (expected: string): Promise<void> => {
    for (let i = 0; i < 500 && output !== expected; i++) await new Promise((done) => setTimeout(done, 10));
    expect(output).toBe(expected);
  };
  const octets = atTimes([7, 8]);
  child.stdin.write(octets.subarray(0, 2));
  child.stdin.write(octets.subarray(2, 41));
  await until('1 7\n');
  child.stdin.write(octets.subarray(41, 50));
  child.stdin.write(octets.subarray(50));
  await until('1 7\n2 8\n');
  child.stdin.end(octets.subarray(24, 30));
  await until('1 7\n2 8\npcap/truncated-record\n');
  expect(await exit).toBe(0);
});

test('compressed standard input', () => {
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', READ_STANDARD_INPUT], {
    input: zlib.gzipSync(atTimes([7, 8])),
    encoding: 'utf8',
  });
  expect(stdout).toBe('1 7\n2 8\n');
});

async function readSetCounting(paths: readonly string[]): Promise<{ set: CaptureSet }> {
  const set = new CaptureSet(paths, { onDiagnostic: () => {} });
  await set.each(() => {});
  return { set };
}
