// The table of an audit: how much of what, the findings worst first and grouped by rule and peer, what to do about them, who is
// concerned, and what was not judged.
import type { AuditFinding } from '../../audit/audit-finding.ts';
import type { Report } from '../../audit/report.ts';
import { setName } from '../../audit/set-name.ts';
import { grouped, headline, notesOf } from '../../audit/words.ts';
import { printable } from '../../ladder/printable.ts';
import type { Output } from '../output/output.ts';
import { painter } from '../output/paint.ts';
import { type Column, renderTable, type TableOptions } from '../output/table.ts';

export async function printAudit(output: Output, report: Report, options: TableOptions): Promise<void> {
  const { summary } = report;
  const alike = groups(report.findings);
  const paint = painter(options.colour);
  const table = async (
    title: string,
    columns: readonly Column[],
    rows: readonly string[][],
  ): Promise<void> => {
    if (rows.length === 0) return;
    output.line('');
    output.line(paint.bold(title));
    await renderTable(output, columns, rows.slice(0, ROWS), options);
    if (rows.length > ROWS) output.line(`… and ${rows.length - ROWS} more: --format json has them`);
  };
  output.line(headline(report));
  const isOneSet = report.sets.length === 1;
  await table(
    'Findings',
    isOneSet ? COLUMNS : [...COLUMNS, { title: 'Capture', least: 16, drop: 0 }],
    [...Map.groupBy(alike, ({ first: { severity, rule } }) => `${severity} ${rule}`).values()].flatMap(
      (ofRule) => ruleRows(ofRule, report),
    ),
  );
  await table('What to do', MENDING, mendingRows(alike));
  await table('By peer', PEERS, peerRows(report));
  const notes = notesOf(report);
  if (notes.length > 0) output.line('');
  for (const note of notes) output.line(printable(note));
  if (summary.findings > 0) output.line(`Why, with examples: sipspect explain ${alike[0]!.first.rule}`);
}

/** Findings that say the same of the same peer, in the order of the report. */
function groups(findings: Iterable<AuditFinding>): Group[] {
  const groups = new Map<string, Group & { count: number }>();
  for (const finding of findings) {
    const key = `${finding.severity} ${finding.fingerprint} ${finding.peer} ${finding.set}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { first: finding, count: 1 });
    else group.count++;
  }
  return [...groups.values()];
}

interface Group {
  readonly first: AuditFinding;
  readonly count: number;
}

/** What one rule found: who does it most comes first; the many that do it less are one row. */
function ruleRows(groups: readonly Group[], report: Report): string[][] {
  const most = groups.toSorted((a, b) => b.count - a.count);
  const shown = most.length > ROWS_A_RULE ? most.slice(0, ROWS_A_RULE - 1) : most;
  const rest = most.slice(shown.length);
  const rows = shown.map((group) => groupRow(group, report));
  if (rest.length === 0) return rows;
  const { severity, rule } = rest[0]!.first;
  const count = rest.reduce((sum, group) => sum + group.count, 0);
  const cells = [severity, rule, `… ${rest.length} more`, String(count), '', '', ''];
  return [...rows, report.sets.length === 1 ? cells : [...cells, '']];
}

function groupRow({ first, count }: Group, report: Report): string[] {
  const set = report.sets.find(({ set }) => set === first.set)!;
  return [
    first.severity,
    first.rule,
    first.peer,
    String(count),
    first.call === null ? '' : String(first.call.id),
    frameList(first.frames),
    first.tags.length === 0 ? first.message : `${first.message} (${first.tags.join(', ')})`,
    ...(report.sets.length === 1 ? [] : [setName(set)]),
  ];
}

function frameList(frames: readonly number[]): string {
  const shown = frames.slice(0, FRAMES).join(',');
  return frames.length > FRAMES ? `${shown},…` : shown;
}

/** Each rule once. */
function mendingRows(groups: readonly Group[]): string[][] {
  const rules = new Map(groups.map(({ first }) => [first.rule, first]));
  return [...rules.values()].map(({ rule, fix, sources }) => [rule, sources.join(', '), fix]);
}

/** The worst by name; the many that come after them are one row. */
function peerRows({ summary: { peers } }: Report): string[][] {
  const shown = peers.length > ROWS_OF_PEERS ? peers.slice(0, ROWS_OF_PEERS - 1) : peers;
  const rest = peers.slice(shown.length);
  const rows = shown.map(({ peer, error, warning, info, userAgent }) => {
    return [peer === '' ? '(whole capture)' : peer, ...[error, warning, info].map(String), userAgent];
  });
  if (rest.length === 0) return rows;
  const sums = (['error', 'warning', 'info'] as const).map((severity) => {
    return String(rest.reduce((sum, peer) => sum + peer[severity], 0));
  });
  return [...rows, [`… ${grouped(rest.length)} more`, ...sums, '']];
}

const COLUMNS: readonly Column[] = [
  { title: 'Severity', least: 8, drop: 0 },
  { title: 'Rule', least: 18, drop: 0 },
  { title: 'Peer', least: 14, drop: 1 },
  { title: 'Count', align: 'right', least: 5, drop: 2 },
  { title: 'Call', align: 'right', least: 4, drop: 3 },
  { title: 'Packets', least: 7, drop: 0 },
  { title: 'Finding', least: 24, drop: 0 },
];
const MENDING: readonly Column[] = [
  { title: 'Rule', least: 18, drop: 0 },
  { title: 'Source', least: 12, drop: 0 },
  { title: 'Fix', least: 24, drop: 0 },
];
const PEERS: readonly Column[] = [
  { title: 'Peer', least: 14, drop: 0 },
  { title: 'Errors', align: 'right', least: 6, drop: 0 },
  { title: 'Warnings', align: 'right', least: 8, drop: 0 },
  { title: 'Remarks', align: 'right', least: 7, drop: 0 },
  { title: 'User-Agent', least: 12, drop: 1 },
];
const ROWS = 200;
const ROWS_A_RULE = 10;
const ROWS_OF_PEERS = 12;
const FRAMES = 4;
