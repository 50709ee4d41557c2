// Walks a synthetic capture, as classic pcap, as pcapng and as two files merged, with a sink that only adds up lengths;
// prints MB/s, and the ratio against the pcap-parser package in the same run.
// Usage: node test/bench/capture.bench.mjs [megabytes]
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CaptureSet } from '../../src/capture/capture-set.ts';

const MEGABYTES = Number(process.argv[2] ?? 256);
const RUNS = 5;
// RTP as it is sent in 20 ms packets, with a SIP message now and then.
const LENGTHS = [214, 214, 214, 214, 214, 214, 214, 74, 214, 614];

const folder = mkdtempSync(join(tmpdir(), 'sipspect-bench-'));
try {
  const files = {
    pcap: write('all.pcap', [fileHeader()], record, 0),
    pcapng: write('all.pcapng', [sectionHeader(), interfaceDescription()], enhancedPacket, 0),
    even: write('even.pcap', [fileHeader()], record, 0, 2),
    odd: write('odd.pcap', [fileHeader()], record, 1, 2),
  };
  const pcap = await best(() => walk([files.pcap.path]), files.pcap);
  const pcapng = await best(() => walk([files.pcapng.path]), files.pcapng);
  const both = {
    bytes: files.odd.bytes + files.even.bytes,
    octets: files.odd.octets + files.even.octets,
  };
  const merged = await best(() => walk([files.odd.path, files.even.path]), both);
  const oracle = await best(() => walkWithPcapParser(files.pcap.path), files.pcap, 1);
  for (const [name, speed] of Object.entries({ pcap, pcapng, merged, 'pcap-parser': oracle })) {
    const ratio = (speed / oracle).toFixed(1);
    console.log(
      `${name.padEnd(12)} ${speed.toFixed(0).padStart(6)} MB/s  ${ratio.padStart(5)} × pcap-parser`,
    );
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** MB/s of the fastest run; every run must have seen every octet of the packets. */
async function best(run, { bytes, octets }, runs = RUNS) {
  let fastest = Infinity;
  for (let i = 0; i < runs; i++) {
    const begin = process.hrtime.bigint();
    const seen = await run();
    if (seen !== octets) throw new Error(`saw ${seen} octets of ${octets}`);
    fastest = Math.min(fastest, Number(process.hrtime.bigint() - begin));
  }
  return bytes / 1e6 / (fastest / 1e9);
}

async function walk(paths) {
  const set = new CaptureSet(paths, { onDiagnostic: (diagnostic) => console.error(diagnostic) });
  let octets = 0;
  await set.each((packet) => {
    octets += packet.end - packet.start;
  });
  return octets;
}

function walkWithPcapParser(path) {
  const { parse } = createRequire(import.meta.url)('pcap-parser');
  return new Promise((resolve, reject) => {
    let octets = 0;
    const parser = parse(path);
    parser.on('packet', (packet) => {
      octets += packet.data.length;
    });
    parser.on('error', reject);
    parser.on('end', () => resolve(octets));
  });
}

/** Every `step`-th packet of the capture, beginning with `first`. */
function write(name, start, packetOf, first, step = 1) {
  const path = join(folder, name);
  const file = openSync(path, 'w');
  let bytes = 0;
  let seen = 0;
  let block = [...start];
  for (let i = first, size = 0; bytes + size < (MEGABYTES * 1e6) / step; i += step) {
    const length = LENGTHS[i % LENGTHS.length];
    const octets = packetOf(i, length);
    block.push(octets);
    seen += length;
    size += octets.length;
    if (size > 1e6) {
      const whole = Buffer.concat(block);
      writeSync(file, whole);
      bytes += whole.length;
      block = [];
      size = 0;
    }
  }
  const rest = Buffer.concat(block);
  writeSync(file, rest);
  closeSync(file);
  return { path, bytes: bytes + rest.length, octets: seen };
}

function fileHeader() {
  const header = Buffer.alloc(24);
  header.writeUInt32LE(0xa1b2c3d4, 0);
  header.writeUInt16LE(2, 4);
  header.writeUInt16LE(4, 6);
  header.writeUInt32LE(262144, 16);
  header.writeUInt32LE(1, 20);
  return header;
}

function record(i, length) {
  const octets = Buffer.alloc(16 + length, i);
  octets.writeUInt32LE(1_700_000_000 + Math.floor(i / 10_000), 0);
  octets.writeUInt32LE((i % 10_000) * 100, 4);
  octets.writeUInt32LE(length, 8);
  octets.writeUInt32LE(length, 12);
  return octets;
}

function sectionHeader() {
  const block = Buffer.alloc(28);
  block.writeUInt32LE(0x0a0d0d0a, 0);
  block.writeUInt32LE(28, 4);
  block.writeUInt32LE(0x1a2b3c4d, 8);
  block.writeUInt16LE(1, 12);
  block.writeBigInt64LE(-1n, 16);
  block.writeUInt32LE(28, 24);
  return block;
}

/** Ethernet, with time stamps in nanoseconds as dumpcap writes them. */
function interfaceDescription() {
  const block = Buffer.alloc(32);
  block.writeUInt32LE(1, 0);
  block.writeUInt32LE(32, 4);
  block.writeUInt16LE(1, 8);
  block.writeUInt16LE(9, 16);
  block.writeUInt16LE(1, 18);
  block[20] = 9;
  block.writeUInt32LE(32, 28);
  return block;
}

function enhancedPacket(i, length) {
  const total = 32 + ((length + 3) & ~3);
  const block = Buffer.alloc(total, i);
  const time = 1_700_000_000_000_000_000n + BigInt(i) * 100_000n;
  block.writeUInt32LE(6, 0);
  block.writeUInt32LE(total, 4);
  block.writeUInt32LE(0, 8);
  block.writeUInt32LE(Number(time >> 32n), 12);
  block.writeUInt32LE(Number(time & 0xffffffffn), 16);
  block.writeUInt32LE(length, 20);
  block.writeUInt32LE(length, 24);
  block.writeUInt32LE(total, total - 4);
  return block;
}
