// `npm run bench:inline`: calls a second that SIPp gets through Kamailio (a record-routing relay with one UDP worker) and through
// `sipspect inline` with passthrough and with privacy, in one run, each on the first processor with both SIPps on the second;
// what a call costs in either; how much later messages are at 100 calls a second; and the core without sockets.
// Needs sip-tester, kamailio and, for the delays, tcpdump and the right to record.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readCaptures } from '../../src/pipeline.ts';
import { freePort, listens } from '../peers/free-port.ts';
import { policyText } from '../peers/policy-text.ts';
import { ProcessGroup } from '../peers/process-group.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const SCENARIOS = join(ROOT, 'test/peers/scenarios');
const SECONDS = Number(process.env.BENCH_SECONDS ?? 6);
/** Of all calls. */
const MOST_FAILED = 0.001;
const FIRST_RATE = 200;
const [CALLER, NEAR, FAR, CALLEE] = ['127.0.0.10', '127.0.0.20', '127.0.0.30', '127.0.0.40'];
const TWO = cpus().length >= 2;

const work = mkdtempSync(join(tmpdir(), 'sipspect-bench-'));
const group = new ProcessGroup();
const LIMITS = `inline:
  limits:
    source-rate: 1000000
`;
let steps = 0;
let callee;

try {
  console.log(`${cpus().length} × ${cpus()[0].model}, Node ${process.version}`);
  const calleePort = freePort();
  callee = sipp('callee', 'voice-callee', CALLEE, calleePort, []);
  await callee.until('its socket', () => listens('udp', CALLEE, calleePort));
  const kamailio = await measure('Kamailio, record-routing, one UDP worker', () => startKamailio(calleePort));
  for (const mode of ['passthrough', 'privacy']) {
    const inline = await measure(`inline, ${mode}`, () => startInline(mode, calleePort));
    if (kamailio !== null) {
      const ratio = inline.rate / kamailio.rate;
      target(`of Kamailio's calls a second, ${mode}`, `${ratio.toFixed(2)}`, 'at least 0.5', ratio >= 0.5);
    }
    if (inline.delays !== null) {
      const { median, p99 } = inline.delays;
      const figures = `median ${median.toFixed(3)} ms, p99 ${p99.toFixed(3)} ms`;
      target(`added delay, ${mode}`, figures, 'under 1 ms and under 5 ms', median < 1 && p99 < 5);
    }
  }
} finally {
  await group.end();
  rmSync(work, { recursive: true, force: true });
}
console.log('\nThe core without sockets (target: at least 40,000 messages/s):');
spawnSync(process.execPath, ['--no-warnings', join(import.meta.dirname, 'sbc-core.bench.mjs')], {
  stdio: 'inherit',
});

/** Delays at 100 calls a second, then the highest rate; null where it cannot be started. */
async function measure(name, start) {
  const middle = await start();
  if (middle === null) return null;
  const delays = await delaysOf(middle.port);
  const best = await highestRate(middle);
  await middle.running.end();
  const load = (share) => `${Math.round(share * 100)} %`;
  console.log(
    `\n${name}: ${best.rate} calls/s (${best.rate * 7 * 2} messages/s in and out), ${best.failed} of ${best.calls} failed, ` +
      `${best.again} sent again by the caller; ${((best.middle / best.rate) * 1e6).toFixed(0)} µs of processor time a call; ` +
      `its processor ${load(best.middle)} busy with it, SIPps ${load(best.caller)} and ${load(best.callee)}`,
  );
  if (delays !== null)
    console.log(
      `  delay of a message at 100 calls/s: median ${delays.median.toFixed(3)} ms, p99 ${delays.p99.toFixed(3)} ms, ` +
        `longest ${delays.longest.toFixed(3)} ms (${delays.count} messages)`,
    );
  return { ...best, delays };
}

/** Doubled until it fails, then four times the middle between what went and what did not. */
async function highestRate(middle) {
  let best = null;
  let low = 0;
  let high = Number.POSITIVE_INFINITY;
  let rate = FIRST_RATE;
  for (let left = 5; left > 0; ) {
    let run = await play(middle, rate);
    // The machine has other things to do as well: one more try.
    if (!run.sustained) run = await play(middle, rate);
    if (run.sustained) {
      low = rate;
      best = run;
    } else high = rate;
    if (high === Number.POSITIVE_INFINITY) rate *= 2;
    else {
      rate = Math.round((low + high) / 20) * 10;
      left--;
    }
    if (rate === low || rate === high) break;
  }
  if (best === null) throw new Error(`not even ${FIRST_RATE} calls a second`);
  return best;
}

async function play({ port, running }, rate, seconds = SECONDS) {
  const calls = rate * seconds;
  const stat = join(work, `caller-${++steps}.csv`);
  const before = [processorSeconds(running.child.pid), processorSeconds(callee.child.pid)];
  const begin = performance.now();
  const caller = sipp('caller', 'voice-caller', CALLER, freePort(), [
    ...[`${NEAR}:${port}`, '-m', String(calls), '-r', String(rate), '-l', String(rate * 2)],
    ...['-trace_stat', '-stf', stat, '-fd', '1'],
  ]);
  let used = 0;
  while (!caller.isOver) {
    // Calls that failed are still sent again.
    if (performance.now() - begin > (seconds + 3) * 1000) await caller.end();
    used = Math.max(used, processorSeconds(caller.child.pid));
    await sleep(100);
  }
  const elapsed = (performance.now() - begin) / 1000;
  const after = [processorSeconds(running.child.pid), processorSeconds(callee.child.pid)];
  const row = lastRow(stat);
  const failed = calls - row.SuccessfulCall;
  if (process.env.BENCH_STEPS !== undefined)
    console.log(`  ${rate}/s: ${failed} of ${calls} failed, ${row.Retransmissions} sent again, ${elapsed.toFixed(1)} s`);
  return {
    ...{ rate, calls, failed, again: row.Retransmissions },
    sustained: failed <= calls * MOST_FAILED && elapsed < seconds * 1.1 + 1,
    middle: (after[0] - before[0]) / elapsed,
    callee: (after[1] - before[1]) / elapsed,
    caller: used / elapsed,
  };
}

