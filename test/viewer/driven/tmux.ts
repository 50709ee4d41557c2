// A terminal for the real program: windows of a tmux server of its own, spoken to in its control mode (tmux(1), CONTROL MODE),
// where a question costs no process.
import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from 'node:child_process';
import { environment } from '../../cli/program.ts';

export const hasTmux = spawnSync('tmux', ['-V']).status === 0;

export class Tmux {
  private readonly socket: string;
  private readonly child: ChildProcessWithoutNullStreams;
  private readonly waiting: ((lines: string[]) => void)[] = [];
  private reply: string[] | null = null;
  private held = '';

  constructor(name: string) {
    this.socket = `sipspect-${name}-${process.pid}`;
    // Nothing stays behind, however the test ends.
    const watch = `while kill -0 ${process.pid} 2>&-; do sleep 2; done; tmux -L ${this.socket} kill-server`;
    const args = ['-L', this.socket, '-f', '/dev/null', '-C', 'new-session', '-s', 'first', watch];
    this.child = spawn('tmux', args, { env: environment() });
    this.child.stdout.setEncoding('utf8').on('data', (text: string) => this.take(text));
    // The session itself is the first that is answered.
    this.waiting.push(() => {});
    void this.ask('refresh-client -f no-output');
  }

  /** A shell in `folder`, in a terminal of its own of this size. */
  async window(name: string, columns: number, rows: number, folder: string): Promise<void> {
    const env = { LANG: 'C.UTF-8', XDG_CONFIG_HOME: 'config', PS1: '$ ', ENV: '' };
    const set = Object.entries(env).flatMap(([key, value]) => ['-e', quoted(`${key}=${value}`)]);
    await this.ask(
      ['new-session', '-d', '-s', name, '-x', columns, '-y', rows, '-c', quoted(folder), ...set]
        .concat(quoted('bash --norc --noprofile'))
        .join(' '),
    );
    await this.resize(name, columns, rows);
  }

  async resize(name: string, columns: number, rows: number): Promise<void> {
    await this.ask(`resize-window -t ${name} -x ${columns} -y ${rows}`);
  }

  /** Keys by the names that tmux has for them. */
  async keys(name: string, ...keys: readonly string[]): Promise<void> {
    for (const key of keys) await this.ask(`send-keys -t ${name} ${quoted(key)}`);
  }

  /** Characters, as a terminal would send them. */
  async type(name: string, text: string): Promise<void> {
    const octets = [...Buffer.from(text)].map((octet) => octet.toString(16).padStart(2, '0'));
    await this.ask(`send-keys -t ${name} -H ${octets.join(' ')}`);
  }

  /** The lines of the screen. */
  async screen(name: string): Promise<string[]> {
    return this.ask(`capture-pane -p -t ${name}`);
  }

  /** The same with colours. */
  async colouredScreen(name: string): Promise<string[]> {
    return this.ask(`capture-pane -p -e -t ${name}`);
  }

  /** What tmux knows of the window. */
  async format(name: string, format: string): Promise<string> {
    return (await this.ask(`display-message -p -t ${name} ${quoted(format)}`)).join('\n');
  }

  /** All that the program writes from now on goes to a file too, as it is. */
  async record(name: string, file: string): Promise<void> {
    await this.ask(`pipe-pane -O -t ${name} ${quoted(`cat >> '${file}'`)}`);
  }

  /** The screen once it is as wanted; throws when it never is. */
  async until(name: string, wanted: RegExp): Promise<string> {
    const last = performance.now() + LONGEST;
    for (;;) {
      const screen = (await this.screen(name)).join('\n');
      if (wanted.test(screen)) return screen;
      if (performance.now() > last) throw new Error(`${wanted} is not on the screen:\n${screen}`);
      await pause();
    }
  }

  /** Once the program of the window is the shell again. */
  async shellIsBack(name: string): Promise<void> {
    for (const last = performance.now() + LONGEST; performance.now() < last; await pause())
      if ((await this.format(name, '#{pane_current_command}')) === 'bash') return;
    throw new Error('the program goes on');
  }

  end(): void {
    spawnSync('tmux', ['-L', this.socket, 'kill-server']);
  }

  ask(command: string): Promise<string[]> {
    return new Promise((resolve) => {
      this.waiting.push(resolve);
      this.child.stdin.write(`${command}\n`);
    });
  }

  private take(text: string): void {
    const lines = (this.held + text).split('\n');
    this.held = lines.pop()!;
    for (const line of lines) {
      if (this.reply === null) {
        if (line.startsWith('%begin ')) this.reply = [];
      } else if (/^%(end|error) \d+ \d+ \d+$/.test(line)) {
        const { reply } = this;
        this.reply = null;
        this.waiting.shift()?.(reply);
      } else this.reply.push(line);
    }
  }
}

export function pause(milliseconds = 10): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

function quoted(text: string): string {
  return `"${text.replace(/["\\$]/g, '\\$&')}"`;
}

const LONGEST = 60_000;
