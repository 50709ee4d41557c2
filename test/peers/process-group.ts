// Programs that a test starts: their output is kept, and whatever happens they are ended with the processes that they started
// (Kamailio's workers), each program as a process group of its own.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { listens } from './free-port.ts';

export class ProcessGroup {
  private readonly running = new Set<Running>();
  private namespace: Namespace | null = null;

  /**
   * What is started from here on is in a network namespace of its own, which has loopback and this IPv4 address: who does not choose an
   * address of his own is there for `peer`.
   */
  async isolate(address: string, peer: string): Promise<void> {
    const routed = `ip address add ${address}/32 dev lo && ip route add local ${peer} dev lo src ${address}`;
    const up = `ip link set lo up && ${routed} && echo up && exec sleep 600`;
    const running = this.start('namespace', 'unshare', ['-rn', 'sh', '-c', up]);
    await running.says('up\n');
    this.namespace = { pid: running.child.pid ?? 0 };
  }

  /** Whether somebody listens at that IPv4 address. */
  listens(transport: 'udp' | 'tcp', ip: string, port: number): boolean {
    return listens(transport, ip, port, this.namespace?.pid);
  }

  /** What `-f`, `-e` … say is the caller's; standard input is closed. */
  start(
    name: string,
    command: string,
    args: readonly string[],
    options: { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv } = {},
  ): Running {
    const { namespace } = this;
    const inside = namespace === null ? [] : ['nsenter', '-t', String(namespace.pid), ...INTO];
    const [program = command, ...rest] = [...inside, command, ...args];
    const running = new Running(
      name,
      spawn(program, rest, { ...options, stdio: ['ignore', 'pipe', 'pipe'], detached: true }),
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

/** Whether `isolate` can be had. */
export function canIsolate(): boolean {
  return spawnSync('unshare', ['-rn', 'ip', 'link', 'set', 'lo', 'up'], { stdio: 'ignore' }).status === 0;
}

interface Namespace {
  /** Of a process that is in it. */
  readonly pid: number;
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
    this.kill('SIGTERM');
    const timer = setTimeout(() => this.kill('SIGKILL'), 2000);
    await this.ended;
    clearTimeout(timer);
  }

  /** All of its group: a worker that outlives its parent keeps the output open, and `ended` would never come. */
  private kill(signal: 'SIGTERM' | 'SIGKILL'): void {
    const { pid } = this.child;
    if (pid === undefined) return;
    try {
      process.kill(-pid, signal);
    } catch {
      // It is gone.
    }
  }
}

const INTO = ['--user', '--net', '--preserve-credentials'];
const MOST_KEPT = 1_000_000;
