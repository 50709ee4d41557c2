// What a box changed of one message, as a table: before and after, side by side.
import { escapeMarkup as e } from '../../ladder/escape-markup.ts';
import type { ExhibitDifference } from './exhibit.ts';

export function differencePart({ head, difference }: ExhibitDifference): string {
  const { startLine, headers, sdp, body } = difference;
  const rows: string[] = [];
  if (startLine.change === 'changed') rows.push(row('Start line', [startLine.before], [startLine.after]));
  for (const { name, change, before, after } of headers)
    if (change !== 'same') rows.push(row(name, before, after));
  for (const { before, after } of sdp) {
    if (before !== after)
      rows.push(row('SDP', before === null ? [] : [before], after === null ? [] : [after]));
  }
  if (body !== 'same')
    rows.push(
      row('Body', body === 'added' ? [] : ['(octets)'], body === 'removed' ? [] : ['(other octets)']),
    );
  const same = headers.filter(({ change }) => change === 'same').map(({ name }) => name);
  if (sdp.length > 0 && sdp.every(({ before, after }) => before === after)) same.push('SDP');
  return `<table class="across"><caption>${e(head)}</caption><thead><tr><th>Header</th><th>In</th><th>Out</th></tr></thead><tbody>${rows.join('')}</tbody></table>
<p class="same">Unchanged: ${e(same.join(', '))}</p>
`;
}

function row(name: string, before: readonly string[], after: readonly string[]): string {
  return `<tr><th scope="row">${e(name)}</th>${cell(before, 'del')}${cell(after, 'ins')}</tr>`;
}

function cell(values: readonly string[], tag: 'del' | 'ins'): string {
  if (values.length === 0) return '<td>–</td>';
  return `<td>${values.map((value) => `<${tag}>${e(value.slice(0, 2000))}</${tag}>`).join('<br>')}</td>`;
}
