// `sipspect audit`: captures judged by the rules; findings with the frames that prove them and the clauses they break.
import { findCaptures } from '../audit/captures.ts';
import { findingLine, reportJson } from '../audit/format/json.ts';
import { joinReport } from '../audit/join-report.ts';
import { isAtLeast } from '../audit/rank.ts';
import type { Report } from '../audit/report.ts';
import { SetAudit, type SetOutcome } from '../audit/set-audit.ts';
import type { Severity } from '../capture/diagnostic.ts';
import { EMPTY_POLICY } from '../policy/default-policy.ts';
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
  for (const one of outputs) await writeReport(one, report, options, output);
  await output.flush();
  const { failOn } = options;
  const fails =
    failOn !== 'never' && report.summary.rules.some(({ severity }) => isAtLeast(severity, failOn));
  if (fails && process.exitCode === undefined) process.exitCode = EXIT.findings;
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
  report: Report,
  options: AuditOptions,
  output: Output,
): Promise<void> {
  if (format === 'table') {
    if (path !== null) throw new CliError('the table goes to standard output only');
    const colour = colourWanted(options.color ?? 'auto', process.stdout);
    return printAudit(output, report, { colour, width: tableWidth(process.stdout) });
  }
  if (path !== null) {
    return writeFile(path, async (write) => {
      for (const piece of pieces(format, report)) await write(Buffer.from(piece));
    });
  }
  // Findings went out as they were found.
  if (format === 'ndjson') return;
  for (const piece of pieces(format, report)) {
    output.write(piece);
    await output.flush();
  }
}

function* pieces(format: AuditOutput['format'], report: Report): Generator<string> {
  if (format === 'json') yield* reportJson(report);
  else for (const finding of report.findings) yield findingLine(finding);
}
