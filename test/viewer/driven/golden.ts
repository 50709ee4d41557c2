// The screens of a session, one after the other ⇄ a file that people can read: of each the lines that are others than before.

export interface Seen {
  readonly step: string;
  readonly lines: readonly string[];
}

export function writeGolden(seen: readonly Seen[]): string {
  let before: readonly string[] = [];
  const out: string[] = [];
  for (const { step, lines } of seen) {
    out.push(`== ${step}${lines.length === before.length ? '' : ` (${lines.length} lines)`}`);
    const isNew = lines.length !== before.length;
    for (const [row, line] of lines.entries())
      if (isNew ? line !== '' : line !== before[row]) out.push(`${String(row + 1).padStart(2)}|${line}`);
    before = lines;
  }
  return `${out.join('\n')}\n`;
}

export function readGolden(text: string): Seen[] {
  const seen: Seen[] = [];
  let lines: string[] = [];
  for (const line of text.split('\n')) {
    const begin = /^== (.*?)(?: \((\d+) lines\))?$/.exec(line);
    if (begin !== null) {
      lines = begin[2] === undefined ? [...lines] : Array<string>(Number(begin[2])).fill('');
      seen.push({ step: begin[1]!, lines });
    } else if (line !== '') lines[Number(line.slice(0, 2)) - 1] = line.slice(3);
  }
  return seen;
}

/** What the screen is to be at each step; a step that comes again is told apart by its turn. */
export function wantedScreens(seen: readonly Seen[]): (step: string) => readonly string[] | undefined {
  const byStep = new Map<string, (readonly string[])[]>();
  for (const { step, lines } of seen) byStep.set(step, [...(byStep.get(step) ?? []), lines]);
  return (step) => byStep.get(step)?.shift();
}
