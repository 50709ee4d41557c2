// Cases of a rule: flows that conform, and flows that break it with the findings they must give.
import type { Diagnostic, Severity } from '../../capture/diagnostic.ts';
import type { Edit } from './edit.ts';

export interface RuleCase {
  /** What is special about it, as it stands on the rule's page. */
  readonly name: string;
  /** The text of a flow, see flow.ts. */
  readonly flow: string;
  readonly edits?: readonly Edit[];
  /** A policy as YAML; what is not said is not known. */
  readonly policy?: string;
  /** What the stages before say of the capture and its streams, ahead of the messages. */
  readonly diagnostics?: readonly Diagnostic[];
}

export interface InvalidCase extends RuleCase {
  /** All that this rule must find, in order. */
  readonly findings: readonly ExpectedFinding[];
  /** What other rules find as well; nothing unless given. */
  readonly also?: readonly (ExpectedFinding & { readonly rule: string })[];
}

export interface ExpectedFinding {
  /** Key of the rule's messages. */
  readonly key: string;
  readonly frames: readonly number[];
  /** The rule's own unless given. */
  readonly severity?: Severity;
  /** The whole text, where the values in it matter. */
  readonly message?: string;
}

export interface RuleCases {
  /** The rule's id. */
  readonly rule: string;
  readonly valid: readonly RuleCase[];
  readonly invalid: readonly InvalidCase[];
}
