// What a message costs in the correlator: node test/bench/correlator.bench.mjs [messages]
// An SBC's signalling on two legs, in memory and in order of time, goes through the SIP scan alone, then through scan and
// correlator, then also through the writer of call records; the differences are printed, best of several runs.

import { Correlator } from '../../src/dialog/correlator.ts';
import { appendCallRecord } from '../../src/dialog/record/call-record-writer.ts';
import { JsonText } from '../../src/dialog/record/json-text.ts';
import { Payload } from '../../src/network/payload.ts';
import { SipMessage } from '../../src/sip/message.ts';
import { hex, seeded } from './random.mjs';
import { pageMessage, registration, session } from './sip-scenarios.mjs';

const RUNS = 5;
const ARRIVALS_PER_SECOND = 250;
const wanted = Number(process.argv[2] ?? 200_000);

for (const [name, calls] of [
  ['calls alone', 1],
  ['calls, IM, MESSAGE, REGISTER', 0.6],
]) {
  const traffic = generate(wanted, calls);
  const scan = fastest(() => run(traffic, 'scan'));
  const correlate = fastest(() => run(traffic, 'correlate'));
  const write = fastest(() => run(traffic, 'write'));
  const count = traffic.times.length;
  const each = (seconds) => ((seconds * 1e6) / count).toFixed(3);
  console.log(
    `${name}: ${count} messages, ${(traffic.octets.length / 1e6).toFixed(0)} MB, ${write.calls} calls; ` +
      `scan ${each(scan.seconds)} µs, correlator ${each(correlate.seconds - scan.seconds)} µs a message; ` +
      `records ${(((write.seconds - correlate.seconds) * 1e6) / write.calls).toFixed(2)} µs a call (${(write.written / write.calls).toFixed(0)} octets)`,
  );
}

function run({ octets, offsets, times, sources, targets }, what) {
  const payload = new Payload();
  const message = new SipMessage();
  let calls = 0;
  let written = 0;
  const json = new JsonText();
  const correlator = new Correlator({
    reuseCalls: true,
    onCall(call) {
      calls++;
      if (what !== 'write') return;
      json.clear();
      appendCallRecord(json, call);
      written += json.octets.length;
    },
  });
  payload.data = octets;
  // Processor time: the machine may be shared.
  const before = process.cpuUsage();
  for (let i = 0; i < times.length; i++) {
    payload.start = offsets[i];
    payload.end = offsets[i + 1];
    payload.seconds = Math.floor(times[i]);
    payload.nanoseconds = Math.floor((times[i] % 1) * 1e9);
    payload.src = sources[i];
    payload.dst = targets[i];
    payload.frame = i + 1;
    if (message.read(payload) && what !== 'scan') correlator.message(message);
  }
  if (what !== 'scan') correlator.end();
  return { seconds: process.cpuUsage(before).user / 1e6, calls, written };
}

function fastest(measure) {
  let best = measure();
  for (let i = 1; i < RUNS; i++) {
    const next = measure();
    if (next.seconds < best.seconds) best = next;
  }
  return best;
}

function generate(count, share) {
  const random = seeded(1);
  const endpoints = new Map();
  const steps = [];
  for (let start = 0; steps.length < count; start += -Math.log(1 - random()) / ARRIVALS_PER_SECOND) {
    const parties = partiesOf(random);
    const kind = random();
    const scenario =
      kind < share
        ? session(random, parties, false)
        : kind < share + 0.1
          ? session(random, parties, true)
          : kind < share + 0.25
            ? pageMessage(random, parties)
            : registration(random, parties);
    for (const [delay, from, to, text] of scenario) {
      steps.push([1795232400 + start + delay, endpoint(parties[from]), endpoint(parties[to]), text]);
    }
  }
  steps.sort((a, b) => a[0] - b[0]);
  const offsets = [0];
  for (const [, , , text] of steps) offsets.push(offsets[offsets.length - 1] + Buffer.byteLength(text));
  return {
    octets: Buffer.from(steps.map((step) => step[3]).join('')),
    offsets,
    times: steps.map((step) => step[0]),
    sources: steps.map((step) => step[1]),
    targets: steps.map((step) => step[2]),
  };

  function endpoint({ ip, port }) {
    const text = `${ip}:${port}`;
    if (!endpoints.has(text)) endpoints.set(text, { ip, port, text, version: 4 });
    return endpoints.get(text);
  }
}

function partiesOf(random) {
  const box = (net) => ({
    ip: `10.${net}.${(random() * 200) | 0}.${(random() * 200) | 0}`,
    port: 5060,
    transport: 'UDP',
  });
  return {
    user: `alice${hex(random, 6)}`,
    peer: `bob${hex(random, 6)}`,
    caller: box(1),
    callee: box(2),
    sbcA: { ip: '10.0.0.1', port: 5060, transport: 'UDP' },
    sbcB: { ip: '10.0.1.1', port: 5060, transport: 'UDP' },
  };
}
