// Legs of a flow → pairs, where one leg alone can be meant: what left for somewhere else soon after the same request came.
import type { Leg } from '../../legs/leg.ts';
import type { LegPair } from '../../legs/pair.ts';

export function pairByTime(
  legs: readonly Leg[],
  locals: ReadonlySet<string>,
): { pairs: LegPair[]; unpaired: Leg[] } {
  const pairs: LegPair[] = [];
  const taken = new Set<Leg>();
  const unpaired: Leg[] = [];
  for (const a of legs) {
    const x = a.initial?.message;
    if (x === undefined) continue;
    const b = legs.find((leg) => {
      const y = leg.initial?.message;
      if (y === undefined || leg === a || taken.has(leg) || y.method !== x.method) return false;
      const delay = y.seconds - x.seconds + (y.nanoseconds - x.nanoseconds) / 1e9;
      if (delay < 0 || delay > 5 || leg.from.ip === a.from.ip || leg.to.ip === a.to.ip) return false;
      return a.to.ip === leg.from.ip || (locals.has(a.to.ip) && locals.has(leg.from.ip));
    });
    if (b === undefined) {
      if (locals.has(a.to.ip)) unpaired.push(a);
      continue;
    }
    taken.add(b);
    pairs.push({
      id: pairs.length + 1,
      a,
      b,
      box: [a.to.ip, b.from.ip],
      kind: a.call.kind,
      group: 'single',
      score: 100,
      confidence: 1,
      bucket: 'certain',
      margin: null,
      signals: [],
      contradictions: [],
      alternatives: [],
      frames: [],
      chain: pairs.length + 1,
      hop: 1,
    });
  }
  return { pairs, unpaired: unpaired.filter((leg) => !taken.has(leg)) };
}
