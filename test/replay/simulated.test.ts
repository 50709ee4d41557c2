// What the core said to simulated user agents, predicted by the same core from the capture: message by message the same.
import { expect, test } from 'vitest';
import { matters } from '../../src/replay/message-outcome.ts';
import { replay } from '../../src/replay/replay.ts';
import { messageName } from '../../src/replay/summary.ts';
import { SbcCore } from '../../src/sbc/core.ts';
import { CountedIdentifiers } from '../sbc/counted-identifiers.ts';
import { withRecorded } from '../sbc/simulation/recorded.ts';
import type { MakeCore } from '../sbc/simulation/sbc-host.ts';
import { readRecording } from './read-recording.ts';

const IDENTIFIERS = new CountedIdentifiers();
const makeCore: MakeCore = (policy) => new SbcCore({ policy, identifiers: IDENTIFIERS });

test('thirty calm scenarios', async () => {
  const differing: string[] = [];
  let scenarios = 0;
  let messages = 0;
  for (let seed = 50_001; scenarios < 30; seed++) {
    await withRecorded(seed, makeCore, async ({ policy }, capture) => {
      // A capture does not tell what names were resolved to, nor whom a dead next hop was tried for.
      if (policy.adjacencies.some(({ nextHops }) => nextHops.some(({ host }) => !WELL.has(host)))) return;
      scenarios++;
      const recording = await readRecording([capture], policy);
      const result = replay(recording, (setup) => new SbcCore({ ...setup, persists: false }));
      for (const scenario of result.scenarios) {
        if (scenario.verdict === 'not-judged') continue;
        const pairs = scenario.messages.filter(({ kind }) => kind === 'pair');
        messages += pairs.length;
        for (const pair of pairs.filter(matters)) {
          const what = pair.differences.filter(({ cosmetic }) => cosmetic === null).map(({ name }) => name);
          differing.push(`seed ${seed}: ${messageName(pair.recorded!)}: ${what.join(', ')}`);
        }
      }
    });
  }
  expect(differing).toEqual([]);
  expect(messages).toBeGreaterThan(300);
}, 60_000);

const WELL: ReadonlySet<string> = new Set(['10.1.0.1', '10.2.0.1']);
