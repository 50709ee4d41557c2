// A scenario with what was on the SBC's wires, as a capture.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Recorder } from '../../../src/inline/recorder.ts';
import type { MakeCore } from './sbc-host.ts';
import { type Outcome, playScenario } from './scenario.ts';

export interface Recorded<T> {
  readonly outcome: Outcome;
  /** Null where the scenario is not wanted. */
  readonly used: T | null;
}

/**
 * `use` gets the path of a file that is gone afterwards. It is asked of calm scenarios alone unless `wants` says otherwise: what
 * is lost, or fails, makes differences of its own.
 */
export async function withRecorded<T>(
  seed: number,
  makeCore: MakeCore,
  use: (outcome: Outcome, capture: string) => Promise<T>,
  wants: (outcome: Outcome) => boolean = ({ calm }) => calm,
): Promise<Recorded<T>> {
  const octets: Buffer[] = [];
  const recorder = new Recorder((some) => octets.push(Buffer.from(some)) > 0);
  const outcome = playScenario(seed, makeCore, recorder);
  if (!wants(outcome)) return { outcome, used: null };
  const folder = mkdtempSync(join(tmpdir(), 'sipspect-scenario-'));
  try {
    const capture = join(folder, 'scenario.pcapng');
    writeFileSync(capture, Buffer.concat(octets));
    return { outcome, used: await use(outcome, capture) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
