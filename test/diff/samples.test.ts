// What holds of any capture: nothing in it differs from itself, and what differs from another differs the other way round.
import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type CallDifference, isSame } from '../../src/diff/call-difference.ts';
import { readCaptures } from '../../src/pipeline.ts';
import type { SipMessage } from '../../src/sip/message.ts';
import { compared, mirrored } from './compared.ts';

const SAMPLES = resolve(import.meta.dirname, '../../samples');
const CAPTURES = readdirSync(SAMPLES, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.(pcap|pcapng|gz)$/.test(name))
  .sort();

test.each(CAPTURES)('%s differs in nothing from itself', async (name) => {
  const messages = await messagesIn(name);
  for (const by of ['auto', 'call-id', 'parties'] as const) {
    const { pairs, alone, summary } = compared(messages, messages, { by });
    expect(alone).toEqual([]);
    expect(pairs.filter((pair) => !isSame(pair) || !pair.compared)).toEqual([]);
    expect(summary.messages).toEqual({
      matched: messages.filter(({ duplicateOf }) => duplicateOf === 0).length,
      changed: 0,
      onlyBefore: 0,
      onlyAfter: 0,
      uncompared: 0,
    });
  }
});

test('two captures with what each lost differ the one way as the other', async () => {
  const captures = await Promise.all(CAPTURES.map(messagesIn));
  fc.assert(
    fc.property(
      fc.constantFrom(...captures),
      fc.infiniteStream(fc.integer({ min: 0, max: 9 })),
      fc.constantFrom('auto', 'parties'),
      (messages, dice, by) => {
        const left = (): SipMessage[] => messages.filter(() => dice.next().value! > 1);
        const [one, other] = [left(), left()];
        const [there, back] = [compared(one, other, { by }), compared(other, one, { by })];
        expect(inOrder(back.pairs.map(mirrored))).toEqual(inOrder(there.pairs));
      },
    ),
    { numRuns: 200, seed: 1 },
  );
});

async function messagesIn(name: string): Promise<SipMessage[]> {
  const messages: SipMessage[] = [];
  await readCaptures({
    inputs: [join(SAMPLES, name)],
    onMessage(message, { duplicateOf }) {
      const kept = message.keep();
      kept.duplicateOf = duplicateOf;
      messages.push(kept);
    },
  });
  return messages;
}

/** Where what only one has stands among the others is for readers: they read `before` from top to bottom. */
function inOrder(pairs: readonly CallDifference[]): unknown[] {
  return [...pairs]
    .sort((a, b) => a.before.id - b.before.id)
    .map((pair) => ({
      ...pair,
      messages: pair.messages
        .map(({ label, changes, ...rest }) => ({
          ...rest,
          changes: changes.map((one) => JSON.stringify(one)).sort(),
        }))
        .sort((a, b) => a.before - b.before || a.after - b.after),
    }));
}
