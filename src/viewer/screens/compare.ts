// Two messages side by side: what differs of headers and SDP lines, however they are ordered, words marked; what is the same
// below.
import { formatTimestamp } from '../../capture/timestamp.ts';
import { messageDifference } from '../../explain/message-difference.ts';
import { displayWidth } from '../../ladder/display-width.ts';
import { printable } from '../../ladder/printable.ts';
import type { Key } from '../model/key.ts';
import { moved } from '../model/scroll.ts';
import { back, type CompareScreen, open, replaced, type State, type World } from '../model/state.ts';
import { line, type Span, type StyledLine, sized, span, wrap } from '../model/styled.ts';
import { differingWords } from '../model/words.ts';
import type { OpenedMessage } from '../reading/opened-call.ts';
import { framed, keyLine, titleLine } from './frame.ts';

export function drawCompare(screen: CompareScreen, state: State, world: World): StyledLine[] {
  const lines = linesOf(screen, state, world);
  const top = Math.min(screen.top, Math.max(0, lines.length - pageOf(state)));
  const head = titleLine(
    `Compare, call ${screen.id}`,
    `${screen.one + 1} and ${screen.other + 1}`,
    state.columns,
  );
  return framed([head], lines.slice(top), keyLine(KEYS, state), state);
}

export function pressCompare(screen: CompareScreen, state: State, key: Key, world: World): State {
  if (['escape', 'q', 'enter'].includes(key.name)) return back(state);
  if (['f1', '?'].includes(key.name)) return open(state, { kind: 'help', rule: '', top: 0 });
  const last = Math.max(0, linesOf(screen, state, world).length - pageOf(state));
  const at = moved(key.name, Math.min(screen.top, last), last + 1, pageOf(state));
  return at === null ? state : replaced(state, { ...screen, top: at });
}

function linesOf(screen: CompareScreen, state: State, world: World): StyledLine[] {
  const opened = world.opened(screen.id, screen.extended);
  if (opened === undefined) return [line(span('Reading ..', 'dim'))];
  const [one, other] = [opened.messages[screen.one], opened.messages[screen.other]];
  if (one === undefined || other === undefined) return [];
  return compared(one, other, state.columns, world.ascii);
}

function compared(one: OpenedMessage, other: OpenedMessage, columns: number, ascii: boolean): StyledLine[] {
  const { startLine, headers, sdp, body } = messageDifference(one.message, other.message);
  const rows: Row[] = [];
  const same: Row[] = [];
  (startLine.change === 'same' ? same : rows).push({
    name: '',
    before: [startLine.before],
    after: [startLine.after],
  });
  for (const { name, change, before, after } of headers) {
    if (change === 'same') same.push({ name, before, after });
    else rows.push({ name: change === 'reordered' ? `${name} (order)` : name, before, after });
  }
  for (const { before, after } of sdp) {
    const row = {
      name: 'SDP',
      before: before === null ? [] : [before],
      after: after === null ? [] : [after],
    };
    (before === after ? same : rows).push(row);
  }
  if (body !== 'same')
    rows.push({
      name: 'body',
      before: [body === 'added' ? '' : 'a body'],
      after: [body === 'removed' ? '' : body],
    });
  const names = Math.min(22, Math.max(8, ...rows.map(({ name }) => displayWidth(name))));
  const half = Math.max(10, Math.floor((columns - names - 5) / 2));
  const side = { names, half, rule: ascii ? '|' : '│', ascii };
  return [
    ...sideBySide({ name: '', before: [headOf(one, ascii)], after: [headOf(other, ascii)] }, side, 'name'),
    line(),
    ...(rows.length === 0 ? [line(span('The same in all headers and lines.', 'success'))] : []),
    ...rows.flatMap((row) => sideBySide(row, side, null)),
    line(),
    ...(same.length === 0 ? [] : [line(span('The same in both:', 'dim'))]),
    ...same.flatMap((row) =>
      row.before.map((value) =>
        line(
          span(
            `  ${row.name === '' || row.name === 'SDP' ? '' : `${printable(row.name, ascii)}: `}${printable(value, ascii)}`,
            'dim',
          ),
        ),
      ),
    ),
  ];
}

interface Row {
  readonly name: string;
  readonly before: readonly string[];
  readonly after: readonly string[];
}

interface Side {
  readonly names: number;
  readonly half: number;
  readonly rule: string;
  readonly ascii: boolean;
}

function sideBySide(row: Row, { names, half, rule, ascii }: Side, as: 'name' | null): StyledLine[] {
  const out: StyledLine[] = [];
  for (let index = 0; index < Math.max(row.before.length, row.after.length); index++) {
    const one = printable(row.before[index] ?? '', ascii);
    const other = printable(row.after[index] ?? '', ascii);
    const [left, right] = as === 'name' ? [[span(one, as)], [span(other, as)]] : marked(one, other);
    const lefts = wrap({ spans: left }, half);
    const rights = wrap({ spans: right }, half);
    for (let at = 0; at < Math.max(lefts.length, rights.length); at++) {
      const name = index === 0 && at === 0 ? printable(row.name, ascii) : '';
      out.push({
        spans: [
          ...sized(line(span(name, 'header')), names).spans,
          span(' '),
          ...sized(lefts[at] ?? line(), half).spans,
          span(` ${rule} `, 'dim'),
          ...(rights[at]?.spans ?? []),
        ],
      });
    }
  }
  return out;
}

function marked(one: string, other: string): [Span[], Span[]] {
  if (one === other) return [[span(one)], [span(other)]];
  if (one === '') return [[span('-', 'dim')], [span(other, 'added')]];
  if (other === '') return [[span(one, 'removed')], [span('-', 'dim')]];
  const [left, right] = differingWords(one, other);
  return [
    left.map(({ text, differs }) => span(text, differs ? 'removed' : 'plain')),
    right.map(({ text, differs }) => span(text, differs ? 'added' : 'plain')),
  ];
}

function headOf({ message }: OpenedMessage, ascii: boolean): string {
  const arrow = ascii ? '->' : '→';
  return `${formatTimestamp(message).slice(11, 26)} packet ${message.frame} ${message.src.text} ${arrow} ${message.dst.text}`;
}

function pageOf({ rows }: State): number {
  return Math.max(1, rows - 2);
}

const KEYS = [
  ['Esc', 'Back'],
  ['j k', 'Scroll'],
  ['F1', 'Help'],
] as const;
