// The screens of a session, one after the other ⇄ a file that people can read: of each the lines that are others than on the one
// before, or than on one a little earlier, to which the key went back. A line of the cursor, which is in reverse, begins with >.

export interface Seen {
  readonly step: string;
  readonly lines: readonly string[];
}

export function writeGolden(seen: readonly Seen[]): string {
  const out: string[] = [];
  for (const [index, { step, lines }] of seen.entries()) {
    let back = 0;
    let changes = lines.map((_, row) => row);
    for (let one = 1; one <= Math.min(index, FARTHEST); one++) {
      const earlier = seen[index - one]!.lines;
      const others = [...lines.keys()].filter((row) => lines[row] !== earlier[row]);
      if (earlier.length !== lines.length || others.length >= changes.length) continue;
      back = one;
      changes = others;
    }
    out.push(`== ${step}${back === 1 ? '' : back === 0 ? ` (${lines.length} lines)` : ` (${back} back)`}`);
    for (const row of changes)
      if (back > 0 || lines[row] !== BLANK) out.push(`${String(row + 1).padStart(2)}${lines[row]}`);
  }
  return `${out.join('\n')}\n`;
}

export function readGolden(text: string): Seen[] {
  const seen: Seen[] = [];
  let lines: string[] = [];
  for (const line of text.split('\n')) {
    const begin = /^== (.*?)(?: \((\d+) (lines|back)\))?$/.exec(line);
    if (begin !== null) {
      const [, step, count, what] = begin;
      if (what === 'lines') lines = Array<string>(Number(count)).fill(BLANK);
      else lines = [...(seen.at(-Number(count ?? 1))?.lines ?? [])];
      seen.push({ step: step!, lines });
    } else if (line !== '') lines[Number(line.slice(0, 2)) - 1] = line.slice(2);
  }
  return seen;
}

/** What the screen is to be at each step; a step that comes again is told apart by its turn. */
export function wantedScreens(seen: readonly Seen[]): (step: string) => readonly string[] | undefined {
  const byStep = new Map<string, (readonly string[])[]>();
  for (const { step, lines } of seen) byStep.set(step, [...(byStep.get(step) ?? []), lines]);
  return (step) => byStep.get(step)?.shift();
}

/** A line as tmux has it, with its colours → as it is kept. */
export function goldenLine(line: string): string {
  const isReverse = /\x1b\[(?:\d+;)*7(?:;\d+)*m/.test(line);
  return `${isReverse ? '>' : '|'}${line.replace(/\x1b\[[\d;]*m/g, '').trimEnd()}`;
}

const BLANK = '|';
const FARTHEST = 9;
