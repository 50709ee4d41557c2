// Runs a program and measures it as a user would: wall time of the whole process and its peak resident memory.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Resolves to {seconds, peakMegabytes, code, stdout}; `stdout` is kept only with `keep`. Options as for spawn. */
export function measure(command, args, { keep = false, stdio, ...options } = {}) {
  return new Promise((resolve, reject) => {
    const begin = process.hrtime.bigint();
    const child = spawn(command, args, {
      stdio: stdio ?? ['ignore', keep ? 'pipe' : 'ignore', 'ignore'],
      ...options,
    });
    let peak = 0;
    const poll = setInterval(() => {
      peak = Math.max(peak, highWaterMark(child.pid));
    }, 10);
    let stdout = '';
    child.stdout?.on('data', (text) => {
      stdout += text;
    });
    child.on('error', reject);
    child.on('exit', (code) => {
      clearInterval(poll);
      resolve({
        seconds: Number(process.hrtime.bigint() - begin) / 1e9,
        peakMegabytes: peak / 1024,
        code,
        stdout,
      });
    });
  });
}

/** The best of `times` runs (the least disturbed one), with the highest peak of memory. */
export async function best(times, command, args, options) {
  const runs = [];
  for (let n = 0; n < times; n++) runs.push(await measure(command, args, options?.() ?? {}));
  const failed = runs.find((run) => run.code !== 0);
  if (failed) throw new Error(`${command} ${args.join(' ')} ended with ${failed.code}`);
  runs.sort((a, b) => a.seconds - b.seconds);
  return { ...runs[0], peakMegabytes: Math.max(...runs.map((run) => run.peakMegabytes)) };
}

function highWaterMark(pid) {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
  } catch {
    return 0; // it has ended
  }
}
