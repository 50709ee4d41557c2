// What `sipspect audit` finds in every sample, exactly: audit.txt beside its captures. A capture that a policy stands beside is
// judged by it, where the README names both in one row. UPDATE_AUDITS=1 writes them anew: look at the difference before
// committing, for a finding that is not true is a bug.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { sipspect } from '../cli/program.ts';

const SAMPLES = resolve(import.meta.dirname, '../../samples');
const cases = readdirSync(SAMPLES, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== 'policy')
  .map(({ name }) => name);

describe.each(cases)('%s', (name) => {
  const folder = join(SAMPLES, name);
  const captures = readdirSync(folder).filter((file) => /\.pcap(ng)?(\.gz)?$/.test(file));

  test('the audit finds what is said, and nothing else', async () => {
    const parts: string[] = [];
    for (const capture of captures) {
      const policy = policyOf(folder, capture);
      const args = policy === undefined ? [capture] : ['--policy', policy, capture];
      parts.push(`$ sipspect audit ${args.join(' ')}\n${await findingsOf(folder, capture, policy)}`);
    }
    const path = join(folder, 'audit.txt');
    const text = parts.join('\n');
    if (process.env.UPDATE_AUDITS === '1') writeFileSync(path, text);
    expect(text).toBe(readFileSync(path, 'utf8'));
  });
});

/** The policy that the README's row of a capture names. */
function policyOf(folder: string, capture: string): string | undefined {
  const row = readFileSync(join(folder, 'README.md'), 'utf8')
    .split('\n')
    .find((line) => line.startsWith(`| \`${capture}\``));
  return /`([\w-]+\.yaml)`/.exec(row ?? '')?.[1];
}

/** A line a finding: severity, rule, packets, message. */
async function findingsOf(folder: string, capture: string, policy: string | undefined): Promise<string> {
  const options = policy === undefined ? [] : ['--policy', join(folder, policy)];
  const args = ['audit', ...options, '--format', 'json', join(folder, capture)];
  const { stdout, stderr } = await sipspect(args);
  expect(stderr).toBe('');
  const { findings } = JSON.parse(stdout) as {
    findings: { severity: string; rule: string; frames: number[]; message: string }[];
  };
  const lines = findings.map(({ severity, rule, frames, message }) => {
    return `${severity} ${rule} ${frames.join(',')}: ${message}\n`;
  });
  return lines.length === 0 ? 'nothing\n' : lines.join('');
}
