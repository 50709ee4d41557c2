// Expected texts with places such as ⟨branch 1⟩ or ⟨tag⟩ for what the SBC makes up: the first message that has one binds
// it, every later one must have the same value there. The first word says what shape the value has. Two placeholders of
// one kind never have the same value, and none has one that the far side wrote before. A placeholder has to come again in
// a later message, or it would say nothing; one that need not is written ⟨tag?⟩ where it is bound.

export class Placeholders {
  private readonly bound = new Map<string, { value: string; message: number; cameAgain: boolean }>();
  private message = 0;

  /** An expected text with all that is known filled in; values of new placeholders are taken from `actual`. */
  bind(expected: string, actual: string, written: string): string {
    this.message++;
    const there = actual.split('\r\n');
    const lines = expected.split('\r\n').map((line, index) => {
      const known = this.fill(line);
      if (!known.includes('⟨')) return known;
      // The line at the same place, or else whichever fits: a line too many should not hide what is wrong.
      for (const candidate of [there[index] ?? '', ...there]) {
        const values = valuesIn(known, candidate);
        if (values === undefined) continue;
        for (const [placeholder, value] of values) this.add(placeholder, value, written);
        return this.fill(known);
      }
      return known;
    });
    return lines.join('\r\n');
  }

  /** A text that the playbook sends: whatever it names must have been seen. */
  use(text: string): string {
    this.message++;
    const filled = this.fill(text);
    const unknown = /⟨[^⟩]*⟩/.exec(filled);
    if (unknown !== null) throw new Error(`${unknown[0]} is used before the SBC sent it`);
    return filled;
  }

  /** Those that were bound and never came again. */
  unused(): string[] {
    return [...this.bound].filter(([, { cameAgain }]) => !cameAgain).map(([name]) => `⟨${name}⟩`);
  }

  private fill(text: string): string {
    return text.replace(/⟨([^⟩?]+)\??⟩/g, (whole, name: string) => {
      const known = this.bound.get(name);
      if (known === undefined) return whole;
      if (known.message !== this.message) known.cameAgain = true;
      return known.value;
    });
  }

  private add(placeholder: string, value: string, written: string): void {
    const name = placeholder.replace('?', '');
    const known = this.bound.get(name);
    // Twice in one line: the same value, or the texts differ and are shown.
    if (known !== undefined) return;
    const kind = name.split(' ', 1)[0];
    for (const [other, { value: taken }] of this.bound) {
      if (other.split(' ', 1)[0] === kind && taken === value)
        throw new Error(`⟨${name}⟩ has the value of ⟨${other}⟩: ${value}`);
    }
    if (written.includes(value)) throw new Error(`⟨${name}⟩ is not the SBC's own: ${value}`);
    this.bound.set(name, { value, message: this.message, cameAgain: placeholder.endsWith('?') });
  }
}

/** What stands in `actual` where `expected` has placeholders; undefined when the rest of the line differs. */
function valuesIn(expected: string, actual: string): [placeholder: string, value: string][] | undefined {
  const names: string[] = [];
  const pattern = expected
    .split(/(⟨[^⟩]+⟩)/)
    .map((piece) => {
      if (!piece.startsWith('⟨')) return piece.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
      const name = piece.slice(1, -1);
      names.push(name);
      return `(${shapeOf(name)})`;
    })
    .join('');
  const match = new RegExp(`^${pattern}$`).exec(actual);
  return match === null ? undefined : names.map((name, index) => [name, match[index + 1]]);
}

function shapeOf(name: string): string {
  const shape = SHAPES[name.replace('?', '').split(' ', 1)[0]];
  if (shape === undefined) throw new Error(`⟨${name}⟩: a placeholder is a ${Object.keys(SHAPES).join(', ')}`);
  return shape;
}

/** RFC 3261 §25.1. */
const SHAPES: Readonly<Record<string, string>> = {
  branch: "z9hG4bK[\\w.!%*+`'~-]+",
  tag: "[\\w.!%*+`'~-]+",
  'call-id': "[\\w.!%*+`'~()<>:\\\\/[\\]?{}-]+(?:@[\\w.!%*+`'~()<>:\\\\/[\\]?{}-]+)?",
  user: "[\\w.!~*'()&=+$,;?/%-]+",
  number: '\\d+',
};
