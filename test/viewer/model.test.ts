// The parts of the model that need no capture: keys, styled lines, columns, words, settings, colours.
import { expect, test } from 'vitest';
import {
  columnOf,
  DEFAULT_COLUMNS,
  layColumns,
  mostScrolled,
  scrollColumns,
} from '../../src/viewer/model/call-columns.ts';
import { parseKeys } from '../../src/viewer/model/key.ts';
import { moved, topFor } from '../../src/viewer/model/scroll.ts';
import { DEFAULT_SETTINGS, settingsOf } from '../../src/viewer/model/settings.ts';
import { boxed, line, overlay, sized, span, wrap } from '../../src/viewer/model/styled.ts';
import { differingWords } from '../../src/viewer/model/words.ts';
import { colourDepth, isAsciiTerminal, paintLine } from '../../src/viewer/terminal/colours.ts';

const text = (lines: readonly { readonly spans: readonly { readonly text: string }[] }[]): string[] =>
  lines.map(({ spans }) => spans.map((one) => one.text).join(''));

test('what terminals send are keys by name', () => {
  const sent =
    'aA \r\t\x7f\x06\x1b[A\x1bOB\x1b[5~\x1b[1;5C\x1bOP\x1b[[B\x1b[15~\x1b[21~\x1b[<64;3;4M\x1b[<0;10;5M\x1b[<0;10;5m\x1b';
  expect(parseKeys(sent).map(({ name }) => name)).toEqual([
    ...['a', 'A', 'space', 'enter', 'tab', 'backspace', 'ctrl-f', 'up', 'down', 'page-up', 'right'],
    ...['f1', 'f2', 'f5', 'f10', 'wheel-up', 'click', 'escape'],
  ]);
  expect(parseKeys('\x1b[<0;10;5M')).toEqual([{ name: 'click', text: '', x: 9, y: 4 }]);
  expect(parseKeys('é😀')).toEqual([
    { name: 'é', text: 'é', x: 0, y: 0 },
    { name: '😀', text: '😀', x: 0, y: 0 },
  ]);
});

test('moving stays within the list, and the cursor in sight', () => {
  const from5 = (name: string): number | null => moved(name, 5, 10, 4);
  expect(['up', 'j', 'page-down', 'page-up', 'ctrl-d', 'home', 'G', 'x'].map(from5)).toEqual([
    4,
    6,
    8,
    2,
    7,
    0,
    9,
    null,
  ]);
  expect([topFor(0, 5, 4, 10), topFor(9, 0, 4, 10), topFor(3, 2, 4, 10), topFor(2, 8, 4, 10)]).toEqual([
    0, 6, 2, 2,
  ]);
});

test('a line is cut or filled to its width, also amid wide characters', () => {
  expect(text([sized(line('abc'), 5), sized(line('abcdef'), 3), sized(line('a漢字'), 4)])).toEqual([
    'abc  ',
    'abc',
    'a漢 ',
  ]);
  expect(text(wrap(line('abcdef', 'gh'), 4))).toEqual(['abcd', 'efgh']);
});

test('a dialog covers what is below it, column by column', () => {
  const box = boxed('T', [line('x')], 9, false);
  expect(text(box)).toEqual(['┌─ T ───┐', '│ x     │', '└───────┘']);
  expect(text(overlay([line('a漢漢漢漢漢'), line('0123456789abc')], box, 2, 0, 13))).toEqual([
    'a ┌─ T ───┐  ',
    '01│ x     │bc',
  ]);
  expect(text(boxed('T', [], 9, true))).toEqual(['+- T ---+', '+-------+']);
});

test('columns that do not fit go, the least needed first; what room is left is shared', () => {
  const all = DEFAULT_COLUMNS.map((id) => columnOf(id)!);
  const ids = (width: number): string =>
    layColumns(all, width)
      .map(({ column }) => column.id)
      .join(' ');
  expect(ids(40)).toBe('index from to msgs');
  expect(ids(76)).toBe('index method from to msgs state findings');
  expect(ids(200)).toBe(DEFAULT_COLUMNS.join(' '));
  for (const width of [40, 60, 76, 100, 132]) {
    const laid = layColumns(all, width);
    expect(laid.reduce((sum, one) => sum + one.width + 1, -1)).toBeLessThanOrEqual(width);
  }
});

test('columns scrolled sideways: the first stays, the last comes into sight, and no further', () => {
  const all = DEFAULT_COLUMNS.map((id) => columnOf(id)!);
  const ids = (width: number, gone: number): string =>
    scrollColumns(all, width, gone)
      .map(({ column }) => column.id)
      .join(' ');
  expect([ids(40, 0), ids(40, 2), ids(40, 9)]).toEqual([
    'index method from to',
    'index to msgs src',
    'index date duration setup findings',
  ]);
  expect([40, 76, 100, 200].map((width) => mostScrolled(all, width))).toEqual([9, 6, 5, 0]);
  expect(layColumns(all, 40, 'date').map(({ column }) => column.id)).toEqual(['index', 'from', 'to', 'date']);
});

test('words that differ are told apart from those that do not', () => {
  const marked = (words: readonly { text: string; differs: boolean }[]): string =>
    words.map((word) => (word.differs ? `[${word.text}]` : word.text)).join('');
  const [one, other] = differingWords('<sip:a@192.0.2.1:5060>;tag=x1', '<sip:a@192.0.2.9:5060>;tag=x2');
  expect([marked(one), marked(other)]).toEqual([
    '<sip:a@192.0.2.[1]:5060>;tag=[x1]',
    '<sip:a@192.0.2.[9]:5060>;tag=[x2]',
  ]);
});

test('a config file may hold anything', () => {
  for (const value of [null, 3, 'x', [], { columns: 'no', pane: -1, sort: 'nothing' }])
    expect(settingsOf(value)).toEqual(DEFAULT_SETTINGS);
  expect(settingsOf({ columns: ['to', 'nothing', 'from'], pane: 0, time: 'delta', mouse: false })).toEqual({
    ...DEFAULT_SETTINGS,
    ...{ columns: ['to', 'from'], pane: 0, time: 'delta', mouse: false },
  });
});

test('colours are those that the terminal has', () => {
  expect(
    [
      { TERM: 'xterm' },
      { TERM: 'xterm-256color' },
      { TERM: 'xterm', COLORTERM: 'truecolor' },
      { NO_COLOR: '1', COLORTERM: 'truecolor' },
      { TERM: 'dumb' },
    ].map(colourDepth),
  ).toEqual([16, 256, 24, 0, 0]);
  const one = line(span('a', 'failure'));
  expect(([0, 16, 256, 24] as const).map((depth) => paintLine(one, depth))).toEqual([
    '\x1b[1ma\x1b[0m',
    '\x1b[31ma\x1b[0m',
    '\x1b[38;5;203ma\x1b[0m',
    '\x1b[38;2;255;95;95ma\x1b[0m',
  ]);
  expect(paintLine({ ...line('a'), cursor: true }, 0)).toBe('\x1b[7ma\x1b[0m');
  expect(
    [{ LANG: 'C.UTF-8' }, { LANG: 'C' }, { LC_ALL: 'C', LANG: 'de_DE.UTF-8' }, {}].map(isAsciiTerminal),
  ).toEqual([false, true, true, true]);
});
