// A report as Markdown, for a ticket: what was found rule by rule, worst first. What comes from the wire stands in code spans, where
// it can neither format, link, nor call on anybody.
import { printable } from '../../ladder/printable.ts';
import type { AuditFinding } from '../audit-finding.ts';
import type { Report } from '../report.ts';
import { setName } from '../set-name.ts';
import { headline, notesOf } from '../words.ts';

export function* reportMarkdown(report: Report): Generator<string> {
  const { findings, sets, summary } = report;
  yield `# SIP audit\n\n${headline(report)}.\n\n`;
  yield `${sets.map((set) => `- ${code(setName(set))}`).join('\n')}\n`;
  const byRule = Map.groupBy([...findings], ({ severity, rule }) => `${severity} ${rule}`);
  for (const group of byRule.values()) yield* ruleSection(group, report);
  if (summary.peers.length > 0) {
    yield '\n## By peer\n\n| Peer | Errors | Warnings | Remarks | User-Agent |\n|---|---:|---:|---:|---|\n';
    for (const { peer, error, warning, info, userAgent } of summary.peers.slice(0, ROWS)) {
      const name = peer === '' ? 'whole capture' : code(peer);
      yield `| ${name} | ${error} | ${warning} | ${info} | ${userAgent === '' ? '' : code(userAgent)} |\n`;
    }
    if (summary.peers.length > ROWS) yield `\n… and ${summary.peers.length - ROWS} more peers.\n`;
  }
  const notes = notesOf(report);
  if (notes.length > 0) yield `\n## Notes\n\n${notes.map((note) => `- ${escaped(note)}`).join('\n')}\n`;
}

function* ruleSection(findings: readonly AuditFinding[], { sets }: Report): Generator<string> {
  const [{ rule, severity, fix, sources }] = findings as readonly [AuditFinding];
  const names = new Map(sets.map((set) => [set.set, setName(set)]));
  const isOneSet = sets.length === 1;
  yield `\n## ${severity}: ${escaped(rule)} (${findings.length})\n\n`;
  yield `| Finding | Peer | Call | Packets |${isOneSet ? '' : ' Capture |'}\n|---|---|---|---|${isOneSet ? '' : '---|'}\n`;
  for (const { message, peer, call, frames, set } of findings.slice(0, ROWS)) {
    const cells = [
      code(message),
      peer === '' ? '' : code(peer),
      call === null ? '' : `${call.id}, ${code(call.callId)}`,
      frames.slice(0, FRAMES).join(', ') + (frames.length > FRAMES ? ', …' : ''),
      ...(isOneSet ? [] : [code(names.get(set) ?? '')]),
    ];
    yield `| ${cells.join(' | ')} |\n`;
  }
  if (findings.length > ROWS) yield `\n… and ${findings.length - ROWS} more.\n`;
  if (fix !== '') yield `\n${escaped(fix)}\n`;
  if (sources.length > 0) yield `\nSources: ${escaped(sources.join(', '))}.\n`;
}

/** A code span, also within a table. */
function code(text: string): string {
  const safe = printable(text).replaceAll('`', "'").replaceAll('|', '\\|').trim();
  return `\`${safe === '' ? ' ' : safe}\``;
}

function escaped(text: string): string {
  return printable(text).replace(/[\\`*_{}[\]<>#|~&@!]/g, '\\$&');
}

const ROWS = 50;
const FRAMES = 8;
