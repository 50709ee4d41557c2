// The rules that an audit runs: those of the catalogue and of --rules, as --only and --skip choose.
import { type ChosenRules, chooseRules } from '../audit/rule-choice.ts';
import { loadRules } from '../audit/user-rules.ts';
import { CATALOGUE } from '../rules/catalogue.ts';
import type { Rule } from '../rules/rule.ts';
import { CliError } from './exit.ts';

export interface RuleOptions {
  readonly only?: readonly string[];
  readonly skip?: readonly string[];
  /** Paths of modules with rules of the user's. */
  readonly rules?: readonly string[];
}

export async function auditRules({ only = [], skip = [], rules }: RuleOptions): Promise<ChosenRules> {
  const chosen = chooseRules(await allRules(rules), { only, skip });
  const [unknown] = chosen.unknown;
  if (unknown !== undefined) throw new CliError(`no rule is called ${unknown}: see sipspect rules`);
  if (chosen.rules.length === 0) throw new CliError('no rule is left to run: see --only and --skip');
  return chosen;
}

/** Those of the catalogue, then the user's. A module that is none ends the program, saying why. */
export async function allRules(paths: readonly string[] = []): Promise<readonly Rule[]> {
  const all = [...CATALOGUE];
  for (const path of paths) {
    try {
      for (const rule of await loadRules(path)) {
        const { id } = rule.meta;
        if (all.some(({ meta }) => meta.id === id)) throw new Error(`there is a rule ${id} already`);
        all.push(rule);
      }
    } catch (error) {
      throw new CliError(`--rules ${path}: ${(error as Error).message}`);
    }
  }
  return all;
}
