// One finding as HTML: its words, its proof, its ladder, its messages, what a box changed.

import { escapeMarkup as e } from '../../ladder/escape-markup.ts';
import type { AuditFinding } from '../audit-finding.ts';
import { differencePart } from './difference-part.ts';
import type { Exhibit, ExhibitLine } from './exhibit.ts';

/** `capture` is '' where there is only one. */
export function findingPart(finding: AuditFinding, exhibit: Exhibit | undefined, capture: string): string {
  const { severity, rule, message, peer, call, frames, confidence, tags, count } = finding;
  const where = [
    call === null ? 'whole capture' : `call ${call.id}`,
    frames.length === 0 ? '' : `packet ${frames.slice(0, 8).join(', ')}${frames.length > 8 ? ', …' : ''}`,
    peer === '' ? '' : `from ${peer}`,
    confidence < 1 ? `confidence ${confidence}` : '',
    count > 1 ? `${count} times` : '',
    ...tags,
    capture,
  ].filter((word) => word !== '');
  const search = `${rule} ${message} ${peer} ${finding.userAgent} ${call?.callId ?? ''}`.toLowerCase();
  return `<details class="finding ${severity}" data-severity="${severity}" data-rule="${e(rule)}" data-peer="${e(peer)}" data-text="${e(search)}">
<summary><span class="mark">${severity}</span> <span class="what">${e(message)}</span> <span class="where">${e(where.join(' · '))}</span></summary>
${proof(finding)}${exhibit === undefined ? '' : exhibitPart(exhibit)}</details>
`;
}

function proof({ evidence, call, legs, time, userAgent, fingerprint }: AuditFinding): string {
  const rows = evidence.map(({ frame, name, value }) => {
    return `<tr><td>${frame === 0 ? '' : frame}</td><td>${e(name)}</td><td><code>${e(value.slice(0, 2000))}</code></td></tr>`;
  });
  const facts: [string, string][] = [
    ['Call-ID', call?.callId ?? ''],
    ['Hops', legs.map(({ from, to }) => `${from} → ${to}`).join(' ┃ ')],
    ['Seen', time],
    ['User-Agent', userAgent],
    ['Fingerprint', fingerprint],
  ];
  const list = facts
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `<dt>${name}</dt><dd>${e(value)}</dd>`);
  const table =
    rows.length === 0
      ? ''
      : `<table class="proof"><thead><tr><th>Packet</th><th>Line</th><th>Value</th></tr></thead><tbody>${rows.join('')}</tbody></table>\n`;
  return `${table}<dl>${list.join('')}</dl>\n`;
}

function exhibitPart({ ladder, messages, across }: Exhibit): string {
  const shown = messages.map(({ head, lines }) => {
    return `<details class="message" open><summary>${e(head)}</summary>${pre(lines, 'octets')}</details>\n`;
  });
  return `<h4>Ladder</h4>\n${pre(ladder, 'ladder')}\n<h4>Messages</h4>\n${shown.join('')}${
    across === null ? '' : `<h4>Across the box</h4>\n${differencePart(across)}`
  }`;
}

function pre(lines: readonly ExhibitLine[], name: string): string {
  const text = lines.map(({ text, guilty }) => (guilty ? `<mark>${e(text)}</mark>` : e(text)));
  return `<pre class="${name}">${text.join('\n')}</pre>`;
}
