// A drawing → a PlantUML sequence diagram (https://plantuml.com/sequence-diagram), one @startuml block a ladder.
import type { Column, Drawing, Row, Shaft, Tone } from './drawing.ts';
import { UNICODE } from './glyphs.ts';
import { Gutter, type TimeMode } from './gutter.ts';
import { labelOf } from './label.ts';
import { plantumlText } from './plantuml-text.ts';
import { printable } from './printable.ts';
import { formatSpan } from './span.ts';
import { titleHead, titleNotes, titleParties } from './svg-title.ts';

/** `time` is `relative` unless told. */
export function* renderPlantuml(drawing: Drawing, time: TimeMode = 'relative'): Generator<string> {
  const ids = drawing.columns.map((_, index) => `c${index + 1}`);
  yield '@startuml\nskinparam sequenceMessageAlign center\n';
  yield 'skinparam shadowing false\n';
  const title = [titleHead(drawing.title), titleParties(drawing.title), ...titleNotes(drawing.title)];
  yield `title ${title.map(plantumlText).join('\\n')}\n`;
  for (const [index, column] of drawing.columns.entries()) yield participant(column, ids[index]!);
  const gutter = new Gutter(drawing, time, false, false);
  for (const row of drawing.rows) yield rowText(row, ids, gutter);
  yield '@enduml\n';
}

function participant({ name, role }: Column, id: string): string {
  const words = [name.slice(0, 200), role].map((text) => plantumlText(printable(text)));
  return `participant "${words.filter((word) => word !== '').join('\\n') || '?'}" as ${id}\n`;
}

function rowText(row: Row, ids: readonly string[], gutter: Gutter): string {
  if (row.kind === 'silence')
    return `... ${plantumlText(formatSpan(row.milliseconds))} without messages ...\n`;
  if (row.kind === 'remark') return ids.length === 0 ? '' : note(ids, [printable(row.text.slice(0, 1000))]);
  const { main, delay, details, marks } = labelOf(row, UNICODE, false);
  const [from, to] = [ids[row.from]!, ids[row.to]!];
  const time = row.kind === 'arrow' || row.kind === 'stream' ? `${gutter.text(row).trim()} ` : '';
  const again = row.kind === 'arrow' && row.retransmission ? ' (sent again)' : '';
  const first = `${time}${main}${again}${delay === '' ? '' : ` ${delay}`}`;
  const arrow = `${from} ${arrowSign(row)} ${to} : ${[first, ...details].map(plantumlText).join('\\n')}\n`;
  return marks.length === 0
    ? arrow
    : arrow +
        note(
          [from, to],
          marks.map(({ text }) => `! ${text}`),
        );
}

/** Solid for requests, dashed for responses, with an open head for media, crossed out for what was not captured. */
function arrowSign(row: Shaft): string {
  if (row.kind === 'stream') return '-[#00696e]>>';
  if (row.kind === 'missing') return '-[#68737f]->x';
  return `-[${COLOURS[row.tone]}]${row.request ? '' : '-'}>`;
}

function note(ids: readonly string[], texts: readonly string[]): string {
  const [first, last] = [ids[0]!, ids[ids.length - 1]!];
  const over = first === last ? first : `${first}, ${last}`;
  return `note over ${over} : ${texts.map(plantumlText).join('\\n')}\n`;
}

const COLOURS: Readonly<Record<Tone, string>> = {
  request: '#1b5fa8',
  provisional: '#8a5a00',
  success: '#1a7f37',
  redirect: '#7a3fc4',
  failure: '#b3261e',
  retransmission: '#68737f',
};
