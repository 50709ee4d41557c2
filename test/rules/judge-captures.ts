// For authors of rules: what the rules find in captures, a line a finding.
//   node test/rules/judge-captures.ts [--rules 'dialog/*'] [--policy FILE] [--together] [--summary] CAPTURE…

import { readFileSync } from 'node:fs';
import { EMPTY_POLICY } from '../../src/policy/default-policy.ts';
import { matchesGlob } from '../../src/policy/glob.ts';
import { parsePolicy } from '../../src/policy/parse-policy.ts';
import type { Policy } from '../../src/policy/policy.ts';
import { CATALOGUE } from '../../src/rules/catalogue.ts';
import { judgeCapture } from './judge-capture.ts';

const args = process.argv.slice(2);
const wanted = optionOf('--rules') ?? '*';
const policy = policyOf(optionOf('--policy'));
const summary = args.includes('--summary');
const paths = args.filter((arg) => !arg.startsWith('--'));
const rules = CATALOGUE.filter(({ meta }) => matchesGlob(wanted, meta.id));
const counts = new Map<string, number>();

for (const inputs of args.includes('--together') ? [paths] : paths.map((path) => [path])) {
  const { findings, failures } = await judgeCapture(inputs, rules, policy);
  for (const failure of failures) process.stdout.write(`FAILED ${failure} on ${inputs.join(' ')}\n`);
  for (const { rule, severity, confidence, frames, message, call } of findings) {
    counts.set(rule, (counts.get(rule) ?? 0) + 1);
    if (summary) continue;
    const where = `${inputs.join(' ')} ${call === null ? '' : `call ${call.id} `}frames ${frames.join(',')}`;
    process.stdout.write(`${severity} ${confidence} ${rule}: ${message} (${where})\n`);
  }
}
for (const [rule, count] of [...counts].sort((a, b) => b[1] - a[1]))
  process.stdout.write(`${count} ${rule}\n`);

function optionOf(name: string): string | undefined {
  const at = args.indexOf(name);
  return at < 0 ? undefined : args.splice(at, 2)[1];
}

function policyOf(file: string | undefined): Policy {
  if (file === undefined) return EMPTY_POLICY;
  const parsed = parsePolicy(readFileSync(file), file);
  if (parsed.policy !== undefined) return parsed.policy;
  throw new Error(parsed.errors.map(({ line, message }) => `${file}:${line}: ${message}`).join('\n'));
}
