// Programs that a test starts: their output is kept, and whatever happens they are ended, each by its own process id.
import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';

export class ProcessGroup {
  private readonly running = new Set<Running>();

  /** What `-f`, `-e` … say is the caller's; standard input is closed. */
  start(
    name: string,
    command: string,
    args: readonly string[],
    options: { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv } = {},
  ): Running {
    const running = new Running(
      name,
      spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] }),
    );
    this.running.add(running);
    return running;
  }

  async end(): Promise<void> {
    const all = [...this.running];
    this.running.clear();
    await Promise.all(all.map((one) => one.end()));
  }
}

export class Running {
  readonly name: string;
  readonly child: ChildProcess;
  /** Code, or name of the signal. */
  readonly ended: Promise<number | string>;
  /** Standard output and standard error, as they came. */
  output = '';
  isOver = false;

  constructor(name: string, child: ChildProcess) {
    this.name = name;
    this.child = child;
    const add = (text: Buffer): void => {
      this.output = (this.output + text.toString('latin1')).slice(-MOST_KEPT);
    };
    child.stdout?.on('data', add);
    child.stderr?.on('data', add);
    this.ended = new Promise((resolve) => {
      child.once('error', (error) => {
        this.isOver = true;
        this.output += error.message;
        resolve(error.message);
      });
      child.once('close', (code, signal) => {
        this.isOver = true;
        resolve(code ?? signal ?? 'ended');
      });
    });
  }

  /** Waits until `holds`; rejects with the output when the program ends before, or it takes too long. */
  async until(what: string, holds: () => boolean | Promise<boolean>, milliseconds = 15_000): Promise<void> {
    const end = performance.now() + milliseconds;
    while (!(await holds())) {
      if (this.isOver || performance.now() > end)
        throw new Error(`${this.name}: ${what} did not come\n${this.output}`);
      await sleep(10);
    }
  }

  says(text: string): Promise<void> {
    return this.until(JSON.stringify(text), () => this.output.includes(text));
  }

  /** SIGTERM, and what is not gone after two seconds is killed. */
  async end(): Promise<void> {
    if (this.isOver) return;
    this.child.kill('SIGTERM');
    const timer = setTimeout(() => this.child.kill('SIGKILL'), 2000);
    await this.ended;
    clearTimeout(timer);
  }
}

const MOST_KEPT = 1_000_000;
