// `npm run soak -- --minutes 30 [--rate N]`: calls go through the SBC at half of what it can do (or N a second) for so long; no call
// may be lost, memory has to stay flat, and when all is over nothing may be left. Needs sip-tester.

import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { freePort } from '../peers/free-port.ts';
import { CALLER, Load, lastRow, NEAR, residentMegabytes } from './inline-load.mjs';

const { values } = parseArgs({
  options: { minutes: { type: 'string', default: '30' }, rate: { type: 'string' } },
});
const seconds = Number(values.minutes) * 60;
const load = new Load();
try {
  const rate = Number(values.rate ?? (await halfOfCapacity()));
  await load.start();
  const metrics = freePort();
  const { running, port } = await load.startInline('rewriting', `inline:\n  metrics: 127.0.0.1:${metrics}\n`);
  console.log(`${rate} calls/s for ${seconds / 60} minutes`);
  const stat = `${load.work}/soak.csv`;
  const calls = rate * seconds;
  const caller = load.sipp('caller', 'voice-caller', CALLER, freePort(), [
    ...[`${NEAR}:${port}`, '-m', String(calls), '-r', String(rate), '-d', '1000', '-l', String(rate * 20)],
    ...['-trace_stat', '-stf', stat, '-fd', '5', '-default_behaviors', 'all,-abortunexp'],
  ]);
  const begin = performance.now();
  const memory = [];
  let minute = 0;
  while (!caller.isOver) {
    await sleep(1000);
    memory.push(residentMegabytes(running.child.pid));
    const at = (performance.now() - begin) / 1000;
    if (at < (minute + 1) * 60) continue;
    minute++;
    const row = lastRow(stat);
    const { dialogs, transactions } = await pending(metrics);
    console.log(
      `${minute} min: ${row.SuccessfulCall} calls went, ${row.FailedCall} failed, ${row.Retransmissions} sent again; ` +
        `${memory.at(-1).toFixed(0)} MB, ${dialogs} dialogs, ${transactions} transactions`,
    );
  }
  const { SuccessfulCall, FailedCall, Retransmissions } = lastRow(stat);
  // RFC 3261 Table 4: the longest a transaction stays is 64 × T1.
  await sleep(40_000);
  const left = await pending(metrics);
  const quarter = Math.floor(memory.length / 4);
  const mean = (list) => list.reduce((sum, one) => sum + one, 0) / list.length;
  const [second, last] = [mean(memory.slice(quarter, 2 * quarter)), mean(memory.slice(3 * quarter))];
  target(
    'calls lost',
    `${calls - SuccessfulCall} of ${calls} (${FailedCall} failed)`,
    'none',
    SuccessfulCall === calls,
  );
  const growth = (last / second - 1) * 100;
  const figures = `${second.toFixed(0)} MB in the second quarter, ${last.toFixed(0)} MB in the last (${growth.toFixed(1)} %)`;
  target('memory', figures, 'flat: under 10 %', growth < 10);
  target(
    'left at the end',
    JSON.stringify(left),
    'nothing',
    Object.values(left).every((count) => count === 0),
  );
  console.log(`  ${Retransmissions} requests were sent again by the caller`);
} finally {
  await load.close();
}

async function halfOfCapacity() {
  const { rate } = await load.highestRate(() => load.startInline('rewriting'));
  return Math.floor(rate / 2);
}

async function pending(port) {
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  const rows = text.matchAll(/^sipspect_pending\{kind="(\w+)"\} (\d+)$/gm);
  return Object.fromEntries([...rows].map(([, kind, count]) => [kind, Number(count)]));
}

function target(what, got, wanted, met) {
  console.log(`  ${met ? 'met   ' : 'MISSED'} ${what}: ${got} (target: ${wanted})`);
  if (!met) process.exitCode = 1;
}
