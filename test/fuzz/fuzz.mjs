// Feeds mutated captures and SIP messages through the whole pipeline, a quarter of them through audit and replay, a quarter through
// anonymize, an eighth through diff: nothing may throw, hang, lose a packet or grow.
//
//   npm run fuzz -- [--seconds 600] [--seed 1] [--case 123]
//
// What is found is kept beside the temporary files and printed with the numbers that make it again.
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '600' },
    seed: { type: 'string', default: '1' },
    case: { type: 'string' },
  },
});
const seed = Number(values.seed);
const only = values.case === undefined ? undefined : Number(values.case);
const folder = mkdtempSync(join(tmpdir(), 'sipspect-fuzz-'));
const deadline = performance.now() + Number(values.seconds) * 1000;
const CASE_LIMIT = 10_000;
const MEMORY_LIMIT = 600_000_000;

const total = {
  cases: 0,
  packets: 0,
  messages: 0,
  octets: 0,
  memory: 0,
  found: 0,
  slowest: { number: 0, milliseconds: 0 },
};

let next = only ?? 0;
while (performance.now() < deadline && !(only !== undefined && total.cases > 0)) next = await runFrom(next);
report();
if (total.found === 0) rmSync(folder, { recursive: true });
process.exitCode = total.found === 0 ? 0 : 1;

/** One worker, until the time is up or a case kills it; returns the number of the next case. */
function runFrom(first) {
  return new Promise((done) => {
    const worker = new Worker(new URL('./worker.mjs', import.meta.url), {
      workerData: { seed, first, folder },
      resourceLimits: { maxOldGenerationSizeMb: 800 },
    });
    let current = first;
    let watch;
    const stop = (wrong) => {
      clearTimeout(watch);
      if (wrong !== undefined) found(current, wrong);
      worker.removeAllListeners();
      worker.on('error', () => {});
      worker.terminate().then(() => done(current + 1));
    };
    worker.on('error', (error) => stop(`the worker died: ${error.message}`));
    worker.on('message', (message) => {
      clearTimeout(watch);
      current = message.number;
      if (message.octets === undefined) {
        watch = setTimeout(() => stop(`no end within ${CASE_LIMIT} ms`), CASE_LIMIT);
        return;
      }
      count(message);
      if (message.wrong !== undefined) found(current, message.wrong);
      else if (message.memory > MEMORY_LIMIT) stop(`${message.memory} octets of memory`);
      if (performance.now() >= deadline || only !== undefined) stop();
    });
  });
}

function count({ number, octets, packets, messages, milliseconds, memory }) {
  total.cases++;
  total.octets += octets;
  total.packets += packets;
  total.messages += messages;
  total.memory = Math.max(total.memory, memory);
  if (milliseconds > total.slowest.milliseconds)
    total.slowest = { number, milliseconds: Math.round(milliseconds) };
}

function found(number, wrong) {
  total.found++;
  const path = join(folder, `found-${seed}-${number}`);
  copyFileSync(join(folder, `case-${number % 8}`), path);
  console.log(`case ${number} of seed ${seed}: ${wrong}\n  kept as ${path}`);
}

function report() {
  const { cases, packets, messages, octets, memory, slowest } = total;
  console.log(
    `${cases} cases (seed ${seed}): ${(octets / 1e6).toFixed(0)} MB, ${packets} packets, ${messages} SIP messages; ` +
      `slowest case ${slowest.milliseconds} ms (${slowest.number}), at most ${(memory / 1e6).toFixed(0)} MB; found ${total.found}`,
  );
}
