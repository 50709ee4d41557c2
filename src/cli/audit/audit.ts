// `sipspect audit`: captures judged by the rules; findings with the frames that prove them and the clauses they break.
import { readFile } from 'node:fs/promises';
import { readBaseline, writeBaseline } from '../../audit/baseline.ts';
import { findCaptures } from '../../audit/captures.ts';
import { worstFirst } from '../../audit/found-list.ts';
import type { Exhibit } from '../../audit/html/exhibit.ts';
import { joinReport } from '../../audit/join-report.ts';
import { keysOf } from '../../audit/packed-list.ts';
import type { SetOutcome } from '../../audit/set-audit.ts';
import type { SetJob } from '../../audit/set-job.ts';
import type { Severity } from '../../capture/diagnostic.ts';
import { isAtLeast } from '../../capture/severity.ts';
import { printable } from '../../ladder/printable.ts';
import { collectGarbage } from '../collect-garbage.ts';
import { CliError, EXIT } from '../exit.ts';
import { openFilter } from '../filter.ts';
import type { CommonOptions } from '../options.ts';
import { Output } from '../output/output.ts';
import { reasonOf } from '../reason.ts';
import { version } from '../version.ts';
import { writeFile } from '../write/write-file.ts';
import { auditOutputs } from './audit-output.ts';
import { auditPolicy } from './audit-policy.ts';
import { auditRules } from './audit-rules.ts';
import { type AuditRun, runEachAlone, runTogether } from './audit-run.ts';
import { writeReport } from './audit-write.ts';

export interface AuditOptions extends CommonOptions {
  readonly policy?: string;
  readonly rules?: readonly string[];
  readonly only?: readonly string[];
  readonly skip?: readonly string[];
  readonly each?: boolean;
  readonly format?: readonly string[];
  readonly output?: readonly string[];
  readonly minSeverity: Severity;
  readonly failOn: Severity | 'never';
  readonly baseline?: string;
  readonly writeBaseline?: string;
}

export async function audit(names: readonly string[], options: AuditOptions): Promise<void> {
  const outputs = auditOutputs(options.format ?? [], options.output ?? []);
  const choice = { only: options.only ?? [], skip: options.skip ?? [] };
  const modules = options.rules ?? [];
  const chosen = await auditRules(choice, modules);
  const policy = await auditPolicy(options.policy);
  const baseline = await readBaselineFile(options.baseline);
  // A wrong filter is said here, before anything is read.
  await openFilter(options.filter);
  const captures = await findCaptures(names);
  if (captures.length === 0) throw new CliError(`no capture is in ${names.join(', ')}`);
  const output = new Output();
  const job: Omit<SetJob, 'set' | 'captures'> = {
    ...{ choice, modules, baseline },
    policy: policy.source,
    filter: options.filter ?? null,
    today: new Date().toISOString().slice(0, 10),
    minSeverity: options.minSeverity,
    writesBaseline: options.writeBaseline !== undefined,
    exhibits: outputs.some(({ format }) => format === 'html'),
  };
  const run: AuditRun = {
    ...{ captures, job, options, output },
    streams: outputs.some(({ format, path }) => format === 'ndjson' && path === null),
  };
  const outcomes = await (options.each ? runEachAlone(run) : runTogether(run));
  // All that was open is garbage: the report takes its room, not more.
  collectGarbage();
  const report = joinReport(outcomes, { version: version(), policy: policy.note, left: chosen.left });
  const exhibits = exhibitsOf(outcomes);
  const running = new Set(report.coverage.rules);
  const rules = chosen.rules.map(({ meta }) => meta).filter(({ id }) => running.has(id));
  for (const one of outputs) await writeReport(one, { report, rules, exhibits, options, output });
  await output.flush();
  for (const { rule, error } of report.coverage.failures)
    process.stderr.write(`sipspect: warning: the rule ${rule} failed: ${printable(error)}\n`);
  await writeBaselineFile(options.writeBaseline, outcomes);
  const { failOn } = options;
  const isBad = report.summary.rules.some(
    ({ severity }) => failOn !== 'never' && isAtLeast(severity, failOn),
  );
  if (isBad && process.exitCode === undefined) process.exitCode = EXIT.findings;
}

/** What is shown of a finding, by its place in the report. */
function exhibitsOf(outcomes: readonly SetOutcome[]): Map<number, Exhibit> {
  const found = new Map<number, Exhibit>();
  const ofSets = outcomes.map(({ exhibits }) => new Map(exhibits.map((one) => [one.finding, one])));
  let place = 0;
  for (const { index, packed } of worstFirst(outcomes)) {
    for (const key of keysOf(packed)) {
      const exhibit = ofSets[index]!.get(key);
      if (exhibit !== undefined) found.set(place, exhibit);
      place++;
    }
  }
  return found;
}

async function readBaselineFile(path: string | undefined): Promise<ReadonlySet<string>> {
  if (path === undefined) return new Set();
  try {
    return readBaseline(await readFile(path, 'utf8'));
  } catch (error) {
    throw new CliError(`--baseline ${path}: ${reasonOf(error as Error)}`);
  }
}

async function writeBaselineFile(path: string | undefined, outcomes: readonly SetOutcome[]): Promise<void> {
  if (path === undefined) return;
  const text = writeBaseline(outcomes.flatMap(({ present }) => present));
  await writeFile(path, (write) => write(Buffer.from(text)));
}
