// Conforming user agents call one another through the core, and the audit judges what was on its wires: nothing is found that is not
// so, and the legs are those that belong together. And a core that does otherwise is found out.
import { expect, test } from 'vitest';
import { SbcCore } from '../../../src/sbc/core.ts';
import { CountedIdentifiers } from '../counted-identifiers.ts';
import { type Audited, auditScenario } from './audit.ts';
import { changedCore, edited } from './changed-core.ts';
import type { MakeCore } from './sbc-host.ts';

const IDENTIFIERS = new CountedIdentifiers();
const makeCore: MakeCore = (policy) => new SbcCore({ policy, identifiers: IDENTIFIERS });

test('of calm scenarios nothing is found that is not so, and no leg is paired with another', async () => {
  const calm = await calmScenarios(30_001, 40, makeCore);
  expect(calm.flatMap(({ seed, unexpected }) => unexpected.map((one) => `seed ${seed}: ${one}`))).toEqual([]);
  for (const [which, least] of [
    [0, 0.99],
    [1, 0.85],
  ] as const) {
    const counts = calm.map(({ legs }) => legs[which]);
    const all = counts.reduce((sum, { all }) => sum + all, 0);
    expect(all).toBeGreaterThan(60);
    expect(counts.reduce((sum, { right }) => sum + right, 0) / all).toBeGreaterThan(least);
    expect(counts.flatMap(({ wrong }) => wrong).filter((bucket) => bucket !== 'weak')).toEqual([]);
  }
}, 60_000);

test.each([
  [411_001, 'a call back looks like the call on its way on'],
  [525_395, 'an offer in each of two 2xx, of IM and of other media'],
])('scenario %i: %s', async (seed) => {
  const { used } = await auditScenario(seed, makeCore);
  expect(used?.unexpected).toEqual([]);
});

test.each([
  [
    'Contact that stays the caller’s',
    /^Contact: <sip:sbc-[^>]*>/m,
    'Contact: <sip:caller-contact@10.1.0.1:5060>',
    'record-route/contact-not-rewritten',
  ],
  ['a session description that changes', /^s=-/m, 's=changed', 'im/sdp-modified-without-privacy'],
  ['a name that is told', /^Max-Forwards/m, 'Subject: secret-caller\r\nMax-Forwards', 'privacy/address-leak'],
  [
    'an identity that nobody vouches for',
    /^Max-Forwards/m,
    'P-Preferred-Identity: <sip:somebody@caller.com>\r\nMax-Forwards',
    'privacy/asserted-identity-from-untrusted',
  ],
])(
  '%s is found',
  async (_name, pattern, replacement, rule) => {
    const changed: MakeCore = (policy) =>
      changedCore(makeCore(policy), (command) => {
        if (command.kind !== 'send' || command.flow.local.ip !== '192.168.10.10') return command;
        return edited(command, (text) =>
          text.startsWith('INVITE') ? sized(text, text.replace(pattern, replacement)) : text,
        );
      });
    const calm = await calmScenarios(1, 8, changed);
    expect(calm.flatMap(({ unexpected }) => unexpected).some((one) => one.startsWith(`${rule} `))).toBe(true);
  },
  60_000,
);

/** With the Content-Length of what became of its body. */
function sized(text: string, changed: string): string {
  if (changed.indexOf('\r\n\r\n') !== text.indexOf('\r\n\r\n')) return changed;
  const grown = changed.length - text.length;
  return changed.replace(
    /^(Content-Length: )(\d+)/m,
    (_, name, length) => `${name}${Number(length) + grown}`,
  );
}

async function calmScenarios(
  first: number,
  count: number,
  make: MakeCore,
): Promise<(Audited & { seed: number })[]> {
  const calm: (Audited & { seed: number })[] = [];
  for (let seed = first; calm.length < count; seed++) {
    const { used } = await auditScenario(seed, make);
    if (used !== null) calm.push({ ...used, seed });
  }
  return calm;
}
