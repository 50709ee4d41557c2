// `sipspect audit`: captures judged by the rules; findings with the frames that prove them and the clauses they break.
import { Writable } from 'node:stream';
import { findCaptures } from '../audit/captures.ts';
import { loadFormat } from '../audit/format/format.ts';
import { findingLine } from '../audit/format/json.ts';
import { joinReport } from '../audit/join-report.ts';
import { isAtLeast } from '../audit/rank.ts';
import type { Report } from '../audit/report.ts';
import { SetAudit, type SetOutcome } from '../audit/set-audit.ts';
import type { Severity } from '../capture/diagnostic.ts';
import { EMPTY_POLICY } from '../policy/default-policy.ts';
import type { RuleMeta } from '../rules/rule.ts';
import { type AuditOutput, auditOutputs } from './audit-output.ts';
import { auditRules, type RuleOptions } from './audit-rules.ts';
import { printAudit } from './audit-table.ts';
import { colourWanted } from './colour.ts';
import { CliError, EXIT } from './exit.ts';
import { openFilter } from './filter.ts';
import type { CommonOptions } from './options.ts';
import { Output } from './output.ts';
import { read } from './read.ts';
import { tableWidth } from './table.ts';
import { version } from './version.ts';
import { writeFile } from './write-file.ts';

export interface AuditOptions extends CommonOptions, RuleOptions {
  readonly format?: readonly string[];
  readonly output?: readonly string[];
  readonly minSeverity: Severity;
  readonly failOn: Severity | 'never';
}

export async function audit(names: readonly string[], options: AuditOptions): Promise<void> {
  const outputs = auditOutputs(options.format ?? [], options.output ?? []);
  const chosen = await auditRules(options);
  const captures = await findCaptures(names);
  if (captures.length === 0) throw new CliError(`no capture is in ${names.join(', ')}`);
  const output = new Output();
  const outcome = await auditSet(captures, options, { output, outputs, chosen });
  const report = joinReport([outcome], {
    version: version(),
    policy: 'No policy given: rules that need to know what the SBC was configured to do did not run.',
    left: chosen.left,
  });
  const running = new Set(report.coverage.rules);
  const rules = chosen.rules.map(({ meta }) => meta).filter(({ id }) => running.has(id));
  for (const one of outputs) await writeReport(one, { report, rules, options, output });
  await output.flush();
  const { failOn } = options;
  const fails =
    failOn !== 'never' && report.summary.rules.some(({ severity }) => isAtLeast(severity, failOn));
  if (fails && process.exitCode === undefined) process.exitCode = EXIT.findings;
}

interface Written {
  readonly report: Report;
  /** Those that ran. */
  readonly rules: readonly RuleMeta[];
  readonly options: AuditOptions;
  readonly output: Output;
}

interface Run {
  readonly output: Output;
  readonly outputs: readonly AuditOutput[];
  readonly chosen: Awaited<ReturnType<typeof auditRules>>;
}

/** Captures judged as one. */
async function auditSet(
  captures: readonly string[],
  options: AuditOptions,
  { output, outputs, chosen }: Run,
): Promise<SetOutcome> {
  const filter = await openFilter(options.filter);
  const isStreamed = outputs.some(({ format, path }) => format === 'ndjson' && path === null);
  const set = new SetAudit({
    set: 1,
    rules: chosen.rules,
    policy: EMPTY_POLICY,
    today: new Date().toISOString().slice(0, 10),
    minSeverity: options.minSeverity,
    baseline: new Set(),
    ...(isStreamed && { onFinding: (finding) => output.write(findingLine(finding)) }),
    ...(filter !== null && { isWanted: (call) => filter.call(call) }),
  });
  const { onMessage, ...handlers } = set.handlers;
  const result = await read(captures, options, {
    output,
    ...handlers,
    onMessage(message, info) {
      filter?.collect(message, info);
      onMessage!(message, info);
    },
  });
  return set.end(result);
}

async function writeReport(
  { format, path }: AuditOutput,
  { report, rules, options, output }: Written,
): Promise<void> {
  if (format === 'table') {
    const colour = path === null && colourWanted(options.color ?? 'auto', process.stdout);
    if (path === null) return printAudit(output, report, { colour, width: tableWidth(process.stdout) });
    return writeFile(path, async (write) => {
      const sink = new Writable({ write: (octets, _, done) => write(octets).then(() => done(), done) });
      const file = new Output(sink as NodeJS.WriteStream);
      await printAudit(file, report, { colour, width: tableWidth({}) });
      await file.flush();
    });
  }
  // Findings went out as they were found.
  if (format === 'ndjson' && path === null) return;
  const pieces = (await loadFormat(format))(report, { rules, failOn: options.failOn });
  if (path !== null) {
    return writeFile(path, async (write) => {
      for (const piece of pieces) await write(Buffer.from(piece));
    });
  }
  for (const piece of pieces) {
    output.write(piece);
    await output.flush();
  }
}
