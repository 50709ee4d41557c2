// The viewer in a window of tmux: steps of the key table in, the whole screen after each of them out.
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BIN, ROOT } from '../../cli/program.ts';
import { goldenLine, readGolden, type Seen, wantedScreens } from './golden.ts';
import { pause, type Tmux } from './tmux.ts';

export class Session {
  readonly name: string;
  readonly folder: string;
  private readonly tmux: Tmux;
  private readonly columns: number;
  private readonly rows: number;
  private shell = '';
  private pid: number | null = null;
  /** Milliseconds for which a screen that is not as wanted has to stay as it is. */
  private patience = 5000;

  constructor(tmux: Tmux, name: string, [columns, rows]: readonly [number, number], folder: string) {
    this.tmux = tmux;
    this.name = name;
    this.columns = columns;
    this.rows = rows;
    this.folder = join(folder, name);
    mkdirSync(this.folder, { recursive: true });
  }

  /** The state of the terminal before. */
  async begin(captures: readonly string[]): Promise<string[]> {
    await this.tmux.window(this.name, this.columns, this.rows, this.folder);
    const state = await this.terminalState();
    this.shell = await this.tmux.format(this.name, '#{pane_pid}');
    await this.tmux.record(this.name, this.written);
    const paths = captures.map((path) => `'${join(ROOT, path)}'`);
    await this.tmux.type(this.name, `clear; '${process.execPath}' '${BIN}' ${paths.join(' ')}\r`);
    return state;
  }

  /** Octets that were written to the terminal since it began. */
  get written(): string {
    return join(this.folder, 'written');
  }

  async step(step: string): Promise<void> {
    const { tmux, name } = this;
    const [what, ...rest] = step.split(' ');
    const [x, y] = rest;
    if (what === 'type') await tmux.type(name, rest.join(' '));
    else if (what === 'click') await tmux.type(name, `\x1b[<0;${x};${y}M\x1b[<0;${x};${y}m`);
    else if (what === 'wheel-up') await tmux.type(name, `\x1b[<64;${x};${y}M`);
    else if (what === 'wheel-down') await tmux.type(name, `\x1b[<65;${x};${y}M`);
    else if (what === 'size') await tmux.resize(name, Number(x ?? this.columns), Number(y ?? this.rows));
    else await tmux.keys(name, step);
  }

  /** Each step with the screen after it: as in the file as soon as it is so, else as it stays. */
  async play(steps: readonly (readonly [title: string, step: string])[], file: string): Promise<Seen[]> {
    const wanted = wantedScreens(existsSync(file) ? readGolden(readFileSync(file, 'utf8')) : []);
    const seen: Seen[] = [];
    for (const [title, step] of steps) {
      if (step !== '') await this.step(step);
      seen.push({ step: title, lines: await this.settled(wanted(title)) });
    }
    return seen;
  }

  until(wanted: RegExp): Promise<string> {
    return this.tmux.until(this.name, wanted);
  }

  /** Settings of the terminal's line, and what tmux knows of its screen, once the shell is back. */
  async terminalState(): Promise<string[]> {
    const { tmux, name, folder } = this;
    await tmux.shellIsBack(name);
    const mark = `done-${marks++}`;
    await tmux.type(name, `stty -a > state; echo ${mark.replace('-', "'-'")}\r`);
    await tmux.until(name, new RegExp(`^${mark}`, 'm'));
    const modes = ['alternate_on', 'cursor_flag', 'mouse_any_flag', 'mouse_sgr_flag', 'keypad_flag'];
    const flags = await tmux.format(name, modes.map((mode) => `${mode} #{${mode}}`).join(', '));
    return [readFileSync(join(folder, 'state'), 'utf8'), flags];
  }

  /** It runs, or would if it had a processor (Linux: proc(5)); on a busy machine a screen stays as it is for long. */
  private isAtWork(): boolean {
    try {
      this.pid ??= Number(readFileSync(`/proc/${this.shell}/task/${this.shell}/children`, 'utf8').trim());
      const threads = readdirSync(`/proc/${this.pid}/task`);
      return threads.some((thread) =>
        / [RD] /.test(readFileSync(`/proc/${this.pid}/task/${thread}/stat`, 'latin1').slice(0, 40)),
      );
    } catch {
      return false;
    }
  }

  private async settled(wanted: readonly string[] | undefined): Promise<readonly string[]> {
    let last: readonly string[] = [];
    let since = performance.now();
    for (;;) {
      const lines = (await this.tmux.colouredScreen(this.name)).map(goldenLine);
      if (wanted !== undefined && same(lines, wanted)) return lines;
      if (!same(lines, last) || this.isAtWork()) {
        last = lines;
        since = performance.now();
      } else if (performance.now() - since > (wanted === undefined ? NEW : this.patience)) {
        if (wanted !== undefined) this.patience = NEW;
        return lines;
      }
      await pause();
    }
  }
}

function same(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((line, row) => line === other[row]);
}

let marks = 0;
/** Milliseconds for which a screen that nobody has seen before has to stay as it is. */
const NEW = 700;
