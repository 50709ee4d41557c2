// How fast captures go through the capture and network stages, sink excluded: node test/bench/network.bench.mjs [megabytes]
// Two synthetic captures, made in a temporary folder: SIP under RTP that is 97 % of the octets, and SIP alone.
import { closeSync, mkdtempSync, openSync, readSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Packet } from '../../src/capture/packet.ts';
import { CaptureReader } from '../../src/capture/reader.ts';
import { NetworkDecoder } from '../../src/network/decoder.ts';
import { OUTCOMES, OutcomeLedger } from '../../src/network/outcome.ts';
import { generate } from './generate.mjs';

const BLOCK = 4 << 20;
const RUNS = 5;
const megabytes = Number(process.argv[2] ?? 200);

const folder = mkdtempSync(join(tmpdir(), 'sipspect-network-bench-'));
try {
  for (const [name, share] of [
    ['97 % RTP', 0.97],
    ['SIP alone', 0],
  ]) {
    const path = join(folder, `${share}.pcap`);
    const { bytes } = generate(path, megabytes * 1e6, 1, share);
    const walk = fastest(() => run(path, bytes, false));
    const both = fastest(() => run(path, bytes, true));
    console.log(
      `${name}: ${both.packets} packets, ${(bytes / 1e6).toFixed(0)} MB; capture ${rate(bytes, walk)}, ` +
        `capture + network ${rate(bytes, both)}, ${(((both.seconds - walk.seconds) * 1e9) / both.packets).toFixed(0)} ns a packet in network`,
    );
    console.log(`  ${both.outcomes}; ${both.datagrams} datagrams`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function run(path, bytes, decode) {
  const file = openSync(path, 'r');
  const block = Buffer.alloc(Math.min(BLOCK, bytes));
  const ledger = new OutcomeLedger();
  let datagrams = 0;
  const consumer = (_direction) => ({
    data(payload, more) {
      if (!more) for (const frame of payload.frames ?? [payload.frame]) ledger.settle(frame, 0);
      return true;
    },
    gap() {},
    end() {},
  });
  const sink = {
    datagram: () => {
      datagrams++;
      return true;
    },
    openStream: consumer,
  };
  const onDiagnostic = () => {};
  const decoder = new NetworkDecoder(sink, { ledger, onDiagnostic });
  const reader = new CaptureReader({ source: 0, onDiagnostic });
  const packet = new Packet();
  let packets = 0;
  const begin = performance.now();
  for (;;) {
    const size = readSync(file, block);
    if (size === 0) break;
    reader.push(block.subarray(0, size));
    while (reader.next(packet)) {
      packet.frame = ++packets;
      if (decode) decoder.packet(packet);
    }
  }
  reader.end();
  if (decode) decoder.end();
  const seconds = (performance.now() - begin) / 1000;
  closeSync(file);
  const outcomes = OUTCOMES.map((name, i) => (ledger.counts[i] > 0 ? `${name} ${ledger.counts[i]}` : ''));
  return { seconds, packets, datagrams, outcomes: outcomes.filter(Boolean).join(', ') };
}

function fastest(measure) {
  let best = measure();
  for (let i = 1; i < RUNS; i++) {
    const next = measure();
    if (next.seconds < best.seconds) best = next;
  }
  return best;
}

function rate(bytes, { seconds }) {
  return `${(bytes / 1e6 / seconds).toFixed(0)} MB/s`;
}
