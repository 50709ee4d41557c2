// `npm run bench:legs`: how well legs are paired, against known truth.
import { measure } from '../legs/measured.ts';
import { MODES } from '../legs/generator/mode.ts';
import { pairTraffic, trafficKey } from '../legs/generator/pair-traffic.ts';
import { generate } from '../legs/generator/traffic.ts';
const only = process.argv[2];
const N = 300;
for (const [i, mode] of MODES.entries()) {
  if (only && mode.name !== only) continue;
  const traffic = generate(mode, 100 + i, N);
  const t0 = performance.now();
  const { pairs, unpaired } = pairTraffic(traffic);
  const ms = performance.now() - t0;
  const m = measure(pairs, traffic.truth, trafficKey);
  const found = new Set(pairs.filter(p => p.confidence >= .5).map(trafficKey));
  const named = [...traffic.named].filter(k => found.has(k)).length / traffic.named.size;
  console.log(mode.name.padEnd(32), String(traffic.truth.size).padStart(4), 'recall', m.recall.toFixed(3), 'named', traffic.named.size ? named.toFixed(3) : '-    ', Object.entries(m.buckets).map(([k, { right, wrong }]) => `${k} ${right}/${wrong}`).join('  '), 'brier', m.brier.toFixed(4), 'unp', unpaired, ms.toFixed(0) + 'ms');
  if (only) { for (const p of m.wrong.slice(0, 15)) console.log('WRONG', trafficKey(p), p.kind, p.group, p.score, p.confidence, p.margin, p.signals.map(s=>s.name+':'+s.weight).join(' '), p.contradictions.map(s=>s.name+' '+s.a+' '+s.b).join(' '), p.alternatives);
   for (const k of [...traffic.truth].filter(k => !found.has(k)).slice(0, 8)) console.log('missed', k, pairs.filter(p=>trafficKey(p)===k).map(p => [p.score,p.confidence,p.margin, p.signals.map(s=>s.name+':'+s.weight).join(' ')])); }
}
