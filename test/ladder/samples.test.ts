// The ladders of every capture in samples/, compared with golden/.
import { globSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import type { Call } from '../../src/dialog/call.ts';
import { draw } from '../../src/ladder/draw.ts';
import { flowOf } from '../../src/ladder/from-call.ts';
import { renderText } from '../../src/ladder/text.ts';
import { readCaptures } from '../../src/pipeline.ts';
import { expectGolden } from './golden.ts';

const SAMPLES = resolve(import.meta.dirname, '../../samples');
const captures = globSync('*/*.{pcap,pcapng}*', { cwd: SAMPLES }).sort();

test('there are samples', () => {
  expect(captures.length).toBeGreaterThan(5);
});

for (const capture of captures) {
  test(capture, async () => {
    const calls: Call[] = [];
    await readCaptures({
      inputs: [resolve(SAMPLES, capture)],
      keepMessages: true,
      onCall: (call) => void calls.push(call),
    });
    calls.sort((a, b) => a.id - b.id);
    const ladders = calls.map((call) => [...renderText(draw(flowOf(call))), ''].join('\n'));
    expectGolden(`sample-${capture}`.replaceAll('/', '-').replaceAll('.', '-'), ladders.join('\n'));
  });
}
