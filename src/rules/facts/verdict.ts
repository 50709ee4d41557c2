// What is held of a call that no message states: private, passed through, registered. Known from the policy, or inferred from
// what crossed; a rule that rests on an inference says less (rules.md §0: at most a warning, with its confidence).
import type { Severity } from '../../capture/diagnostic.ts';

export interface Verdict {
  readonly holds: boolean;
  /** The policy says so, or a message proves it. */
  readonly known: boolean;
  /** 0–1; 1 where it is known. */
  readonly confidence: number;
  /** `policy: never`, `RR forwarded, Contact kept`. */
  readonly evidence: string;
}

export function known(holds: boolean, evidence: string): Verdict {
  return { holds, known: true, confidence: 1, evidence };
}

export function inferred(holds: boolean, confidence: number, evidence: string): Verdict {
  return { holds, known: false, confidence, evidence };
}

/** For a report that rests on verdicts: its severity lowered and its confidence told where one of them is inferred. */
export function graded(
  severity: Severity,
  ...verdicts: readonly Verdict[]
): { severity: Severity; confidence: number } {
  const sure = verdicts.every((verdict) => verdict.known);
  const confidence = verdicts.reduce((product, verdict) => product * verdict.confidence, 1);
  return { severity: sure || severity === 'info' ? severity : 'warning', confidence };
}
