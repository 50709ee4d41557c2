// `npm run simulate -- --scenarios 10000 --seed 1`: plays that many scenarios and says what was not as it must be, with the
// seed by which each can be played again (`--scenarios 1 --seed N --ladder`).
import { parseArgs } from 'node:util';
import { SbcCore } from '../../../src/sbc/core.ts';
import { CountedIdentifiers } from '../counted-identifiers.ts';
import { playScenario } from './scenario.ts';

const { values } = parseArgs({
  options: {
    scenarios: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
    ladder: { type: 'boolean', default: false },
  },
});
const first = Number(values.seed);
const count = Number(values.scenarios);
const kinds = new Map<string, number>();
const faults = new Map<string, number[]>();
const identifiers = new CountedIdentifiers();
let messages = 0;
const began = performance.now();
for (let seed = first; seed < first + count; seed++) {
  const outcome = playScenario(seed, (policy) => new SbcCore({ policy, identifiers }));
  kinds.set(outcome.about, (kinds.get(outcome.about) ?? 0) + 1);
  messages += outcome.ladder.filter((line) => line.includes(' → ')).length;
  const [fault] = outcome.violations;
  if (fault !== undefined) {
    const kind = fault.replace(/[:(].*$|\d+-\d+-\w+.*$|z9hG4bK\w+/, '').trim();
    faults.set(kind, [...(faults.get(kind) ?? []), seed]);
  }
  if (values.ladder) console.log([...outcome.ladder, ...outcome.violations].join('\n'));
}
const seconds = (performance.now() - began) / 1000;
console.log(`${count} scenarios, ${messages} messages, ${seconds.toFixed(1)} s`);
const common = [...kinds].sort((a, b) => b[1] - a[1]).slice(0, 12);
for (const [kind, number] of common) console.log(`${String(number).padStart(7)} ${kind}`);
for (const [fault, seeds] of [...faults].sort((a, b) => b[1].length - a[1].length))
  console.log(`FAULT in ${seeds.length}: ${fault} (seeds ${seeds.slice(0, 6).join(', ')})`);
if (faults.size === 0) console.log('no faults');
process.exitCode = faults.size === 0 ? 0 : 1;
