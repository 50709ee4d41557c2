// Gathers what speaks for and against two legs being one call: adds up the score, families capped, and keeps the signals
// themselves where somebody wants to read them.
import { FAMILIES, type Family, type Signal } from './pair.ts';
import {
  CAPS,
  CONSTANT_SDP_CAP,
  CONTRADICTIONS,
  type ContradictionName,
  type SignalName,
  type SignalWeight,
  WEIGHTS,
} from './weights.ts';

/** One for many comparisons: `clear` begins the next. */
export class Evidence {
  /** A signal that no two calls share spoke for it. */
  unique = false;
  contradicted = false;
  /** Something more telling than parties, times and places spoke for it. */
  identified = false;
  /** Whether somebody wants to read the signals: their values need not be worked out otherwise. */
  keeps = false;
  signals: Signal[] = [];
  contradictions: Signal[] = [];

  private readonly sums = new Float64Array(FAMILIES.length);
  private against = 0;
  private constantSum = 0;

  clear(keep: boolean): void {
    this.unique = false;
    this.contradicted = false;
    this.identified = false;
    this.keeps = keep;
    if (keep) {
      this.signals = [];
      this.contradictions = [];
    }
    this.sums.fill(0);
    this.against = 0;
    this.constantSum = 0;
  }

  /** `share` is how much of its weight counts, 0–1. */
  add(name: SignalName, share: number, a: string, b: string, frameA: number, frameB: number): void {
    if (share <= 0) return;
    const { family, weight, unique }: SignalWeight = WEIGHTS[name];
    const points = weight * share;
    this.sums[INDEX[family]] += points;
    if (unique === true && share === 1) this.unique = true;
    if (IDENTIFYING.has(name) && share >= HALF) this.identified = true;
    if (this.keeps) this.signals.push({ name, family, weight: round(points), a, b, frameA, frameB });
  }

  /** A description that other calls have too: all such together add little. */
  addConstant(name: SignalName, a: string, b: string, frameA: number, frameB: number): void {
    const { weight } = WEIGHTS[name];
    this.constantSum += weight;
    if (this.keeps) this.signals.push({ name, family: 'sdp', weight, a, b, frameA, frameB });
  }

  oppose(name: ContradictionName, a: string, b: string, frameA: number, frameB: number): void {
    const { family, weight } = CONTRADICTIONS[name];
    this.against += weight;
    this.contradicted = true;
    if (this.keeps) this.contradictions.push({ name, family, weight, a, b, frameA, frameB });
  }

  get score(): number {
    let score = this.against;
    for (let index = 0; index < CAP.length; index++) {
      const sum =
        index === SDP ? this.sums[index] + Math.min(this.constantSum, CONSTANT_SDP_CAP) : this.sums[index];
      score += Math.min(sum, CAP[index]);
    }
    return score;
  }
}

function round(points: number): number {
  return Math.round(points * 10) / 10;
}

const IDENTIFYING: ReadonlySet<SignalName> = new Set([
  ...(['session-id', 'charging-id', 'cisco-guid', 'leg-header', 'leg-header-shared', 'header'] as const),
  ...(['call-id', 'from-tag', 'call-id-derived', 'names-call', 'forwarded', 'via'] as const),
  ...(['sdp-origin', 'sdp-keys', 'sdp-answer', 'ssrc', 'credentials', 'body'] as const),
]);
const HALF = 0.5;
const INDEX = Object.fromEntries(FAMILIES.map((family, index) => [family, index])) as Record<Family, number>;
const CAP = FAMILIES.map((family) => CAPS[family]);
const SDP = FAMILIES.indexOf('sdp');
