// Which rules an audit runs: --only and --skip, with patterns for ids (`dialog/*`).
import { matchesGlob } from '../policy/glob.ts';
import type { Rule } from '../rules/rule.ts';

export interface RuleChoice {
  /** Empty: all. */
  readonly only: readonly string[];
  readonly skip: readonly string[];
}

export interface ChosenRules {
  readonly rules: readonly Rule[];
  /** Ids of those that were not chosen. */
  readonly left: readonly string[];
  /** Patterns that no rule has: a misspelling. */
  readonly unknown: readonly string[];
}

export function chooseRules(all: readonly Rule[], { only, skip }: RuleChoice): ChosenRules {
  const isOf = (patterns: readonly string[], id: string): boolean =>
    patterns.some((pattern) => matchesGlob(pattern, id));
  const isChosen = ({ meta: { id } }: Rule): boolean =>
    (only.length === 0 || isOf(only, id)) && !isOf(skip, id);
  return {
    rules: all.filter(isChosen),
    left: all.filter((rule) => !isChosen(rule)).map(({ meta }) => meta.id),
    unknown: [...only, ...skip].filter((pattern) => !all.some(({ meta }) => matchesGlob(pattern, meta.id))),
  };
}
