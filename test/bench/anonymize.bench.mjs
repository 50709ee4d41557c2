// What rewriting captures with pseudonyms does a second, written to nowhere: `node test/bench/anonymize.bench.mjs CAPTURE…`; octets of
// the capture, and packets.
import { statSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { anonymizeCaptures } from '../../src/anonymize/anonymize-captures.ts';

for (const path of process.argv.slice(2)) {
  const start = performance.now();
  const { ledger } = await anonymizeCaptures({
    ...{ inputs: [path], key: Buffer.alloc(32, 1), format: 'pcapng' },
    write: async () => {},
    onDiagnostic() {},
  });
  const seconds = (performance.now() - start) / 1000;
  const megabytes = statSync(path).size / 1e6;
  const each = ((seconds * 1e6) / ledger.read).toFixed(1);
  console.log(
    `${path}: ${seconds.toFixed(2)} s, ${(megabytes / seconds).toFixed(1)} MB/s, ${each} µs a packet`,
  );
}
