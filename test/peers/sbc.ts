// The SBC as a process between the peers of a test.
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { ProcessGroup, Running } from './process-group.ts';

/** What it says at its end. */
export interface SbcSummary {
  readonly counted: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** What was logged as a warning or an error, but for findings, which are counted. */
  readonly bad: readonly object[];
  readonly pending: Readonly<Record<string, number>>;
}

export class Sbc {
  readonly running: Running;

  static async start(group: ProcessGroup, folder: string, policy: string): Promise<Sbc> {
    const file = join(folder, POLICY);
    writeFileSync(file, policy);
    const record = join(folder, RECORD);
    const sbc = new Sbc(group.start('sbc', process.execPath, ['--no-warnings', PROGRAM, file, record]));
    await sbc.running.says('listening');
    return sbc;
  }

  private constructor(running: Running) {
    this.running = running;
  }

  async end(): Promise<SbcSummary> {
    await this.running.end();
    const [, summary] = /^ended (\{.*\})$/m.exec(this.running.output) ?? [];
    if (summary === undefined) throw new Error(`the SBC ended without a summary\n${this.running.output}`);
    return JSON.parse(summary);
  }
}

/** Within the folder: what it goes by. */
export const POLICY = 'sbc.yaml';
/** What it saw and said. */
export const RECORD = 'recorded.pcapng';
const PROGRAM = resolve(import.meta.dirname, 'sbc-process.ts');
