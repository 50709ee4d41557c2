// An arrow and its label → the lines that show it: the label on the shaft where it fits; else what it carries below the
// arrow, and where not even its name fits, the label above it.
import { displayWidth, shorten } from './display-width.ts';
import type { Shaft } from './drawing.ts';
import type { Label } from './label.ts';
import type { Line } from './line.ts';
import type { Ink } from './palette.ts';
import type { Sheet } from './sheet.ts';

export function arrowLines(row: Shaft, label: Label, sheet: Sheet): Line[] {
  const from = sheet.at(row.from);
  const to = sheet.at(row.to);
  const lines = from === to ? selfLines(row, label, sheet, from) : spanLines(row, label, sheet, from, to);
  const left = Math.min(from, to) + 2;
  if (label.marks.length > 0) lines.push(...markLines(sheet, left, label.marks));
  return lines;
}

/** `! E dialog/ack-missing, I message/mandatory-header`, as many to a line as fit from `at` on. */
function markLines(sheet: Sheet, at: number, marks: Label['marks']): Line[] {
  const lines: Words[] = [];
  let room = 0;
  for (const [index, { text, severity }] of marks.entries()) {
    const last = index === marks.length - 1;
    const word = `${index === 0 ? '! ' : ''}${text}${last ? '' : ', '}`;
    if (lines.length === 0 || displayWidth(word.trimEnd()) > room) {
      lines.push([]);
      room = sheet.width - at;
    }
    lines[lines.length - 1]!.push([word, MARK_INKS[severity]]);
    room -= displayWidth(word);
  }
  return lines.flatMap((words) => wordLines(sheet, at, words));
}

function spanLines(row: Shaft, label: Label, sheet: Sheet, from: number, to: number): Line[] {
  const left = Math.min(from, to);
  const inside = Math.abs(to - from) - 1;
  const ink = inkOf(row);
  const heads = headsOf(row);
  const ends = SHAFT_ENDS + heads;
  // In the middle of the shaft, its heads not counted.
  const start = (width: number): number =>
    left + 1 + (to < from ? heads : 0) + Math.floor((inside - heads - width) / 2);
  const shaft = sheet.line();
  drawShaft(shaft, row, sheet, from, to);
  if (label.fullWidth + ends <= inside) {
    putWords(shaft, start(label.fullWidth), allWords(label, ink));
    return [shaft];
  }
  if (label.mainWidth + ends <= inside) {
    putWords(shaft, start(label.mainWidth), mainWords(label, ink));
    return [shaft, ...detailLines(label.details, sheet, left + 2)];
  }
  if (label.coreWidth + ends <= inside) {
    putWords(shaft, start(label.coreWidth), [[label.main, ink]]);
    const details = label.slow ? [label.delay, ...label.details] : label.details;
    return [shaft, ...detailLines(details, sheet, left + 2)];
  }
  return [...labelLines(label, sheet, left + 2, ink), shaft];
}

/**
 * A message from a box to itself: out of its lifeline and back into it, its label beside it; on the side where there
 * is room for that.
 */
function selfLines(row: Shaft, label: Label, sheet: Sheet, at: number): Line[] {
  const { glyphs } = sheet;
  const ink = inkOf(row);
  const out = sheet.line();
  const back = sheet.line();
  const toRight = sheet.width - at - SELF_WIDTH;
  const toLeft = at - sheet.left - SELF_WIDTH;
  const below: Words = [[label.details.join('  '), 'detail']];
  if (toRight >= label.mainWidth || toRight >= toLeft) {
    out.put(at + 1, glyphs.shaft + glyphs.shaft + glyphs.turnRightDown, ink);
    back.put(at + 1, glyphs.left + glyphs.shaft + glyphs.turnRightUp, ink);
    putWords(out, at + 5, cutWords(mainWords(label, ink), toRight, sheet));
    putWords(back, at + 5, cutWords(below, toRight, sheet));
  } else {
    out.put(at - 3, glyphs.turnLeftDown + glyphs.shaft + glyphs.shaft, ink);
    back.put(at - 3, glyphs.turnLeftUp + glyphs.shaft + glyphs.right, ink);
    for (const [line, words] of [
      [out, cutWords(mainWords(label, ink), toLeft, sheet)],
      [back, cutWords(below, toLeft, sheet)],
    ] as const) {
      putWords(line, at - 4 - widthOf(words), words);
    }
  }
  return [out, back];
}

function drawShaft(line: Line, row: Shaft, sheet: Sheet, from: number, to: number): void {
  const { glyphs } = sheet;
  const ink = inkOf(row);
  const left = Math.min(from, to);
  const right = Math.max(from, to);
  const [shaft, crossing] =
    row.kind === 'stream' ? [glyphs.stream, glyphs.streamCrossing] : [glyphs.shaft, glyphs.crossing];
  const shaftAt = (column: number): string => (sheet.hasLifeline(column) ? crossing : shaft);
  for (let column = left + 1; column < right; column++) {
    if (row.kind === 'missing') line.put(column, glyphs.dashed, ink);
    else line.put(column, shaftAt(column), ink);
  }
  const heads = Math.min(headsOf(row), right - left - 1);
  if (to > from) line.put(right - heads, glyphs.right.repeat(heads), ink);
  else line.put(left + 1, glyphs.left.repeat(heads), ink);
}

