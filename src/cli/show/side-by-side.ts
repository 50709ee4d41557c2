// Rows of a name and two lists of values as two columns of text, for a terminal of a given width.
import { displayWidth } from '../../ladder/display-width.ts';

export interface SideRow {
  readonly name: string;
  readonly before: readonly string[];
  readonly after: readonly string[];
}

export interface SideLine {
  readonly text: string;
  readonly changed: boolean;
}

/** Values that both columns have in the same row are shown as they are; long ones go on in the next line. */
export function sideBySide(rows: readonly SideRow[], width: number): SideLine[] {
  const names = Math.min(24, Math.max(10, ...rows.map(({ name }) => name.length)));
  const half = Math.max(16, Math.floor((width - names - 7) / 2));
  return rows.flatMap(({ name, before, after }) => {
    const lines: SideLine[] = [];
    for (let index = 0; index < Math.max(before.length, after.length); index++) {
      const [one, other] = [before[index] ?? '', after[index] ?? ''];
      const left = wrap(one === '' ? '–' : one, half);
      const right = wrap(other === '' ? '–' : other, half);
      for (let row = 0; row < Math.max(left.length, right.length); row++) {
        const head = lines.length === 0 ? name.slice(0, names) : '';
        const text = `  ${head.padEnd(names)}  ${pad(left[row] ?? '', half)} │ ${right[row] ?? ''}`;
        lines.push({ text: text.trimEnd(), changed: one !== other });
      }
    }
    return lines;
  });
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  let used = 0;
  for (const character of text) {
    const wide = displayWidth(character);
    if (used + wide > width) {
      lines.push(line);
      line = '';
      used = 0;
    }
    line += character;
    used += wide;
  }
  lines.push(line);
  return lines.slice(0, MOST_LINES);
}

function pad(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - displayWidth(text)));
}

const MOST_LINES = 20;
