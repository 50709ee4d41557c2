// Score and margin → how likely the pair is.
import { MARGIN_SCALE, MIDDLE, SCALE, UNIQUE_FLOOR } from './weights.ts';

/** 0–1. `unique`: a value made for one call speaks for it, and nothing against. */
export function confidenceOf(score: number, margin: number | null, unique: boolean): number {
  const alone = 1 / (1 + Math.exp((MIDDLE - score) / SCALE));
  // Equal twins are both as good as nothing.
  const apart = margin === null ? 1 : 1 - Math.exp(-margin / MARGIN_SCALE);
  const confidence = alone * apart;
  const floor = unique && (margin ?? MARGIN_SCALE) >= MARGIN_SCALE / 2 ? UNIQUE_FLOOR : 0;
  return Math.min(Math.max(confidence, floor), SUREST);
}

/** Traffic proves nothing. */
const SUREST = 0.999;