/** A retransmission has three heads, as sngrep draws it. */
function headsOf(row: Shaft): number {
  return row.kind === 'arrow' && row.retransmission ? 3 : 1;
}

/** The label on lines of its own: in one when that fits. */
function labelLines(label: Label, sheet: Sheet, at: number, ink: Ink): Line[] {
  if (label.fullWidth < sheet.width - sheet.left - 2) return wordLines(sheet, at, allWords(label, ink));
  return [...wordLines(sheet, at, mainWords(label, ink)), ...detailLines(label.details, sheet, at)];
}

function detailLines(details: readonly string[], sheet: Sheet, at: number): Line[] {
  const room = sheet.width - sheet.left - 3;
  const lines: Words[] = [];
  let used = 0;
  for (const detail of details) {
    const width = displayWidth(detail) + 2;
    if (lines.length > 0 && used + width <= room) lines[lines.length - 1].push([`  ${detail}`, 'detail']);
    else {
      lines.push([[detail, 'detail']]);
      used = 0;
    }
    used += width;
  }
  return lines.flatMap((words) => wordLines(sheet, at, words));
}

/**
 * Words that begin at `at`: where one line does not hold them, in two; where neither do two, in one that begins as far left
 * of `at` as it takes to fit, and cut where it still does not.
 */
function wordLines(sheet: Sheet, at: number, words: Words): Line[] {
  const room = sheet.width - at;
  if (widthOf(words) <= room) return [wordLine(sheet, at, words)];
  // Between the parts of a label where that will do; else at any space but that of `(1 INVITE)`.
  const halves =
    inTwo(words, room) ??
    inTwo(
      words.flatMap(([text, ink]) => piecesOf(text, ink)),
      room,
    );
  return (halves ?? [words]).map((half) => wordLine(sheet, at, half));
}

function piecesOf(text: string, ink: Ink): Words {
  return text.split(/(?= (?! |[A-Z]+\)))/).map((piece): Words[number] => [piece, ink]);
}

/** As many words as fit `room`, and the others; null when either would be empty or too long. */
function inTwo(words: Words, room: number): [Words, Words] | null {
  let used = 0;
  const count = words.findIndex(([text]) => {
    used += displayWidth(text);
    return used > room;
  });
  if (count <= 0) return null;
  const [[text, ink], ...others] = words.slice(count);
  const rest: Words = [[text.trimStart(), ink], ...others];
  return widthOf(rest) > room ? null : [words.slice(0, count), rest];
}

function wordLine(sheet: Sheet, at: number, words: Words): Line {
  const line = sheet.line();
  const start = Math.max(Math.min(at, sheet.width - widthOf(words)), sheet.left + 2);
  putWords(line, start, cutWords(words, sheet.width - start, sheet));
  return line;
}

/** The words that fit `room`, the last of them cut where it does not. */
function cutWords(words: Words, room: number, sheet: Sheet): Words {
  const out: Words = [];
  let left = room;
  for (const [text, ink] of words) {
    if (left <= 0) break;
    const short = shorten(text, left, sheet.glyphs.ellipsis);
    out.push([short, ink]);
    left -= displayWidth(short);
  }
  return out;
}

/** Words with a space on either side, which keeps them apart from lifelines and shafts. */
function putWords(line: Line, at: number, words: Words): void {
  if (widthOf(words) === 0) return;
  let column = line.put(at - 1, ' ', null);
  for (const [text, ink] of words) column = line.put(column, text, ink);
  line.put(column, ' ', null);
}

function widthOf(words: Words): number {
  return words.reduce((sum, [text]) => sum + displayWidth(text), 0);
}

function mainWords(label: Label, ink: Ink): Words {
  return label.delay === ''
    ? [[label.main, ink]]
    : [
        [label.main, ink],
        [` ${label.delay}`, 'delay'],
      ];
}

function allWords(label: Label, ink: Ink): Words {
  return [
    ...mainWords(label, ink),
    ...label.details.map((detail): Words[number] => [`  ${detail}`, 'detail']),
  ];
}

function inkOf(row: Shaft): Ink {
  return row.kind === 'arrow' ? row.tone : row.kind;
}

type Words = [text: string, ink: Ink][];

const MARK_INKS = { error: 'mark', warning: 'mark-warning', info: 'mark-info' } as const;
/** Beside a label on a shaft: a dash and a space on either side, and the heads. */
const SHAFT_ENDS = 4;
/** Shaft, corner and space of an arrow to itself. */
const SELF_WIDTH = 6;
