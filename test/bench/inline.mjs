// `npm run bench:inline`: calls a second that SIPp gets through Kamailio (a record-routing relay with one UDP worker) and through
// `sipspect inline` with passthrough and with privacy, in one run, each on the first processor with both SIPps on the second;
// what a call costs in either; how much later messages are at 100 calls a second; and the core without sockets.
// Needs sip-tester, kamailio and, for the delays, tcpdump and the right to record. BENCH_STEPS=1 shows every step.
import { spawnSync } from 'node:child_process';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readCaptures } from '../../src/pipeline.ts';
import { freePort } from '../peers/free-port.ts';
import { CALLER, FAR, Load, NEAR } from './inline-load.mjs';

const load = new Load();
try {
  console.log(`${cpus().length} × ${cpus()[0].model}, Node ${process.version}`);
  const kamailio = await measure('Kamailio, record-routing, one UDP worker', () => load.startKamailio());
  for (const mode of ['passthrough', 'privacy']) {
    const inline = await measure(`inline, ${mode}`, () => load.startInline(mode));
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
  await load.close();
}
console.log('\nThe core without sockets (target: at least 40,000 messages/s):');
spawnSync(process.execPath, ['--no-warnings', join(import.meta.dirname, 'sbc-core.bench.mjs')], {
  stdio: 'inherit',
});

/** Delays at 100 calls a second, then the highest rate; null where it cannot be started. */
async function measure(name, start) {
  await load.start();
  const middle = await start();
  if (middle === null) return null;
  const delays = await delaysOf(middle);
  await middle.running.end();
  await load.callee.end();
  const best = await load.highestRate(start);
  const share = (of) => `${Math.round(of * 100)} %`;
  console.log(
    `\n${name}: ${best.rate} calls/s (${best.rate * 7 * 2} messages/s in and out), ${best.failed} of ${best.calls} failed, ` +
      `${best.again} sent again by the caller; ${((best.middle / best.rate) * 1e6).toFixed(0)} µs of processor time a call; ` +
      `its processor ${share(best.middle)} busy with it, SIPps ${share(best.caller)} and ${share(best.callee)}`,
  );
  if (delays !== null)
    console.log(
      `  delay of a message at 100 calls/s: median ${delays.median.toFixed(3)} ms, p99 ${delays.p99.toFixed(3)} ms, ` +
        `longest ${delays.longest.toFixed(3)} ms (${delays.count} messages)`,
    );
  return { ...best, delays };
}

/** Of every message that is passed on: when it left after it came, in ms, by the kernel's clock. */
async function delaysOf({ port, ports }) {
  const capture = join(load.work, `delays-${port}.pcap`);
  const tcpdump = load.group.start('tcpdump', 'tcpdump', [
    ...['-i', 'lo', '--immediate-mode', '-U', '-B', '65536', '--time-stamp-precision=nano', '-w', capture],
    `udp and (${ports.map((one) => `port ${one}`).join(' or ')})`,
  ]);
  try {
    await tcpdump.says('listening on');
  } catch {
    console.log(`  no delays: tcpdump does not record\n${tcpdump.output}`);
    return null;
  }
  const caller = load.sipp('caller', 'voice-caller', CALLER, freePort(), [
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
  if (counted.length === 0) return null;
  return { median: at(0.5), p99: at(0.99), longest: at(1), count: counted.length };
}

function target(what, got, wanted, met) {
  console.log(`  ${met ? 'met   ' : 'MISSED'} ${what}: ${got} (target: ${wanted})`);
}
