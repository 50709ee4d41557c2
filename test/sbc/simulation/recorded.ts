// A scenario with what was on the SBC's wires, as a capture.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Recorder } from '../../../src/inline/recorder.ts';
import type { MakeCore } from './sbc-host.ts';
import { type Outcome, playScenario } from './scenario.ts';

/** `use` gets the path of a file that is gone afterwards. Null where the scenario is not calm: `use` is not asked. */
export async function withRecorded<T>(
  seed: number,
  makeCore: MakeCore,
  use: (outcome: Outcome, capture: string) => Promise<T>,
): Promise<T | null> {
  const octets: Buffer[] = [];
  const recorder = new Recorder((some) => octets.push(Buffer.from(some)) > 0);
  const outcome = playScenario(seed, makeCore, recorder);
  if (!outcome.calm) return null;
  const folder = mkdtempSync(join(tmpdir(), 'sipspect-scenario-'));
  try {
    const capture = join(folder, 'scenario.pcapng');
    writeFileSync(capture, Buffer.concat(octets));
    return await use(outcome, capture);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
