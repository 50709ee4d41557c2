// Every case of every rule, judged with the whole catalogue: the conforming ones give nothing, the others exactly what they
// say. Cases stand in test/rules/<group>/<name>.cases.ts, beside the path of their rule.
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { EMPTY_POLICY } from '../../src/policy/default-policy.ts';
import { parsePolicy } from '../../src/policy/parse-policy.ts';
import type { Policy } from '../../src/policy/policy.ts';
import { judgeCase } from '../../src/rules/case/judge-flow.ts';
import type { RuleCases } from '../../src/rules/case/rule-case.ts';
import { CATALOGUE } from '../../src/rules/catalogue.ts';
import type { Finding } from '../../src/rules/finding.ts';
import { flow, flowNames } from './flow-files.ts';

const files = globSync('*/*.cases.ts', { cwd: import.meta.dirname }).sort();
const all = await Promise.all(
  files.map(async (file) => ((await import(join(import.meta.dirname, file))) as { cases: RuleCases }).cases),
);

test('every rule has cases in its place, valid and invalid ones, and one for each of its messages', () => {
  expect(all.map(({ rule }) => `${rule}.cases.ts`)).toEqual(files);
  expect(files.map((file) => file.replace('.cases.ts', ''))).toEqual(
    CATALOGUE.map(({ meta }) => meta.id).sort(),
  );
  for (const cases of all) {
    const { meta } = CATALOGUE.find((rule) => rule.meta.id === cases.rule)!;
    expect(cases.valid.length, `${cases.rule} valid`).toBeGreaterThan(0);
    const keys = new Set(cases.invalid.flatMap(({ findings }) => findings.map(({ key }) => key)));
    expect([...keys].sort(), cases.rule).toEqual(Object.keys(meta.messages).sort());
  }
});

describe.each(all)('$rule', (cases) => {
  const { meta } = CATALOGUE.find((rule) => rule.meta.id === cases.rule)!;

  test.each(cases.valid)('conforms: $name', (one) => {
    expect(judgeCase(CATALOGUE, policyOf(one.policy), one).map(brief)).toEqual([]);
  });

  test.each(cases.invalid)('breaks it: $name', (one) => {
    const found = judgeCase(CATALOGUE, policyOf(one.policy), one);
    const own = found.filter(({ rule }) => rule === cases.rule);
    const expected = one.findings.map(({ severity = meta.severity, ...rest }) => ({ severity, ...rest }));
    expect(own.map((finding, index) => like(finding, expected[index]))).toEqual(expected);
    const others = found.filter(({ rule }) => rule !== cases.rule);
    const also = (one.also ?? []).map((other) => {
      const { severity } = CATALOGUE.find((rule) => rule.meta.id === other.rule)!.meta;
      return { severity, ...other };
    });
    const loose = others.map((finding) => ({ rule: finding.rule, ...like(finding, undefined) }));
    expect(loose.sort(byRule)).toEqual(also.sort(byRule));
  });
});

test.each(flowNames())('the flow %s gives no finding', (name) => {
  const found = judgeCase(CATALOGUE, EMPTY_POLICY, { name, flow: flow(name) });
  // What is inferred of a box without a policy is asserted in sbc-flows.test.ts.
  const told = found.filter(({ rule }) => name.startsWith('sbc-') && rule.endsWith('/mode-inferred'));
  expect(told.filter(({ severity }) => severity !== 'info').map(brief)).toEqual([]);
  expect(found.filter((finding) => !told.includes(finding)).map(brief)).toEqual([]);
});

function policyOf(text: string | undefined): Policy {
  if (text === undefined) return EMPTY_POLICY;
  const { policy, errors } = parsePolicy(text, 'case');
  if (policy === undefined) throw new Error(`${errors[0]!.message}:\n${text}`);
  return policy;
}

function brief({ rule, message, frames }: Finding): string {
  return `${rule} ${frames.join(',')}: ${message}`;
}

/** As much of a finding as is expected of it. */
function like({ key, frames, severity, message }: Finding, expected: { message?: string } | undefined) {
  return expected?.message === undefined ? { severity, key, frames } : { severity, key, frames, message };
}

function byRule(a: { rule: string; key: string }, b: { rule: string; key: string }): number {
  return a.rule.localeCompare(b.rule) || a.key.localeCompare(b.key);
}
