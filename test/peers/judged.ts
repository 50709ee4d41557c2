// What `audit` finds in what the SBC recorded, by the policy it ran with: `3 × rule: message`.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { asFound } from '../../src/audit/found-list.ts';
import { runSet, type SetJob } from '../../src/audit/set-job.ts';
import { POLICY, RECORD } from './sbc.ts';

export interface Judged {
  readonly findings: readonly string[];
  /** Calls of which one side only was seen. */
  readonly unpaired: number;
}

/** `records`: of its runs, within the folder. */
export async function judged(folder: string, records: readonly string[] = [RECORD]): Promise<Judged> {
  const captures = records.map((record) => join(folder, record));
  return judgedCaptures(captures, {
    text: readFileSync(join(folder, POLICY), 'utf8'),
    file: POLICY,
  });
}

/** The captures are one set. */
export async function judgedCaptures(captures: readonly string[], policy: SetJob['policy']): Promise<Judged> {
  const { findings, coverage, legs } = await runSet({
    ...{ set: 1, captures, modules: [], choice: { only: [], skip: [] }, policy },
    ...{ filter: null, today: '2026-11-21', minSeverity: 'info', baseline: new Set() },
    ...{ writesBaseline: false, exhibits: false },
  });
  const { failures, damage } = coverage;
  const counts = new Map<string, number>();
  for (const text of [
    ...[...asFound(findings)].map(({ rule, message }) => `${rule}: ${message}`),
    ...failures.map(({ rule, error }) => `${rule} failed: ${error}`),
    ...damage.map(({ code, message }) => `${code}: ${message}`),
  ])
    counts.set(text, (counts.get(text) ?? 0) + 1);
  return {
    findings: [...counts].map(([text, count]) => `${count} × ${text}`),
    unpaired: legs.unpaired.length + legs.unlisted,
  };
}
