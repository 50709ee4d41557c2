// SIPp with a scenario of `scenarios/`: started on an address of its own, and what came of it.
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { freePort } from './free-port.ts';
import type { ProcessGroup, Running } from './process-group.ts';

export interface SippOptions {
  readonly name: string;
  /** File name without `.xml`. */
  readonly scenario: string;
  /** It is one that SIPp has in itself. */
  readonly own?: boolean;
  readonly ip: string;
  readonly port?: number;
  /** For `c=`; `ip` unless given. */
  readonly mediaIp?: string;
  /** Where to send to, `ip:port`; without it SIPp waits for calls. */
  readonly to?: string;
  readonly transport?: 'udp' | 'tcp';
  readonly calls: number;
  /** Calls a second. */
  readonly rate?: number;
  /** Values of `[name]` in the scenario. */
  readonly keys?: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
  /** Milliseconds of each `<pause />`. */
  readonly pause?: number;
  /** Seconds. */
  readonly timeout?: number;
}

export class Sipp {
  readonly ip: string;
  readonly port: number;
  readonly running: Running;
  private readonly errorFile: string;

  /** Resolves once it listens (which a caller may do too late to be seen: it is not waited for). */
  static async start(group: ProcessGroup, folder: string, options: SippOptions): Promise<Sipp> {
    const sipp = new Sipp(group, folder, options);
    const { transport = 'udp', ip, to } = options;
    if (to === undefined)
      await sipp.running.until('its socket', () => group.listens(transport, ip, sipp.port));
    return sipp;
  }

  private constructor(group: ProcessGroup, folder: string, options: SippOptions) {
    const { name, scenario, ip, to, transport = 'udp', calls, rate = 10, keys = {}, args = [] } = options;
    this.ip = ip;
    this.port = options.port ?? freePort();
    this.errorFile = join(folder, `${name}.errors`);
    this.running = group.start(
      name,
      'sipp',
      [
        ...(to === undefined ? [] : [to]),
        ...(options.own === true ? ['-sn', scenario] : ['-sf', join(SCENARIOS, `${scenario}.xml`)]),
        ...['-i', ip, '-p', String(this.port), '-bind_local'],
        ...[
          '-mi',
          options.mediaIp ?? ip,
          '-t',
          transport === 'udp' ? 'u1' : 't1',
          '-m',
          String(calls),
          '-r',
          String(rate),
        ],
        ...[
          '-cp',
          String(freePort()),
          '-nostdin',
          '-timeout',
          String(options.timeout ?? 20),
          '-timeout_error',
        ],
        // On a slow machine it would say so among its errors.
        ...['-watchdog_minor_threshold', '60000', '-watchdog_major_threshold', '60000'],
        ...['-trace_err', '-error_file', this.errorFile],
        ...['-d', String(options.pause ?? 100)],
        ...Object.entries(keys).flatMap(([key, value]) => ['-key', key, value]),
        ...args,
      ],
      { cwd: folder },
    );
  }

  /** Waits for its end, no longer than so many milliseconds if given; nothing when all calls went as the scenario says. */
  async failure(patience?: number): Promise<string[]> {
    const timer = patience === undefined ? undefined : setTimeout(() => void this.running.end(), patience);
    const code = await this.running.ended;
    clearTimeout(timer);
    const errors = this.errors();
    return code === 0 && errors === '' ? [] : [`${this.running.name} ended with ${code}: ${errors}`];
  }

  private errors(): string {
    try {
      return readFileSync(this.errorFile, 'latin1');
    } catch {
      return '';
    }
  }
}

const SCENARIOS = resolve(import.meta.dirname, 'scenarios');
