// Several far legs of one near leg → what they are to one another.
import type { Candidate } from './candidate.ts';
import type { Group } from './pair.ts';

export function groupOf(candidate: Candidate, family: readonly Candidate[]): Group {
  const others = family.filter((one) => one !== candidate);
  if (others.length === 0) return 'single';
  // Another attempt of the caller: after a challenge, or the next message of a conversation.
  if (others.every(({ attempt }) => attempt !== candidate.attempt)) return 'retry';
  const sameAttempt = others.filter(({ attempt }) => attempt === candidate.attempt);
  const again = sameAttempt.every(({ far }) => far.traits.leg.to.text === candidate.far.traits.leg.to.text);
  if (again && sameAttempt.some(isFailed)) return 'retry';
  return sameAttempt.some((other) => isAfter(candidate, other) || isAfter(other, candidate))
    ? 'hunt'
    : 'fork';
}

function isFailed({ far }: Candidate): boolean {
  return far.traits.final >= 300;
}

/** One began when the other had failed. */
function isAfter(later: Candidate, earlier: Candidate): boolean {
  const { final, finalTime } = earlier.far.traits;
  return final >= 300 && later.far.traits.start >= finalTime;
}
