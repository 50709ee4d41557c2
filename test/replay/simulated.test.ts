// What the core said to simulated user agents, predicted by the same core from the capture: message by message the same.
import { expect, test } from 'vitest';
import { type MessageOutcome, matters } from '../../src/replay/message-outcome.ts';
import { replay } from '../../src/replay/replay.ts';
import { messageName } from '../../src/replay/summary.ts';
import { SbcCore } from '../../src/sbc/core.ts';
import { CountedIdentifiers } from '../sbc/counted-identifiers.ts';
import { withRecorded } from '../sbc/simulation/recorded.ts';
import type { MakeCore } from '../sbc/simulation/sbc-host.ts';
import type { Outcome } from '../sbc/simulation/scenario.ts';
import { readRecording } from './read-recording.ts';

const IDENTIFIERS = new CountedIdentifiers();
const makeCore: MakeCore = (policy) => new SbcCore({ policy, identifiers: IDENTIFIERS });

test.each<[name: string, wants: (outcome: Outcome) => boolean]>([
  ['calm', ({ calm }) => calm],
  ['lossy', ({ calm, troubled }) => !calm && !troubled],
])(
  'twenty %s scenarios',
  async (_name, wants) => {
    const differing: string[] = [];
    let messages = 0;
    for (let seed = 50_001, scenarios = 0; scenarios < 20; seed++) {
      const replayed = await replayOf(seed, wants);
      if (replayed === null) continue;
      scenarios++;
      messages += replayed.pairs;
      differing.push(...replayed.differing.map((one) => `seed ${seed}: ${one}`));
    }
    expect(differing).toEqual([]);
    expect(messages).toBeGreaterThan(200);
  },
  60_000,
);

test.each([
  [2, 'a hidden caller whom nobody answers: what left the SBC can be nothing else'],
  [36, 'an ACK of the SBC’s own, and the same again'],
  [110, 'the ACK again, by the SBC itself'],
  [274, 'reliable responses of two forks, each again'],
  [347, 'an ACK after that of the re-INVITE'],
  [8608, 'the SBC refuses a re-INVITE, and the caller another'],
])('scenario %i: %s', async (seed) => {
  expect((await replayOf(seed, () => true))?.differing).toEqual([]);
});

/** Null where it is not wanted, or a capture does not tell what names were resolved to, and whom a dead next hop was tried for. */
async function replayOf(
  seed: number,
  wants: (outcome: Outcome) => boolean,
): Promise<{ readonly pairs: number; readonly differing: readonly string[] } | null> {
  const isWanted = (outcome: Outcome): boolean =>
    wants(outcome) &&
    outcome.policy.adjacencies.every(({ nextHops }) => nextHops.every(({ host }) => WELL.has(host)));
  const replaying = async ({ policy }: Outcome, capture: string) => {
    const recording = await readRecording([capture], policy);
    const { scenarios } = replay(recording, (setup) => new SbcCore({ ...setup, persists: false }));
    const all = scenarios.flatMap(({ verdict, messages }) => (verdict === 'not-judged' ? [] : messages));
    const pairs = all.filter(({ kind }) => kind === 'pair').length;
    return { pairs, differing: all.filter(matters).map(inWords) };
  };
  return (await withRecorded(seed, makeCore, replaying, isWanted)).used;
}

function inWords({ kind, predicted, recorded, differences }: MessageOutcome): string {
  const what = differences.filter(({ cosmetic }) => cosmetic === null).map(({ name }) => name);
  return `${kind} ${messageName((recorded ?? predicted)!)}: ${what.join(', ')}`;
}

const WELL: ReadonlySet<string> = new Set(['10.1.0.1', '10.2.0.1']);
