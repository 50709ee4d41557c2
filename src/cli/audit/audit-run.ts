// Captures → what their sets gave, with progress and warnings on standard error: all as one set, or each as a set of its own.

import { stat } from 'node:fs/promises';
import { secretsAmong } from '../../audit/captures.ts';
import { runEach } from '../../audit/each.ts';
import { findingLine } from '../../audit/format/json.ts';
import { asFound } from '../../audit/found-list.ts';
import type { SetOutcome } from '../../audit/set-audit.ts';
import { openSet, type SetJob } from '../../audit/set-job.ts';
import { printable } from '../../ladder/printable.ts';
import { CliError, EXIT } from '../exit.ts';
import { HeapLevel } from '../heap-level.ts';
import { type CommonOptions, readsInputOnce } from '../options.ts';
import type { Output } from '../output/output.ts';
import { Progress } from '../output/progress.ts';
import { read } from '../read.ts';
import { reasonOf } from '../reason.ts';

export interface AuditRun {
  readonly captures: readonly string[];
  readonly job: Omit<SetJob, 'set' | 'captures'>;
  readonly options: CommonOptions;
  readonly output: Output;
  /** Findings go out as they are found, a line each. */
  readonly streams: boolean;
}

/** One set, merged by time. */
export async function runTogether({
  captures,
  job,
  options,
  output,
  streams,
}: AuditRun): Promise<SetOutcome[]> {
  const onFinding = streams ? (finding: object) => output.write(findingLine(finding)) : undefined;
  const audit = await openSet({ ...job, set: 1, captures }, onFinding);
  const { onMessage, onCall, ...handlers } = audit.handlers;
  const heap = new HeapLevel();
  const result = await read(captures, options, {
    ...{ output, ...handlers },
    // Thousands of messages come before the first call is over.
    onMessage(message, info) {
      heap.keep();
      onMessage?.(message, info);
    },
    // At the end calls come, and no messages.
    onCall(call, names) {
      heap.keep();
      onCall?.(call, names);
    },
  });
  return [audit.end(result)];
}

/** Set by set, in threads; in the order of the captures. Secrets are for all of them. */
export async function runEachAlone({
  captures,
  job,
  options,
  output,
  streams,
}: AuditRun): Promise<SetOutcome[]> {
  readsInputOnce(captures);
  const secrets = await secretsAmong(captures);
  const alone = captures.filter((path) => !secrets.includes(path));
  const outcomes: SetOutcome[] = [];
  const progress = new Progress();
  const total = await sizeOf(captures);
  await runEach(
    alone.map((path, index) => ({ ...job, set: index + 1, captures: [path, ...secrets] })),
    {
      onOutcome(outcome) {
        outcomes.push(outcome);
        if (streams) for (const finding of asFound(outcome.findings)) output.write(findingLine(finding));
      },
      async onProgress(octets, packets) {
        if (output.waiting) progress.end();
        await output.flush();
        progress.update(octets, total, packets);
      },
      stopped: () => output.closed,
    },
  );
  progress.end();
  for (const outcome of outcomes) say(outcome);
  const errors = outcomes.flatMap(({ captures }) => captures).filter(({ error }) => error !== '');
  if (errors.length >= alone.length) throw new CliError('no capture could be read', EXIT.usage);
  const isDamaged = outcomes.some(({ coverage }) => coverage.damage.some(({ code }) => DAMAGE.test(code)));
  if (options.strict && (isDamaged || errors.length > 0)) process.exitCode = EXIT.usage;
  return outcomes;
}

/** What was odd about a set: of each code the first, and how many more there were. */
function say({ captures, coverage }: SetOutcome): void {
  const unreadable = new Set(captures.map(({ path, error }) => `${path}: ${error}`));
  for (const { code, severity, message, count } of coverage.damage) {
    if (unreadable.has(message)) continue;
    process.stderr.write(`sipspect: ${severity}: ${printable(message)} [${code}]\n`);
    if (count > 1) process.stderr.write(`sipspect: … and ${count - 1} more [${code}]\n`);
  }
  for (const { path, error } of captures) {
    if (error !== '') process.stderr.write(`sipspect: ${printable(`${path}: ${reasonOf(error)}`)}\n`);
  }
}

/** Octets of all together; 0 when one of them does not say. */
async function sizeOf(captures: readonly string[]): Promise<number> {
  let total = 0;
  for (const path of captures) {
    const status = await stat(path).catch(() => null);
    if (path === '-' || (status !== null && !status.isFile())) return 0;
    total += status?.size ?? 0;
  }
  return total;
}

const DAMAGE = /^(pcap|pcapng|capture|gzip|zstd)\//;
