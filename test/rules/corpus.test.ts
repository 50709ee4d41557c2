// What the rules find in the public captures, without a policy. Every kind of finding was looked at by hand and is true, for the
// reason beside it in test/differences/findings.json; a new one, or one more, fails until it was looked at. UPDATE_FINDINGS=1
// counts anew and keeps the reasons.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { EMPTY_POLICY } from '../../src/policy/default-policy.ts';
import { CATALOGUE } from '../../src/rules/catalogue.ts';
import { sharedCaptures, whetherShared } from '../capture/shared.ts';
import { judgeCapture } from './judge-capture.ts';

interface Reviewed {
  readonly rule: string;
  /** Key of the rule's messages. */
  readonly key: string;
  readonly reason: string;
  /** Capture → how many. */
  readonly captures: Readonly<Record<string, number>>;
}

const PATH = join(import.meta.dirname, '../differences/findings.json');

test(`the findings in public captures are those that were reviewed${whetherShared}`, async () => {
  const captures = sharedCaptures();
  if (captures.length === 0) return;
  const found = new Map<string, Record<string, number>>();
  const failures: string[] = [];
  for (const { name, path } of captures) {
    const judged = await judgeCapture([path], CATALOGUE, EMPTY_POLICY);
    failures.push(...judged.failures);
    for (const { rule, key } of judged.findings) {
      const kind = `${rule} ${key}`;
      const counts = found.get(kind) ?? {};
      counts[name] = (counts[name] ?? 0) + 1;
      found.set(kind, counts);
    }
  }
  expect(failures).toEqual([]);
  const reviewed = JSON.parse(readFileSync(PATH, 'utf8')) as Reviewed[];
  const reasons = new Map(reviewed.map(({ rule, key, reason }) => [`${rule} ${key}`, reason]));
  const now = [...found]
    .map(([kind, counts]): Reviewed => {
      const [rule, key] = kind.split(' ') as [string, string];
      return { rule, key, reason: reasons.get(kind) ?? '', captures: counts };
    })
    .sort((a, b) => (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : a.key < b.key ? -1 : 1));
  if (process.env.UPDATE_FINDINGS === '1') writeFileSync(PATH, `${JSON.stringify(now, null, 2)}\n`);
  expect(now).toEqual(reviewed);
  expect(now.filter(({ reason }) => reason === '')).toEqual([]);
}, 240_000);
