// The viewer on a terminal of script(1), keys in, and what is then to be seen on its screen.
import { spawn, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { TerminalScreen } from './terminal-screen.mjs';

export class DrivenViewer {
  constructor(bin, capture) {
    const command = `stty cols ${COLUMNS} rows ${ROWS}; exec '${process.execPath}' '${bin}' '${capture}'`;
    const env = { ...process.env, TERM: 'xterm-256color', LANG: 'C.UTF-8', XDG_CONFIG_HOME: '/nonexistent' };
    this.screen = new TerminalScreen(COLUMNS, ROWS);
    this.child = spawn('script', ['-qfec', command, '/dev/null'], { env });
    this.heard = () => {};
    this.child.stdout.on('data', (octets) => {
      this.screen.write(octets);
      this.heard();
    });
  }

  /**
   * Milliseconds from the key until the screen is as it is to be, Infinity when it never is; and how many of them the viewer's
   * first thread only waited for a processor, which others had: on a machine of its own it would not.
   */
  async press(key, wanted) {
    await pause(20 + Math.random() * 30);
    wanted.begin?.();
    const before = this.#waited();
    const sent = performance.now();
    this.child.stdin.write(key);
    const took = await this.until(wanted, 5000).then(
      () => performance.now() - sent,
      () => Infinity,
    );
    const waited = this.#waited() - before;
    if (took - waited > SLOW) {
      const shown = this.screen.lines.slice(0, 6).join('\n');
      console.log(
        `  ${JSON.stringify(key)}: ${took === Infinity ? 'no answer' : `${took.toFixed(0)} ms, ${waited.toFixed(0)} of them without a processor`}`,
      );
      if (took === Infinity) console.log(shown);
    }
    return { took, alone: Math.max(0, took - waited) };
  }

  until(wanted, most = 60_000) {
    if (wanted(this.screen)) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.heard = () => {};
        reject(new Error(`not on the screen:\n${this.screen.lines.join('\n')}`));
      }, most);
      this.heard = () => {
        if (!wanted(this.screen)) return;
        clearTimeout(timer);
        this.heard = () => {};
        resolve();
      };
    });
  }

  /** Seconds of all its threads. */
  processorTime() {
    const [, , , , , , , , , , , user, system] = readFileSync(`/proc/${this.#pid()}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    return (Number(user) + Number(system)) / TICKS;
  }

  /** Milliseconds that its first thread was ready to run and did not (Linux: schedstat). */
  #waited() {
    const pid = this.#pid();
    return Number(readFileSync(`/proc/${pid}/task/${pid}/schedstat`, 'utf8').split(' ')[1]) / 1e6;
  }

  peakMegabytes() {
    const status = readFileSync(join('/proc', String(this.#pid()), 'status'), 'utf8');
    return Math.round(Number(/VmHWM:\s+(\d+)/.exec(status)[1]) / 1024);
  }

  end() {
    this.child.stdin.write('\x03');
    return new Promise((resolve) => this.child.on('exit', resolve));
  }

  #pid() {
    const { pid } = this.child;
    for (const task of readdirSync(`/proc/${pid}/task`)) {
      const [child] = readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').trim().split(' ');
      if (child) return Number(child);
    }
    return pid;
  }
}

const COLUMNS = 120;
const ROWS = 40;
/** Milliseconds from which a key is named. */
const SLOW = 100;
const TICKS = Number(spawnSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }).stdout);
