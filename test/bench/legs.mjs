// `npm run bench:legs`: how well legs are paired, against known truth: precision of each bucket, recall in all and where a value
// made for the call is on both legs, Brier score. Seeds of one half were used to fit the weights; the other half is held out.
//   node test/bench/legs.mjs [--fit] [calls a mode] [seeds a half]
import { labelledCandidates } from '../legs/generator/candidates.ts';
import { fitWeights } from '../legs/generator/fit.ts';
import { MODES } from '../legs/generator/mode.ts';
import { pairTraffic } from '../legs/generator/pair-traffic.ts';
import { generate } from '../legs/generator/traffic.ts';
import { trafficKey } from '../legs/generator/truth.ts';
import { measure, precision } from '../legs/measured.ts';
import { hasRealBoxes, pairsOf, REAL_BOXES, SPLIT, truthOf } from '../legs/real-boxes.ts';

const fits = process.argv.includes('--fit');
const [calls = 300, seeds = 2] = process.argv
  .slice(2)
  .filter((word) => /^\d+$/.test(word))
  .map(Number);

if (fits) fitAll();
const fitted = half('Fitted on', 0);
const heldOut = half('Held out', 1);
console.log();
sum('all modes, fitted on', fitted);
sum('all modes, held out', heldOut);
if (hasRealBoxes) await real();
else console.log('\n../shared/captures/sbc is not there: the real boxes are SKIPPED');
process.exitCode = missed(heldOut) ? 1 : 0;

function half(title, parity) {
  console.log(`\n${title} (${calls} calls × ${seeds} seeds a mode)`);
  return MODES.map((mode, index) => {
    const rows = Array.from({ length: seeds }, (_, number) => one(mode, 1000 * index + 2 * number + parity));
    const row = join(mode.name, rows);
    print(row);
    return row;
  });
}

function one(mode, seed) {
  const traffic = generate(mode, seed, calls);
  const { pairs } = pairTraffic(traffic);
  const { buckets, recall, brier } = measure(pairs, traffic.truth, trafficKey);
  const found = new Set(pairs.filter(({ confidence }) => confidence >= 0.5).map(trafficKey));
  return {
    buckets,
    squares: brier * pairs.length,
    pairs: pairs.length,
    truth: traffic.truth.size,
    found: recall * traffic.truth.size,
    named: traffic.named.size,
    namedFound: [...traffic.named].filter((key) => found.has(key)).length,
  };
}

function join(name, rows) {
  const total = { name, buckets: {}, squares: 0, pairs: 0, truth: 0, found: 0, named: 0, namedFound: 0 };
  for (const row of rows) {
    for (const key of ['squares', 'pairs', 'truth', 'found', 'named', 'namedFound']) total[key] += row[key];
    for (const [bucket, { right, wrong }] of Object.entries(row.buckets)) {
      total.buckets[bucket] ??= { right: 0, wrong: 0 };
      const sofar = total.buckets[bucket];
      sofar.right += right;
      sofar.wrong += wrong;
    }
  }
  return total;
}

function sum(name, rows) {
  print(join(name, rows));
}

function print({ name, buckets, squares, pairs, truth, found, named, namedFound }) {
  const each = Object.entries(buckets).map(
    ([bucket, { right, wrong }]) =>
      `${bucket} ${right + wrong === 0 ? '–' : `${precision({ right, wrong }).toFixed(3)} (${right}+${wrong})`}`,
  );
  const share = (part, whole) => (whole === 0 ? '–' : (part / whole).toFixed(3));
  console.log(
    `${name.padEnd(32)} recall ${share(found, truth).padEnd(5)} named ${share(namedFound, named).padEnd(5)}  ${each.join('  ')}  Brier ${(squares / Math.max(1, pairs)).toFixed(4)}`,
  );
}

async function real() {
  console.log('\nReal boxes (right+wrong)');
  const rows = [];
  for (const [name, files] of Object.entries({ ...REAL_BOXES, ...SPLIT })) {
    const truth = truthOf(name);
    const { pairs } = await pairsOf(files);
    const { buckets, recall, brier } = measure(pairs, truth);
    const row = { name, buckets, squares: brier * pairs.length, pairs: pairs.length, truth: truth.size };
    rows.push({ ...row, found: recall * truth.size, named: 0, namedFound: 0 });
    print(rows.at(-1));
  }
  sum('all real boxes', rows);
}

function missed(rows) {
  const { buckets, named, namedFound } = join('', rows);
  const targets = [
    ['precision at certain', precision(buckets.certain), 0.99],
    ['precision at high', precision(buckets.high), 0.9],
    ['recall where a value names the call', namedFound / named, 0.97],
  ];
  console.log('\nTargets, held out');
  for (const [what, is, least] of targets)
    console.log(`${is >= least ? 'met   ' : 'MISSED'} ${what}: ${is.toFixed(4)} (at least ${least})`);
  return targets.some(([, is, least]) => is < least);
}

function fitAll() {
  const all = MODES.flatMap((mode, index) =>
    Array.from({ length: seeds }, (_, number) =>
      labelledCandidates(generate(mode, 1000 * index + 2 * number, calls)),
    ).flat(),
  );
  const { weights, seen, before, after } = fitWeights(all, 400);
  console.log(`Fitted to ${all.length} candidates: log loss ${before.toFixed(5)} → ${after.toFixed(5)}`);
  for (const [name, weight] of Object.entries(weights))
    console.log(`  ${name.padEnd(20)} ${weight.toFixed(1).padStart(7)}  seen ${seen[name]}`);
}
