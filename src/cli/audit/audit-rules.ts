// The rules that an audit runs: those of the catalogue and of --rules, as --only and --skip choose.
import { type ChosenRules, chooseRules, type RuleChoice } from '../../audit/rule-choice.ts';
import { loadAllRules } from '../../audit/user-rules.ts';
import type { Rule } from '../../rules/rule.ts';
import { CliError } from '../exit.ts';

/** `modules` are paths. */
export async function auditRules(choice: RuleChoice, modules: readonly string[]): Promise<ChosenRules> {
  const chosen = chooseRules(await allRules(modules), choice);
  const [unknown] = chosen.unknown;
  if (unknown !== undefined) throw new CliError(`no rule is called ${unknown}: see sipspect rules`);
  if (chosen.rules.length === 0) throw new CliError('no rule is left to run: see --only and --skip');
  return chosen;
}

/** Those of the catalogue, then the user's. A module that is none ends the program, saying why. */
export async function allRules(modules: readonly string[] = []): Promise<readonly Rule[]> {
  try {
    return await loadAllRules(modules);
  } catch (error) {
    throw new CliError(`--rules ${(error as Error).message}`);
  }
}
