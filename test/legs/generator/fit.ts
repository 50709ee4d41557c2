// Labelled candidates → weights: logistic regression through the caps of the families, drawn to the weights there are.
import { FAMILIES } from '../../../src/legs/pair.ts';
import {
  CAPS,
  CONTRADICTIONS,
  MIDDLE,
  SCALE,
  type SignalWeight,
  WEIGHTS,
} from '../../../src/legs/weights.ts';
import type { LabelledCandidate } from './candidates.ts';

export interface Fitted {
  readonly weights: Readonly<Record<string, number>>;
  /** Of how many candidates each signal was read. */
  readonly seen: Readonly<Record<string, number>>;
  /** Mean log loss before and after. */
  readonly before: number;
  readonly after: number;
}

export function fitWeights(candidates: readonly LabelledCandidate[], rounds: number): Fitted {
  const table: Readonly<Record<string, SignalWeight>> = { ...WEIGHTS, ...CONTRADICTIONS };
  const names = Object.keys(table);
  const family = names.map((name) => FAMILIES.indexOf(table[name]!.family));
  const first = names.map((name) => table[name]!.weight);
  const rows = candidates.map(({ signals, isTrue }) => ({
    isTrue,
    parts: signals.map(({ name, weight }) => [names.indexOf(name), weight / table[name]!.weight] as const),
  }));
  const weights = [...first];
  const rate = 40;
  let before = 0;
  let loss = 0;
  for (let round = 0; round <= rounds; round++) {
    const slope = new Float64Array(names.length);
    loss = 0;
    for (const { isTrue, parts } of rows) {
      const sums = new Float64Array(FAMILIES.length);
      let against = 0;
      for (const [index, share] of parts) {
        if (first[index]! < 0) against += weights[index]! * share;
        else sums[family[index]!]! += weights[index]! * share;
      }
      let score = against;
      for (const [index, name] of FAMILIES.entries()) score += Math.min(sums[index]!, CAPS[name]);
      const likely = 1 / (1 + Math.exp((MIDDLE - score) / SCALE));
      loss -= Math.log(Math.max(1e-12, isTrue ? likely : 1 - likely));
      const error = (isTrue ? 1 : 0) - likely;
      for (const [index, share] of parts) {
        const capped = first[index]! > 0 && sums[family[index]!]! > CAPS[FAMILIES[family[index]!]!];
        if (!capped) slope[index]! += (error * share) / SCALE;
      }
    }
    loss /= rows.length;
    if (round === 0) before = loss;
    for (let index = 0; index < weights.length; index++) {
      const pull = (first[index]! - weights[index]!) * PULL;
      const next = weights[index]! + rate * ((slope[index]! / rows.length) * SPEED + pull);
      weights[index] = first[index]! > 0 ? Math.max(0, next) : Math.min(0, next);
    }
  }
  const seen = Object.fromEntries(
    names.map((name, index) => [name, rows.filter(({ parts }) => parts.some(([at]) => at === index)).length]),
  );
  return {
    weights: Object.fromEntries(names.map((name, index) => [name, weights[index]!])),
    seen,
    before,
    after: loss,
  };
}

/** How hard what is seldom seen is held to what it was. */
const PULL = 0.0002;
const SPEED = 20;
