// Lines of a configuration → commands in the mode they belong to. Indentation tells where a block ends; where it was lost
// on the way, `exit` and the commands that open blocks do.
import { commandOf, type Mode, type Verdict } from './cisco-command.ts';
import { type ConfigLine, textOf } from './cisco-line.ts';

export interface ImportedLine {
  /** 1-based. */
  readonly line: number;
  readonly text: string;
}

export interface UnderstoodLine extends ImportedLine {
  readonly meaning: string;
}

export interface NotUnderstoodLine extends ImportedLine {
  readonly reason: string;
}

interface Block {
  readonly mode: Mode;
  readonly indent: number;
}

export class BlockReader {
  readonly understood: UnderstoodLine[] = [];
  readonly notUnderstood: NotUnderstoodLine[] = [];
  /** Runs of lines outside of `sbc`. */
  readonly outside: { from: number; to: number }[] = [];
  readonly #top: Mode;
  /** No line is indented: nothing is told by it. */
  readonly #flat: boolean;
  #open: Block[] = [];
  #wasOutside = false;

  constructor(top: Mode, lines: readonly ConfigLine[]) {
    this.#top = top;
    this.#flat = lines.every(({ indent }) => !indent);
    for (const line of lines) this.#read(line);
  }

  #read(line: ConfigLine): void {
    const { words } = line;
    if (words[0] === 'end' || (!line.indent && LEAVE.has(words[0]))) this.#open = [];
    const ended = this.#endBlocks(line.indent);
    if (words[0] === 'exit') {
      if (ended.length === 0) this.#open.pop();
      return;
    }
    const negated = words[0] === 'no';
    const command = negated ? words.slice(1) : words;
    const mode = this.#modeOf(command, ended);
    if (mode === undefined) this.#leftOut(line);
    else this.#apply(line, mode, command, negated);
  }

  /** Ends what the indentation says has ended, and gives it, innermost last. */
  #endBlocks(indent: number | null): Block[] {
    if (indent === null || this.#flat) return [];
    const first = this.#open.findIndex((block) => block.indent >= indent);
    return first < 0 ? [] : this.#open.splice(first);
  }

  /** The mode that the command belongs to, innermost of what is open; undefined outside of everything. */
  #modeOf(words: readonly string[], ended: Block[]): Mode | undefined {
    const inner = this.#open.at(-1)?.mode;
    if (inner !== undefined && commandOf(inner, words) !== undefined) return inner;
    // `sbe` is often written as deep as its `sbc`: what has ended goes on when only it knows the command.
    for (let i = ended.length - 1; i >= 0; i--) {
      if (commandOf(ended[i].mode, words) === undefined) continue;
      if (inner === undefined && commandOf(this.#top, words) !== undefined) break;
      this.#open.push(...ended.slice(0, i + 1));
      return ended[i].mode;
    }
    for (let i = this.#open.length - 2; i >= 0; i--) {
      const command = commandOf(this.#open[i].mode, words);
      // With indentation it would have ended already, unless it opens something: then it was only written too deep.
      if (command === undefined || !(this.#flat || command.opens)) continue;
      if (inner?.closed !== undefined && !command.opens) continue;
      this.#open.length = i + 1;
      return this.#open[i].mode;
    }
    if (commandOf(this.#top, words) === undefined) return inner;
    this.#open = [];
    return this.#top;
  }

  #apply(line: ConfigLine, mode: Mode, words: readonly string[], negated: boolean): void {
    this.#wasOutside = false;
    const text = textOf(line);
    const command = commandOf(mode, words);
    let verdict: Verdict;
    if (command !== undefined) verdict = command.apply(words.slice(command.form.split(' ').length), negated);
    else if (mode.closed !== undefined) verdict = { reason: mode.closed };
    else verdict = { reason: `no command that is known in ${mode.what}`, enter: UNKNOWN };
    if ('meaning' in verdict) this.understood.push({ line: line.line, text, meaning: verdict.meaning });
    else this.notUnderstood.push({ line: line.line, text, reason: verdict.reason });
    const { enter } = verdict;
    // What follows a command that is not known is its block only where indentation says so.
    if (enter !== undefined && !(enter === UNKNOWN && (this.#flat || line.indent === null)))
      this.#open.push({ mode: enter, indent: line.indent ?? 0 });
  }

  #leftOut({ line }: ConfigLine): void {
    const last = this.outside.at(-1);
    if (last !== undefined && this.#wasOutside) last.to = line;
    else this.outside.push({ from: line, to: line });
    this.#wasOutside = true;
  }
}

const UNKNOWN: Mode = { what: 'a block', commands: [], closed: 'in a block that is not known' };
/** Commands that are only ever written outside of `sbc`. */
const LEAVE: ReadonlySet<string> = new Set([
  'interface',
  'router',
  'line',
  'control-plane',
  'access-list',
  'dial-peer',
  'snmp-server',
  'ntp',
]);
