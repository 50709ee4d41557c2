// Drawings → one Mermaid sequence diagram (https://mermaid.js.org/syntax/sequenceDiagram.html), as tickets and wikis draw it.
import type { Drawing, Row, Shaft } from './drawing.ts';
import { UNICODE } from './glyphs.ts';
import { Gutter, type TimeMode } from './gutter.ts';
import { labelOf } from './label.ts';
import { mermaidText } from './mermaid-text.ts';
import { printable } from './printable.ts';
import { formatSpan } from './span.ts';
import { titleHead, titleNotes, titleParties } from './svg-title.ts';

export interface MermaidOptions {
  /** `relative` unless told. */
  readonly time?: TimeMode;
  /** How many more ladders were left out. */
  readonly unseen?: number;
}

/**
 * Several ladders follow one another, each under a note; a column of the same name is the same participant. Mermaid draws no
 * more than 50,000 characters: messages beyond are left out, and a note says how many.
 */
export function renderMermaid(
  drawings: readonly Drawing[],
  { time = 'relative', unseen = 0 }: MermaidOptions = {},
): string {
  const names = [
    ...new Set(drawings.flatMap(({ columns }) => columns.map(({ name }) => name.slice(0, 200)))),
  ];
  const ids = new Map(names.map((name, index) => [name, `c${index + 1}`]));
  const head = ['sequenceDiagram'];
  for (const [name, id] of ids) head.push(`participant ${id} as ${mermaidText(printable(name)) || '?'}`);
  const lines: string[] = [];
  for (const drawing of drawings) {
    const columns = drawing.columns.map(({ name }) => ids.get(name.slice(0, 200))!);
    const title = [titleHead(drawing.title), titleParties(drawing.title), ...titleNotes(drawing.title)];
    if (columns.length > 0) lines.push(note(columns, title));
    const gutter = new Gutter(drawing, time, false, false);
    for (const row of drawing.rows) lines.push(...rowLines(row, columns, gutter));
  }
  if (unseen > 0 && names.length > 0)
    lines.push(note([...ids.values()], [`${unseen} more ladders are not drawn`]));
  return `${[...head, ...fitting(lines, head.join('\n').length, [...ids.values()])].map(indented).join('\n')}\n`;
}

function rowLines(row: Row, columns: readonly string[], gutter: Gutter): string[] {
  if (row.kind === 'silence') return [note(columns, [`${formatSpan(row.milliseconds)} without messages`])];
  if (row.kind === 'remark') return [note(columns, [printable(row.text.slice(0, 1000))])];
  const { main, delay, details, marks } = labelOf(row, UNICODE, false);
  const [from, to] = [columns[row.from]!, columns[row.to]!];
  const time = row.kind === 'arrow' || row.kind === 'stream' ? `${gutter.text(row).trim()} ` : '';
  const again = row.kind === 'arrow' && row.retransmission ? ' (sent again)' : '';
  const first = `${time}${main}${again}${delay === '' ? '' : ` ${delay}`}`;
  const arrow = `${from}${arrowSign(row)}${to}: ${[first, ...details].map(mermaidText).join('<br/>')}`;
  return marks.length === 0
    ? [arrow]
    : [
        arrow,
        note(
          [from, to],
          marks.map(({ text }) => `! ${text}`),
        ),
      ];
}

/** Solid for requests, dashed for responses, with an open head for media, crossed out for what was not captured. */
function arrowSign(row: Shaft): string {
  if (row.kind === 'stream') return '-)';
  if (row.kind === 'missing') return '--x';
  return row.request ? '->>' : '-->>';
}

function note(columns: readonly string[], texts: readonly string[]): string {
  const [first, last] = [columns[0]!, columns[columns.length - 1]!];
  const over = first === last ? first : `${first},${last}`;
  return `Note over ${over}: ${texts.map((text) => mermaidText(text)).join('<br/>')}`;
}

/** As many lines as Mermaid draws. */
function fitting(lines: readonly string[], head: number, ids: readonly string[]): string[] {
  let size = head;
  const count = lines.findIndex((line) => {
    size += line.length + INDENT.length + 1;
    return size > MOST;
  });
  if (count === -1) return [...lines];
  return [...lines.slice(0, count), note(ids, [`${lines.length - count} more lines are not drawn`])];
}

function indented(line: string, index: number): string {
  return index === 0 ? line : INDENT + line;
}

const INDENT = '  ';
/** Mermaid's maxTextSize is 50,000; a note must fit, too. */
const MOST = 49_000;
