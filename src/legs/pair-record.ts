// Two legs that were found to belong together → the pair as it is handed on.
import type { Assigned } from './assignment.ts';
import type { Candidate } from './candidate.ts';
import { confidenceOf } from './confidence.ts';
import type { Evidence } from './evidence.ts';
import { groupOf } from './group.ts';
import { bucketOf, type LegPair, type Signal } from './pair.ts';

export function pairOf(
  id: number,
  { candidate, margin, others }: Assigned,
  family: readonly Candidate[],
  evidence: Evidence,
  addresses: readonly string[],
): LegPair {
  const { near, far, score, attempt, unique } = candidate;
  const [a, b] = [near.traits.leg, far.traits.leg];
  const confidence = confidenceOf(score, margin, unique);
  const signals = evidence.signals.sort((one, other) => other.weight - one.weight);
  return {
    id,
    ...{ a, b },
    box: [...new Set([a.to.ip, b.from.ip, ...addresses])],
    kind: a.call.kind,
    group: groupOf(candidate, family),
    score: rounded(score, 10),
    confidence: rounded(confidence, 1000),
    bucket: bucketOf(confidence),
    margin: margin === null ? null : rounded(margin, 10),
    signals,
    contradictions: evidence.contradictions,
    alternatives: others.slice(0, SHOWN).map((other) => ({
      callId: other.near.traits.callId,
      score: rounded(other.score, 10),
    })),
    frames: framesOf(near.traits.attempts[attempt].frame, far.traits.attempts[0].frame, signals),
    chain: far.chain,
    hop: far.depth,
    joined: near.traits.joined,
  };
}

function framesOf(near: number, far: number, signals: readonly Signal[]): number[] {
  const frames = new Set([near, far]);
  for (const { frameA, frameB } of signals) frames.add(frameA).add(frameB);
  frames.delete(0);
  return [...frames].sort((a, b) => a - b);
}

function rounded(value: number, parts: number): number {
  return Math.round(value * parts) / parts;
}

const SHOWN = 3;
