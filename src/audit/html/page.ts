// A report as one HTML file that stands alone: summary, filters, every finding with its ladder, messages and differences.

import { createHash } from 'node:crypto';
import { SEVERITIES } from '../../capture/severity.ts';
import { escapeMarkup as e } from '../../ladder/escape-markup.ts';
import type { RuleMeta } from '../../rules/rule.ts';
import type { AuditFinding } from '../audit-finding.ts';
import type { FormatOptions } from '../format/report-format.ts';
import type { Report } from '../report.ts';
import { setName } from '../set-name.ts';
import { headline, notesOf, plural, SEVERITY_WORD } from '../words.ts';
import type { Exhibit } from './exhibit.ts';
import { findingPart } from './finding-part.ts';
import { SCRIPT } from './script.ts';
import { STYLE } from './style.ts';

export function* reportHtml(report: Report, { rules, exhibits }: FormatOptions): Generator<string> {
  yield head(report);
  yield summaryPart(report);
  yield filterPart(report);
  const metas = new Map(rules.map((meta) => [meta.id, meta]));
  const shown = firstOf(report.findings, exhibits);
  const byRule = Map.groupBy(shown, ({ finding: { severity, rule } }) => `${severity} ${rule}`);
  for (const group of byRule.values()) yield* rulePart(group, report, metas.get(group[0]!.finding.rule));
  const left = report.summary.findings - shown.length;
  if (left > 0) yield `<p class="note">${left} more findings are not shown here.</p>\n`;
  if (report.summary.findings === 0) yield '<p>Nothing was found.</p>\n';
  yield `${coveragePart(report)}</main>\n<script>${SCRIPT}</script>\n</body></html>\n`;
}

interface Shown {
  readonly finding: AuditFinding;
  readonly exhibit: Exhibit | undefined;
}

function firstOf(findings: Iterable<AuditFinding>, exhibits: FormatOptions['exhibits']): Shown[] {
  const shown: Shown[] = [];
  for (const finding of findings) {
    if (shown.length === MOST) break;
    shown.push({ finding, exhibit: exhibits?.get(shown.length) });
  }
  return shown;
}

function head(report: Report): string {
  const hash = createHash('sha256').update(SCRIPT).digest('base64');
  // Nothing is loaded and nothing is sent, whatever the text of a capture tries.
  const policy = `default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="referrer" content="no-referrer">
<title>SIP audit: ${e(headline(report))}</title>
<style>${STYLE}</style></head><body><main>
`;
}

function summaryPart(report: Report): string {
  const { summary, sets, coverage, version } = report;
  const captures = sets.map((set) => `<li>${e(setName(set))}</li>`).join('');
  const chips = SEVERITIES.map(
    (severity) => `<span class="${severity}">${plural(summary[severity], SEVERITY_WORD[severity])}</span>`,
  ).join('');
  const peers = summary.peers.slice(0, PEERS).map(({ peer, error, warning, info, userAgent }) => {
    const name = peer === '' ? 'whole capture' : e(peer);
    return `<tr><td>${name}</td><td>${e(userAgent)}</td><td class="number">${error}</td><td class="number">${warning}</td><td class="number">${info}</td></tr>`;
  });
  const more = summary.peers.length - PEERS;
  return `<h1>SIP audit</h1>
<p>${e(headline(report))}</p><ul class="dim">${captures}</ul>
<p class="chips">${chips}</p>
<p class="dim">${plural(coverage.crossings, 'pair')} of legs; sipspect ${e(version)}</p>
<h2>By peer</h2><table class="peers"><thead><tr><th>Peer</th><th>User-Agent</th><th class="number">Errors</th><th class="number">Warnings</th><th class="number">Remarks</th></tr></thead><tbody>${peers.join('')}</tbody></table>
${more > 0 ? `<p class="note">… and ${more} more.</p>\n` : ''}<h2>Findings</h2>
`;
}

function filterPart({ summary }: Report): string {
  const boxes = SEVERITIES.map((severity) => {
    return `<label><input type="checkbox" name="severity" value="${severity}" checked> ${severity}</label>`;
  });
  const rules = summary.rules.map(({ rule, count }) => option(rule, `${rule} (${count})`));
  const peers = summary.peers.filter(({ peer }) => peer !== '').map(({ peer }) => option(peer, peer));
  return `<form hidden>${boxes.join(' ')}
<label>rule <select name="rule">${option('', 'all')}${[...new Set(rules)].join('')}</select></label>
<label>peer <select name="peer">${option('', 'all')}${peers.slice(0, 500).join('')}</select></label>
<label>text <input type="search" name="text"></label>
<button type="button" id="open">open or close all</button><button type="reset">reset</button> <span id="shown" class="dim"></span></form>
`;
}

function option(value: string, text: string): string {
  return `<option value="${e(value)}">${e(text)}</option>`;
}

function* rulePart(shown: readonly Shown[], { sets }: Report, meta: RuleMeta | undefined): Generator<string> {
  const { rule, severity, fix, sources } = shown[0]!.finding;
  const names = new Map(sets.map((set) => [set.set, setName(set)]));
  yield `<details class="rule ${severity}" open><summary><span class="mark">${severity}</span> <h3>${e(rule)}</h3> <span class="where">${shown.length}</span></summary>\n`;
  if (meta !== undefined) yield `<p>${e(meta.summary)}</p><p class="dim">${e(meta.why)}</p>\n`;
  if (fix !== '') yield `<p><b>What to do:</b> ${e(fix)}</p>\n`;
  if (sources.length > 0) yield `<p class="dim">${e(sources.join(', '))}</p>\n`;
  for (const { finding, exhibit } of shown) {
    const capture = sets.length === 1 ? '' : (names.get(finding.set) ?? '');
    yield findingPart(finding, exhibit, capture);
  }
  yield '</details>\n';
}

function coveragePart(report: Report): string {
  const notes = notesOf(report).map((note) => `<li>${e(note)}</li>`);
  return notes.length === 0 ? '' : `<h2>Notes</h2>\n<ul>${notes.join('')}</ul>\n`;
}

/** Findings in full: more make a page that no browser likes. */
const MOST = 3000;
const PEERS = 50;
