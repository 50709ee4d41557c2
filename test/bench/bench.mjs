// `npm run bench`: whole processes against their peers, in one run, as ratios. Needs tshark and sngrep (Debian packages).
//   (a) a SIP-dense capture of 330 MB, (b) a capture of 500 MB that is 97 % RTP, (c) the dense one doubled, for memory;
//   (a) and (c) are judged as well: `audit`.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, openSync, readFileSync, rmSync, statSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { generate } from './generate.mjs';
import { best } from './measure.mjs';

const ROOT = resolve(import.meta.dirname, '../..');
// In memory where there is such a place: the disk is not what is measured.
const WORK =
  process.env.SIPSPECT_BENCH_DIR ?? join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'sipspect-bench');
const OUR_RUNS = 9;
const PEER_RUNS = 2;
const START_RUNS = 15;

mkdirSync(WORK, { recursive: true });
const dense = capture('dense', 330e6, 1, 0);
const doubled = capture('doubled', 660e6, 2, 0);
const media = capture('media', 500e6, 3, 0.97);
console.log(`${cpus().length} × ${cpus()[0].model}, Node ${process.version}`);

const bare = await best(START_RUNS, process.execPath, ['-e', '0']);
const version = await best(START_RUNS, process.execPath, [join(ROOT, 'bin/sipspect.cjs'), '--version']);
const start = version.seconds / bare.seconds;
target(
  'start-up: sipspect --version',
  `${start.toFixed(2)} times node -e 0`,
  'at most 1.6 times',
  start <= 1.6,
);

const a = await calls(dense);
report('(a) calls --json, SIP-dense', dense, a);
report('(a) in one thread', dense, await calls(dense, PEER_RUNS, '--no-parallel'));
const tshark = await peer('tshark', ['-n', '-r', dense, '-q', '-z', 'sip,stat']);
const sngrepOut = join(WORK, 'sngrep.pcap');
const sngrep = await peer('sngrep', ['-N', '-q', '-l', '400000', '-I', dense, '-O', sngrepOut]);
rmSync(sngrepOut, { force: true });
if (tshark) versus('tshark -q -z sip,stat', dense, a, tshark, 8);
if (sngrep) versus('sngrep -N -q', dense, a, sngrep, 10);

const b = await calls(media);
report('(b) calls --json, 97 % RTP', media, b);
target(
  '(b) rate',
  `${(statSync(media).size / 1e9 / b.seconds).toFixed(2)} GB/s`,
  'at least 1 GB/s',
  statSync(media).size / b.seconds >= 1e9,
);

const c = await calls(doubled);
report('(c) calls --json, SIP-dense doubled', doubled, c);
const growth = c.peakMegabytes / a.peakMegabytes - 1;
target(
  'peak memory',
  `${Math.max(a.peakMegabytes, b.peakMegabytes).toFixed(0)} MB`,
  'under 400 MB',
  Math.max(a.peakMegabytes, b.peakMegabytes) < 400,
);
target('growth when the capture doubles', `${(growth * 100).toFixed(1)} %`, 'under 10 %', growth < 0.1);

// With all rules and the pairing of legs. A run takes minutes: one is enough.
const judged = await audit(dense);
report('audit, SIP-dense', dense, judged);
if (tshark) {
  const ratio = tshark.seconds / judged.seconds;
  target('audit against tshark', `${ratio.toFixed(2)} times as fast`, 'at least 5 times', ratio >= 5);
}
const judgedPeak = judged.peakMegabytes;
target('peak memory of audit', `${judgedPeak.toFixed(0)} MB`, 'under 500 MB', judgedPeak < 500);
const judgedDoubled = await audit(doubled);
report('audit, SIP-dense doubled', doubled, judgedDoubled);
const judgedGrowth = judgedDoubled.peakMegabytes / judgedPeak - 1;
target(
  'growth of audit when the capture doubles',
  `${(judgedGrowth * 100).toFixed(1)} %`,
  'under 10 %',
  judgedGrowth < 0.1,
);

function capture(name, octets, seed, share) {
  const path = join(WORK, `${name}.pcap`);
  if (!existsSync(path)) generate(path, octets, seed, share);
  readFileSync(path, { flag: 'r' }).length; // every contender finds it in the page cache
  return path;
}

async function calls(path, runs = OUR_RUNS, ...options) {
  const out = join(WORK, 'calls.ndjson');
  const program = join(ROOT, 'bin/sipspect.cjs');
  return best(runs, process.execPath, [program, 'calls', '--json', ...options, path], () => ({
    stdio: ['ignore', openSync(out, 'w'), 'inherit'],
  }));
}

async function audit(path) {
  const program = join(ROOT, 'bin/sipspect.cjs');
  const args = [program, 'audit', '--fail-on', 'never', '--format', 'json=/dev/null', path];
  return best(1, process.execPath, args, () => ({ stdio: ['ignore', 'ignore', 'inherit'] }));
}

async function peer(command, args) {
  if (spawnSync('which', [command]).status !== 0) {
    console.log(`${command} is not installed: not compared`);
    return null;
  }
  // The machine's speed may vary: the better of its runs counts, as for ours.
  return best(PEER_RUNS, command, args);
}

function report(what, path, run) {
  const megabytes = statSync(path).size / 1e6;
  console.log(
    `${what}: ${run.seconds.toFixed(2)} s, ${(megabytes / run.seconds).toFixed(0)} MB/s, peak ${run.peakMegabytes.toFixed(0)} MB`,
  );
}

function versus(what, path, ours, theirs, wanted) {
  const rate = statSync(path).size / 1e6 / theirs.seconds;
  const ratio = theirs.seconds / ours.seconds;
  console.log(
    `${what}: ${theirs.seconds.toFixed(2)} s, ${rate.toFixed(0)} MB/s, peak ${theirs.peakMegabytes.toFixed(0)} MB`,
  );
  target(
    `ours against ${what}`,
    `${ratio.toFixed(1)} times faster`,
    `at least ${wanted} times`,
    ratio >= wanted,
  );
}

function target(what, got, wanted, met) {
  console.log(`  ${met ? 'met   ' : 'MISSED'} ${what}: ${got} (target: ${wanted})`);
}