/** Of every message that is passed on: when it left after it came, in ms, by the kernel's clock. */
async function delaysOf(port) {
  const capture = join(work, `delays-${port}.pcap`);
  const tcpdump = group.start('tcpdump', 'tcpdump', [
    ...['-i', 'lo', '--immediate-mode', '-U', '-B', '65536', '--time-stamp-precision=nano', '-w', capture],
    ...['udp', 'and', 'host', CALLER, 'or', 'udp', 'and', 'host', CALLEE],
  ]);
  try {
    await tcpdump.says('listening on');
  } catch {
    console.log(`  no delays: tcpdump does not record\n${tcpdump.output}`);
    return null;
  }
  const caller = sipp('caller', 'voice-caller', CALLER, freePort(), [
    ...[`${NEAR}:${port}`, '-m', '1500', '-r', '100', '-d', '100'],
  ]);
  await caller.ended;
  await sleep(300);
  tcpdump.child.kill('SIGINT');
  await tcpdump.ended;
  const came = new Map();
  const delays = [];
  await readCaptures({
    inputs: [capture],
    onMessage(message) {
      const key = `${message.method}${message.status} ${message.cseqMethod} ${message.to.uri.user}`;
      const at = message.seconds * 1e3 + message.nanoseconds / 1e6;
      const isIn = message.dst.ip === NEAR || message.dst.ip === FAR;
      if (isIn) came.set(key, came.get(key) ?? at);
      else if (came.has(key)) {
        delays.push(at - came.get(key));
        came.delete(key);
      }
    },
  });
  // What begins late since nothing is compiled yet is what everybody meets, but not what is measured.
  const counted = delays.slice(delays.length / 3).sort((a, b) => a - b);
  const at = (share) => counted[Math.min(Math.floor(counted.length * share), counted.length - 1)];
  return { median: at(0.5), p99: at(0.99), longest: at(1), count: counted.length };
}

async function startKamailio(calleePort) {
  if (spawnSync('kamailio', ['-v']).error !== undefined) {
    console.log('kamailio is not installed: not compared');
    return null;
  }
  const port = freePort();
  const running = group.start(
    'kamailio',
    ...pinned(0, 'kamailio', [
      ...['-DD', '-E', '-f', join(import.meta.dirname, 'relay.cfg'), '-Y', work, '-m', '512', '-M', '64'],
      ...['-A', `CALLEE="sip:${CALLEE}:${calleePort}"`, '-l', `udp:${NEAR}:${port}`],
    ]),
  );
  await running.until('its socket', () => listens('udp', NEAR, port));
  await sleep(500);
  return { running, port };
}

async function startInline(mode, calleePort) {
  const [port, farPort] = [freePort(), freePort()];
  const routes = [['voice', `${CALLEE}:${calleePort}`]];
  const file = join(work, `${mode}.yaml`);
  writeFileSync(
    file,
    policyText({ mode, transport: 'udp', callerPort: port, calleePort: farPort, routes, more: LIMITS }),
  );
  const args = [join(ROOT, 'bin/sipspect.cjs'), 'inline', '--policy', file];
  const running = group.start('inline', ...pinned(0, process.execPath, args));
  await running.says('"code":"inline/listening"');
  return { running, port };
}

function sipp(name, scenario, ip, port, args) {
  const keys = { ip, via: 'UDP', uri_transport: '', play: 'voice' };
  return group.start(
    name,
    ...pinned(1, 'sipp', [
      ...['-sf', join(SCENARIOS, `${scenario}.xml`), '-i', ip, '-p', String(port), '-bind_local', '-mi', ip],
      ...['-t', 'u1', '-cp', String(freePort()), '-nostdin', '-d', '0', '-buff_size', '4194304'],
      ...Object.entries(keys).flatMap(([key, value]) => ['-key', key, value]),
      ...args,
    ]),
    { cwd: work },
  );
}

/** On one processor, where there are two. */
function pinned(processor, command, args) {
  return TWO ? ['taskset', ['-c', String(processor), command, ...args]] : [command, args];
}

/** Processor time of a process and its children, in seconds. */
function processorSeconds(pid) {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'latin1')
      .replace(/^.*\) /, '')
      .split(' ');
    const own = (Number(fields[11]) + Number(fields[12])) / 100;
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'latin1').trim();
    return children
      .split(' ')
      .filter(Boolean)
      .reduce((sum, child) => sum + processorSeconds(child), own);
  } catch {
    return 0; // it has ended
  }
}

/** The last line of SIPp's statistics, totals by name. */
function lastRow(path) {
  const [head, ...rows] = readFileSync(path, 'latin1')
    .trim()
    .split('\n')
    .map((line) => line.split(';'));
  const last = rows.at(-1);
  const total = (name) => Number(last[head.indexOf(`${name}(C)`)]);
  return { SuccessfulCall: total('SuccessfulCall'), Retransmissions: total('Retransmissions') };
}

function target(what, got, wanted, met) {
  console.log(`  ${met ? 'met   ' : 'MISSED'} ${what}: ${got} (target: ${wanted})`);
}
