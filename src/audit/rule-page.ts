// What a rule says of itself, with its cases → its page in Markdown: docs/rules/<group>/<name>.md, and what `explain` prints.

import { parseFlow } from '../rules/case/flow.ts';
import type { InvalidCase, RuleCase } from '../rules/case/rule-case.ts';
import type { Finding } from '../rules/finding.ts';
import { sourceText } from '../rules/finding-maker.ts';
import type { RuleMeta } from '../rules/rule.ts';
import { caseDiff, flowLines } from './case-diff.ts';

/** A case, with what the rule found in it. */
export interface PageCase {
  readonly name: string;
  readonly policy?: string | undefined;
  /** Blocks of a diff; empty where the flow is the case as it is. */
  readonly diff: readonly string[];
  /** Messages of that flow, a line each. */
  readonly flow: readonly string[];
  readonly findings: readonly Finding[];
}

export interface PageCases {
  readonly valid: readonly PageCase[];
  readonly invalid: readonly PageCase[];
}

export function pageCase(one: RuleCase | InvalidCase, findings: readonly Finding[]): PageCase {
  const { name, policy, flow } = one;
  const diff = caseDiff(one);
  return { name, policy, diff, flow: diff.length === 0 ? flowLines(parseFlow(flow)) : [], findings };
}

/** Without cases, a rule of the user's: what it says of itself alone. */
export function rulePage(meta: RuleMeta, cases: PageCases = { valid: [], invalid: [] }): string {
  const { id, severity, scope, tier, since, twoSided, summary, why, exceptions, fix, sources } = meta;
  const facts = [
    severity,
    scope,
    ...(since === '' ? [] : [`tier ${tier}`, `since ${since}`]),
    ...(twoSided ? ['needs both sides of a box'] : []),
  ];
  const sections: (readonly [string, readonly string[]])[] = [
    ['Why', [why]],
    ['What it says', Object.values(meta.messages).map((text) => `- \`${text}\``)],
    ['Breaks it', cases.invalid.map(invalidText)],
    ['Conforms', cases.valid.map(validText)],
    ['No finding', exceptions.map((text) => `- ${text}`)],
    ['What to do', [fix]],
    ['Sources', sources.map((source) => `- ${sourceText(source)}${source.says ? `: ${source.says}` : ''}`)],
  ];
  const text = sections.flatMap(([title, parts]) => {
    const isList = parts[0]?.startsWith('- ') === true;
    return parts.join('') === '' ? [] : [`## ${title}`, parts.join(isList ? '\n' : '\n\n')];
  });
  return `${[`# ${id}`, facts.join(' · '), summary, ...text].join('\n\n')}\n`;
}

/** The list of all rules, group by group. */
export function ruleIndex(metas: readonly RuleMeta[]): string {
  const groups = Map.groupBy(metas, ({ id }) => id.slice(0, id.indexOf('/')));
  const sections = [...groups].map(([group, rules]) => {
    const rows = rules.map(({ id, severity, summary }) => {
      return `| [\`${id}\`](${id}.md) | ${severity} | ${summary.replaceAll('|', '\\|')} |`;
    });
    return [
      `## ${group}`,
      ['| rule | severity | what must hold |', '|---|---|---|', ...rows].join('\n'),
    ].join('\n\n');
  });
  return `${['# Rules', `${metas.length} rules, each with what must hold, examples and sources. \`sipspect explain RULE\` prints the same.`, ...sections].join('\n\n')}\n`;
}

function invalidText(one: PageCase): string {
  const found = one.findings.map(({ severity, frames, message }) => {
    return `- ✗ ${severity}, ${frames.length === 1 ? 'packet' : 'packets'} ${frames.join(', ')}: \`${message.replaceAll('`', "'")}\``;
  });
  return [`### ✗ ${one.name}`, ...blocks(one), found.join('\n')].join('\n\n');
}

function validText(one: PageCase): string {
  return [`### ✓ ${one.name}`, ...blocks(one)].join('\n\n');
}

function blocks({ diff, flow, policy }: PageCase): string[] {
  const shown = diff.slice(0, MAX_BLOCKS);
  const more = diff.length - shown.length;
  return [
    ...(policy === undefined ? [] : [fenced('yaml', policy.trim().split('\n'))]),
    ...shown.map((block) => fenced('diff', block.split('\n'))),
    ...(more > 0 ? [`… and the same in ${more} more ${more === 1 ? 'message' : 'messages'}.`] : []),
    ...(flow.length === 0
      ? []
      : [fenced('', flow.length > MAX_FLOW ? [...flow.slice(0, MAX_FLOW), '…'] : flow)]),
  ];
}

function fenced(kind: string, lines: readonly string[]): string {
  const fence = lines.some((line) => line.includes('```')) ? '````' : '```';
  return [`${fence}${kind}`, ...lines, fence].join('\n');
}

const MAX_BLOCKS = 3;
const MAX_FLOW = 16;
