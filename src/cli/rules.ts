// `sipspect rules`: every rule with what it wants, as a table or as one JSON object a line.
import { spellOut } from '../dialog/record/json-text.ts';
import { matchesGlob } from '../policy/glob.ts';
import { sourceText } from '../rules/finding-maker.ts';
import type { RuleMeta } from '../rules/rule.ts';
import { allRules } from './audit/audit-rules.ts';
import { CliError } from './exit.ts';
import { type ColourChoice, colourWanted } from './output/colour.ts';
import { Output } from './output/output.ts';
import { type Column, renderTable, tableWidth } from './output/table.ts';

export interface RulesOptions {
  readonly json?: boolean;
  readonly color?: ColourChoice;
  readonly rules?: readonly string[];
}

export async function rules(patterns: readonly string[], options: RulesOptions): Promise<void> {
  const output = new Output();
  const all = (await allRules(options.rules)).map(({ meta }) => meta);
  const unknown = patterns.find((pattern) => !all.some(({ id }) => matchesGlob(pattern, id)));
  if (unknown !== undefined) throw new CliError(`no rule is called ${unknown}`);
  const shown = all.filter(({ id }) => patterns.length === 0 || patterns.some((one) => matchesGlob(one, id)));
  if (options.json) for (const meta of shown) output.line(ruleLine(meta));
  else {
    const colour = colourWanted(options.color ?? 'auto', process.stdout);
    await renderTable(output, COLUMNS, shown.map(row), { colour, width: tableWidth(process.stdout) });
  }
  await output.flush();
}

function row({ id, severity, scope, tier, summary, sources }: RuleMeta): string[] {
  return [id, severity, scope, String(tier), sources.map(sourceText).join(', '), summary];
}

function ruleLine(meta: RuleMeta): string {
  const {
    id,
    severity,
    scope,
    tier,
    since,
    twoSided = false,
    summary,
    why,
    exceptions,
    fix,
    sources,
    messages,
  } = meta;
  const record = {
    v: 1,
    id,
    severity,
    scope,
    tier,
    since,
    twoSided,
    summary,
    why,
    exceptions,
    fix,
    sources,
    messages,
  };
  return spellOut(JSON.stringify(record));
}

const COLUMNS: readonly Column[] = [
  { title: 'Rule', least: 24, drop: 0 },
  { title: 'Severity', least: 8, drop: 0 },
  { title: 'Scope', least: 8, drop: 3 },
  { title: 'Tier', align: 'right', least: 4, drop: 4 },
  { title: 'Source', least: 14, drop: 2 },
  { title: 'What must hold', least: 24, drop: 1 },
];
