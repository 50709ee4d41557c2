// `npm run simulate -- --scenarios 10000 --seed 1`: plays that many scenarios and says what was not as it must be, with the
// seed by which each can be played again (`--scenarios 1 --seed N --ladder`). With `--audit` what was on the SBC's wires in calm
// scenarios is judged by the rules, and its legs are paired, too.
import { parseArgs } from 'node:util';
import { SbcCore } from '../../../src/sbc/core.ts';
import { CountedIdentifiers } from '../counted-identifiers.ts';
import { auditScenario } from './audit.ts';
import type { MakeCore } from './sbc-host.ts';
import { type Outcome, playScenario } from './scenario.ts';

const { values } = parseArgs({
  options: {
    scenarios: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
    ladder: { type: 'boolean', default: false },
    audit: { type: 'boolean', default: false },
  },
});
const first = Number(values.seed);
const count = Number(values.scenarios);
const kinds = new Map<string, number>();
const faults = new Map<string, number[]>();
const identifiers = new CountedIdentifiers();
const legs = { all: 0, right: 0, certain: 0 };
let calm = 0;
let messages = 0;
const began = performance.now();
for (let seed = first; seed < first + count; seed++) {
  const makeCore: MakeCore = (policy) => new SbcCore({ policy, identifiers });
  const outcome = values.audit ? await audited(seed, makeCore) : playScenario(seed, makeCore);
  kinds.set(outcome.about, (kinds.get(outcome.about) ?? 0) + 1);
  messages += outcome.ladder.filter((line) => line.includes(' → ')).length;
  const [fault] = outcome.violations;
  if (fault !== undefined) found(fault, seed);
  if (values.ladder) console.log([...outcome.ladder, ...outcome.violations].join('\n'));
}
const seconds = (performance.now() - began) / 1000;
console.log(`${count} scenarios, ${messages} messages, ${seconds.toFixed(1)} s`);
const common = [...kinds].sort((a, b) => b[1] - a[1]).slice(0, 12);
for (const [kind, number] of common) console.log(`${String(number).padStart(7)} ${kind}`);
for (const [fault, seeds] of [...faults].sort((a, b) => b[1].length - a[1].length))
  console.log(`FAULT in ${seeds.length}: ${fault} (seeds ${seeds.slice(0, 6).join(', ')})`);
if (values.audit)
  console.log(
    `${calm} calm scenarios: ${legs.all} legs left the SBC, ${legs.right} were paired rightly, ${legs.certain} of them for certain`,
  );
if (faults.size === 0) console.log('no faults');
process.exitCode = faults.size === 0 ? 0 : 1;

async function audited(seed: number, makeCore: MakeCore): Promise<Outcome> {
  const { outcome, used } = await auditScenario(seed, makeCore);
  if (used === null) return outcome;
  calm++;
  const [known] = used.legs;
  for (const finding of used.unexpected) found(finding, seed);
  for (const { wrong } of used.legs)
    if (wrong.includes('certain')) found('a pair is certain, and wrong', seed);
  legs.all += known.all;
  legs.right += known.right;
  legs.certain += known.certain;
  return outcome;
}

function found(fault: string, seed: number): void {
  const kind = fault.replace(/[:(].*$|\d+-\d+-\w+.*$|z9hG4bK\w+/, '').trim();
  faults.set(kind, [...(faults.get(kind) ?? []), seed]);
}
