// What bench:inline and soak share: SIPp's calls through something in the middle, on processors of their own where there are two.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort, listens } from '../peers/free-port.ts';
import { policyText } from '../peers/policy-text.ts';
import { ProcessGroup } from '../peers/process-group.ts';

/** The folder and the programs of a run. `close` ends all. */
export class Load {
  work = mkdtempSync(join(tmpdir(), 'sipspect-bench-'));
  group = new ProcessGroup();
  steps = 0;

  async start() {
    this.calleePort = freePort();
    this.callee = this.sipp('callee', 'voice-callee', CALLEE, this.calleePort, [
      // An INVITE that comes again after the 200 is no reason for it to give up the call (RFC 3261 §17.2.1).
      ...['-default_behaviors', 'all,-abortunexp'],
    ]);
    await this.callee.until('its socket', () => listens('udp', CALLEE, this.calleePort));
  }

  async close() {
    await this.group.end();
    rmSync(this.work, { recursive: true, force: true });
  }

  /**
   * Doubled until it fails, then the middle between what went and what did not, a few times. Each step has programs of its own: what
   * an overload leaves behind (calls that were not ended) is no load of the next.
   */
  async highestRate(start) {
    let best = null;
    let low = 0;
    let high = Number.POSITIVE_INFINITY;
    let rate = FIRST_RATE;
    for (let left = 4; left > 0; ) {
      let run = await this.fresh(start, rate);
      // The machine has other things to do as well: one more try.
      if (!run.sustained) run = await this.fresh(start, rate);
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

  async fresh(start, rate) {
    await this.start();
    const middle = await start();
    const run = await this.play(middle, rate);
    await middle.running.end();
    await this.callee.end();
    return run;
  }

  async play({ port, running }, rate, seconds = SECONDS) {
    const calls = rate * seconds;
    const stat = join(this.work, `caller-${++this.steps}.csv`);
    const before = [processorSeconds(running.child.pid), processorSeconds(this.callee.child.pid)];
    const begin = performance.now();
    const caller = this.sipp('caller', 'voice-caller', CALLER, freePort(), [
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
    const after = [processorSeconds(running.child.pid), processorSeconds(this.callee.child.pid)];
    const row = lastRow(stat);
    const failed = calls - row.SuccessfulCall;
    if (process.env.BENCH_STEPS !== undefined)
      console.log(
        `  ${rate}/s: ${failed} of ${calls} failed, ${row.Retransmissions} sent again, ${elapsed.toFixed(1)} s`,
      );
    return {
      ...{ rate, calls, failed, again: row.Retransmissions },
      sustained: failed <= calls * MOST_FAILED && elapsed < seconds * 1.1 + 1,
      middle: (after[0] - before[0]) / elapsed,
      callee: (after[1] - before[1]) / elapsed,
      caller: used / elapsed,
    };
  }

  async startKamailio() {
    if (spawnSync('kamailio', ['-v']).error !== undefined) {
      console.log('kamailio is not installed: not compared');
      return null;
    }
    const port = freePort();
    const running = this.group.start(
      'kamailio',
      ...pinned(0, 'kamailio', [
        ...[
          '-DD',
          '-E',
          '-f',
          join(import.meta.dirname, 'relay.cfg'),
          '-Y',
          this.work,
          '-m',
          '512',
          '-M',
          '64',
        ],
        ...['-A', `CALLEE="sip:${CALLEE}:${this.calleePort}"`, '-l', `udp:${NEAR}:${port}`],
      ]),
    );
    await running.until('its socket', () => listens('udp', NEAR, port));
    await sleep(500);
    return { running, port, ports: [port] };
  }

  async startInline(mode, more = LIMITS) {
    const [port, farPort] = [freePort(), freePort()];
    const routes = [['voice', `${CALLEE}:${this.calleePort}`]];
    const file = join(this.work, `${mode}.yaml`);
    writeFileSync(
      file,
      policyText({ mode, transport: 'udp', callerPort: port, calleePort: farPort, routes, more }),
    );
    const args = [join(ROOT, 'bin/sipspect.cjs'), 'inline', '--policy', file];
    const running = this.group.start('inline', ...pinned(0, process.execPath, args));
    await running.says('"code":"inline/listening"');
    return { running, port, ports: [port, farPort] };
  }

  sipp(name, scenario, ip, port, args) {
    const keys = { ip, via: 'UDP', uri_transport: '', play: 'voice' };
    return this.group.start(
      name,
      ...pinned(1, 'sipp', [
        ...[
          '-sf',
          join(SCENARIOS, `${scenario}.xml`),
          '-i',
          ip,
          '-p',
          String(port),
          '-bind_local',
          '-mi',
          ip,
        ],
        ...['-t', 'u1', '-cp', String(freePort()), '-nostdin', '-d', '0', '-buff_size', '4194304'],
        ...Object.entries(keys).flatMap(([key, value]) => ['-key', key, value]),
        ...args,
      ]),
      { cwd: this.work },
    );
  }
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

/** What is in memory of a process, in MB. */
export function residentMegabytes(pid) {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
}

/** The last line of SIPp's statistics, totals by name. */
export function lastRow(path) {
  const [head, ...rows] = readFileSync(path, 'latin1')
    .trim()
    .split('\n')
    .map((line) => line.split(';'));
  const last = rows.at(-1);
  const total = (name) => Number(last[head.indexOf(`${name}(C)`)]);
  return {
    SuccessfulCall: total('SuccessfulCall'),
    FailedCall: total('FailedCall'),
    Retransmissions: total('Retransmissions'),
  };
}

export const [CALLER, NEAR, FAR, CALLEE] = ['127.0.0.10', '127.0.0.20', '127.0.0.30', '127.0.0.40'];
const ROOT = resolve(import.meta.dirname, '../..');
const SCENARIOS = join(ROOT, 'test/peers/scenarios');
const TWO = cpus().length >= 2;
const SECONDS = Number(process.env.BENCH_SECONDS ?? 6);
/** Of all calls. */
const MOST_FAILED = 0.001;
const FIRST_RATE = 200;
const LIMITS = `inline:
  limits:
    source-rate: 1000000
`;
