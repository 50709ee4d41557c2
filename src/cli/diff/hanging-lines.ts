// A text behind a head → lines of a terminal of a given width, those that go on indented to where the text begins.
import { displayWidth, graphemes } from '../../ladder/display-width.ts';

/** Head and text have gone through printable(). A value: cut where the line ends; what is longer than six lines ends in `…`. */
export function hangingLines(head: string, text: string, width: number): string[] {
  return behind(head, rowsOf(text, roomBehind(head, width)));
}

/** A sentence: cut between words. */
export function wordLines(head: string, text: string, width: number): string[] {
  const room = roomBehind(head, width);
  const rows: string[] = [];
  for (const word of text.split(' ')) {
    const last = rows.at(-1);
    if (last !== undefined && displayWidth(last) + 1 + displayWidth(word) <= room)
      rows[rows.length - 1] = `${last} ${word}`;
    else rows.push(...rowsOf(word, room));
    if (rows.length > MOST) break;
  }
  return behind(head, rows);
}

function roomBehind(head: string, width: number): number {
  return Math.max(LEAST, width - displayWidth(head));
}

function rowsOf(text: string, room: number): string[] {
  if (displayWidth(text) <= room) return [text];
  const rows: string[] = [];
  let row = '';
  let used = 0;
  for (const grapheme of graphemes(text)) {
    const wide = displayWidth(grapheme);
    if (used + wide > room) {
      rows.push(row);
      if (rows.length > MOST) return rows;
      row = '';
      used = 0;
    }
    row += grapheme;
    used += wide;
  }
  return [...rows, row];
}

function behind(head: string, rows: readonly string[]): string[] {
  const indent = ' '.repeat(displayWidth(head));
  const kept = rows.slice(0, MOST);
  if (rows.length > MOST) kept[MOST - 1] = `${kept[MOST - 1]!.slice(0, -1)}…`;
  return kept.map((row, index) => (index === 0 ? head : indent) + row);
}

/** However long the head is. */
const LEAST = 20;
const MOST = 6;
