// An audit finds in captures with pseudonyms what it finds in those they are of.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { asFound } from '../../src/audit/found-list.ts';
import { SetAudit } from '../../src/audit/set-audit.ts';
import { readCaptures } from '../../src/pipeline.ts';
import { EMPTY_POLICY } from '../../src/policy/default-policy.ts';
import { CATALOGUE } from '../../src/rules/catalogue.ts';
import { comparedCaptures } from '../differential/captures.ts';
import { rewrite } from './rewritten.ts';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sipspect-anonymize-'));
});

afterAll(() => rmSync(folder, { recursive: true }));

async function findings(path: string): Promise<unknown[]> {
  const audit = new SetAudit({
    ...{ set: 1, captures: [path], rules: CATALOGUE, policy: EMPTY_POLICY, today: '2026-11-22' },
    ...{ minSeverity: 'info', baseline: new Set(), writesBaseline: false, exhibits: false },
  });
  const { findings: found } = audit.end(await readCaptures({ inputs: [path], ...audit.handlers }));
  return [...asFound(found)].map(({ rule, severity, confidence, frames }) => [
    rule,
    severity,
    confidence,
    frames,
  ]);
}

/** Of the captures that others are compared with; all 200 take ten seconds, and agree. */
const JUDGED = /^(samples|shared\/(irontec__sngrep|goffinet__sip_captures|NormB__sipnab))\//;
/** What TLS and WebSockets carried is over TCP, where other clauses hold. */
const UNWRAPPED = /tls-call\/call\.pcapng|web-socket/;

test.each(
  comparedCaptures()
    .filter(({ name }) => JUDGED.test(name) && !UNWRAPPED.test(name))
    .map(({ name, path }) => [name, path]),
)('%s', async (_, path) => {
  const copy = join(folder, 'copy.pcapng');
  await rewrite([path], copy);
  expect(await findings(copy)).toEqual(await findings(path));
});
