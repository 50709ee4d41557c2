// What is to be judged how, as plain data: a thread can be handed it. Running it gives what the set gave.

import type { Severity } from '../capture/diagnostic.ts';
import { parseFilter } from '../filter/filter.ts';
import { type PipelineOptions, readCaptures } from '../pipeline.ts';
import { EMPTY_POLICY } from '../policy/default-policy.ts';
import type { AuditFinding } from './audit-finding.ts';
import { CallFilter } from './call-filter.ts';
import { chooseRules, type RuleChoice } from './rule-choice.ts';
import { SetAudit, type SetOutcome } from './set-audit.ts';
import { loadAllRules } from './user-rules.ts';

export interface SetJob {
  /** 1-based. */
  readonly set: number;
  readonly captures: readonly string[];
  readonly choice: RuleChoice;
  /** Paths of modules with rules of the user's. */
  readonly modules: readonly string[];
  /** Text of the policy and the name of its file; null: none. It was found to be right before. */
  readonly policy: { readonly text: string; readonly file: string } | null;
  readonly filter: string | null;
  readonly today: string;
  readonly minSeverity: Severity;
  readonly baseline: ReadonlySet<string>;
  /** What there is will be written down as a new baseline. */
  readonly writesBaseline: boolean;
  /** A page is asked for: findings are shown with their ladders and messages. */
  readonly exhibits: boolean;
}

export interface SetHooks {
  readonly onFinding?: (finding: AuditFinding) => void;
  readonly onBlock?: NonNullable<PipelineOptions['onBlock']>;
  readonly stopped?: () => boolean;
}

/** Reads the captures itself. */
export async function runSet(job: SetJob, { onFinding, ...reading }: SetHooks = {}): Promise<SetOutcome> {
  const audit = await openSet(job, onFinding);
  return audit.end(await readCaptures({ inputs: job.captures, ...reading, ...audit.handlers }));
}

/** For whoever reads the captures: hand its `handlers` to the pipeline, and its result to `end`. */
export async function openSet(job: SetJob, onFinding?: SetHooks['onFinding']): Promise<SetAudit> {
  const { choice, modules, policy, filter, ...rest } = job;
  const { rules } = chooseRules(await loadAllRules(modules), choice);
  const parsed =
    policy === null
      ? null
      : (await import('../policy/parse-policy.ts')).parsePolicy(policy.text, policy.file);
  return new SetAudit({
    ...rest,
    rules,
    policy: parsed?.policy ?? EMPTY_POLICY,
    ...(filter !== null && { filter: new CallFilter(parseFilter(filter)) }),
    ...(onFinding && { onFinding }),
  });
}
