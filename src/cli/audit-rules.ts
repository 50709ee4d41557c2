// The rules that an audit runs: those of the catalogue and of --rules, as --only and --skip choose.
import { type ChosenRules, chooseRules } from '../audit/rule-choice.ts';
import { CATALOGUE } from '../rules/catalogue.ts';
import { CliError } from './exit.ts';

export interface RuleOptions {
  readonly only?: readonly string[];
  readonly skip?: readonly string[];
}

export async function auditRules({ only = [], skip = [] }: RuleOptions): Promise<ChosenRules> {
  const chosen = chooseRules(CATALOGUE, { only, skip });
  const [unknown] = chosen.unknown;
  if (unknown !== undefined) throw new CliError(`no rule is called ${unknown}: see sipspect rules`);
  if (chosen.rules.length === 0) throw new CliError('no rule is left to run: see --only and --skip');
  return chosen;
}
