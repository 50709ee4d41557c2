// What each signal adds to the score of two legs, and the most that signals of one family add together.
//
// How they came about: first by judgement; then a logistic regression through the caps (`npm run bench:legs -- --fit`) over
// every candidate of one half of the generated traffic's seeds. What it moved, and what holds on the other half, was taken
// over: in-step 24 → 36 and its cap 32 → 44, binding 15 → 25, parties-differ −30 → −40, media-differ −25 → −30, final-differs
// −15 → −30, out-of-step −30 → −45, elsewhere −20 → −45. It would also take parties, box and formats to 0, which calls between
// the same two people share with their rivals; those stayed, since the margin already stands for that. On the held-out half
// (2 × 200 calls in each of 36 modes), before → after: Brier score 0.0054 → 0.0042, true pairs called certain 86 → 92 %, recall
// 0.995 → 0.996; precision at certain 1.0000 → 0.9999, at high 0.997 → 0.994.
//
// Later ones, fitted with all others over 90 529 candidates of 46 modes: ssrc 45 → 44.9, ssrc-differs −30 → −30.3 and registered
// 25 → 24.9 stayed what they were judged to be; reason 6 → 16.4 became 8, since the generator draws one of four reasons and most
// real BYEs have the same. On the held-out half of those modes (2 × 300 calls in each): Brier score 0.0044, recall 0.997,
// precision at certain 0.9998, at high 0.988. Since final and release ask that both legs end within a second, and by the same side:
// Brier score 0.0043 → 0.0041 over the 48 modes there are now, the rest as it was. Since boxes are learnt only from values that one
// leg has at either hop, and the reading of two hops wins whose legs hold each other: 0.0039, precision at high 0.991.
import type { Family } from './pair.ts';

export interface SignalWeight {
  readonly family: Family;
  /** Points; a score of MIDDLE is as likely as not, and each SCALE more is a factor of e in the odds. */
  readonly weight: number;
  /** Made for one call and no other: where it is equal on two legs, little else can be true. */
  readonly unique?: boolean;
}

export const WEIGHTS = {
  'session-id': { family: 'session-id', weight: 60, unique: true },
  'charging-id': { family: 'charging', weight: 55, unique: true },
  'cisco-guid': { family: 'charging', weight: 50, unique: true },
  'leg-header': { family: 'call-id', weight: 60, unique: true },
  'leg-header-shared': { family: 'call-id', weight: 45, unique: true },
  header: { family: 'call-id', weight: 45 },
  'call-id': { family: 'call-id', weight: 50 },
  'from-tag': { family: 'call-id', weight: 20 },
  'call-id-derived': { family: 'call-id', weight: 35 },
  'names-call': { family: 'call-id', weight: 45 },
  forwarded: { family: 'route', weight: 20 },
  via: { family: 'route', weight: 30 },
  box: { family: 'route', weight: 5 },
  'sdp-origin': { family: 'sdp', weight: 30 },
  'sdp-session': { family: 'sdp', weight: 15 },
  'sdp-text': { family: 'sdp', weight: 30 },
  'sdp-keys': { family: 'sdp', weight: 25 },
  'sdp-formats': { family: 'sdp', weight: 6 },
  'sdp-answer': { family: 'sdp', weight: 15 },
  ssrc: { family: 'media', weight: 45, unique: true },
  body: { family: 'body', weight: 40 },
  'from-user': { family: 'parties', weight: 15 },
  'to-user': { family: 'parties', weight: 15 },
  'to-user-rewritten': { family: 'parties', weight: 5 },
  identity: { family: 'parties', weight: 10 },
  service: { family: 'parties', weight: 5 },
  credentials: { family: 'binding', weight: 40 },
  binding: { family: 'binding', weight: 25 },
  registered: { family: 'binding', weight: 25 },
  time: { family: 'time', weight: 12 },
  final: { family: 'shape', weight: 8 },
  release: { family: 'shape', weight: 8 },
  reason: { family: 'shape', weight: 8 },
  'in-step': { family: 'shape', weight: 36 },
  cseq: { family: 'soft', weight: 3 },
  agent: { family: 'soft', weight: 3 },
} as const satisfies Record<string, SignalWeight>;

export type SignalName = keyof typeof WEIGHTS;

/** What speaks against a pair. */
export const CONTRADICTIONS = {
  'parties-differ': { family: 'parties', weight: -40 },
  'session-id-differs': { family: 'session-id', weight: -40 },
  'media-differ': { family: 'sdp', weight: -30 },
  'ssrc-differs': { family: 'media', weight: -30 },
  'body-differs': { family: 'body', weight: -20 },
  'final-differs': { family: 'shape', weight: -30 },
  'out-of-step': { family: 'shape', weight: -45 },
  elsewhere: { family: 'route', weight: -45 },
} as const satisfies Record<string, SignalWeight>;

export type ContradictionName = keyof typeof CONTRADICTIONS;

export const CAPS: Readonly<Record<Family, number>> = {
  'session-id': 60,
  charging: 60,
  'call-id': 70,
  route: 30,
  sdp: 45,
  media: 45,
  body: 40,
  parties: 35,
  binding: 40,
  time: 12,
  shape: 44,
  soft: 6,
};

/** What descriptions add where calls of this window all have the same. */
export const CONSTANT_SDP_CAP = 20;

export const MIDDLE = 40;
export const SCALE = 12;
/** How far ahead of the second best a pair has to be: e-folds of doubt. */
export const MARGIN_SCALE = 8;
/** What a unique signal without contradiction makes it at least. */
export const UNIQUE_FLOOR = 0.95;
