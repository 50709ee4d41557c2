// `sipspect inline` as a process between the peers of a test, its traffic recorded.
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { ProcessGroup, Running } from './process-group.ts';

export interface SbcSummary {
  /** What was logged as a warning or an error, but for findings. */
  readonly bad: readonly object[];
  /** What it met by a rule, and how often. */
  readonly met: Readonly<Record<string, number>>;
  /** What it says at its end. */
  readonly said: string;
}

export class Sbc {
  readonly running: Running;

  /** `record`: a further run of the same folder has to have another. */
  static async start(group: ProcessGroup, folder: string, policy: string, record = RECORD): Promise<Sbc> {
    const file = join(folder, POLICY);
    writeFileSync(file, policy);
    const args = [BIN, 'inline', '--policy', file, '--record', join(folder, record)];
    const sbc = new Sbc(group.start('sbc', process.execPath, args));
    await sbc.running.says('"code":"inline/listening"');
    return sbc;
  }

  private constructor(running: Running) {
    this.running = running;
  }

  async end(): Promise<SbcSummary> {
    this.running.child.kill('SIGINT');
    const code = await this.running.ended;
    const { output } = this.running;
    if (code !== 0) throw new Error(`the SBC ended with ${code}\n${output}`);
    const lines = output.split('\n');
    const logged = lines.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line));
    const met: Record<string, number> = {};
    for (const { code, rule } of logged) if (code === 'inline/finding') met[rule] = (met[rule] ?? 0) + 1;
    return {
      bad: logged
        .filter(({ level, code }) => (level === 'warn' || level === 'error') && code !== 'inline/finding')
        .map(({ time: _, ...line }) => line),
      met,
      said: lines.filter((line) => !line.startsWith('{')).join('\n'),
    };
  }
}

/** Within the folder: what it goes by. */
export const POLICY = 'sbc.yaml';
/** What it saw and said. */
export const RECORD = 'recorded.pcapng';
export const BIN = resolve(import.meta.dirname, '../../bin/sipspect.cjs');
