// The page of a rule, made of what it says of itself and of its cases.
import { expect, test } from 'vitest';
import { caseDiff } from '../../src/audit/case-diff.ts';
import { pageCase, ruleIndex, rulePage } from '../../src/audit/rule-page.ts';
import type { RuleMeta } from '../../src/rules/rule.ts';
import { finding } from './finding.ts';

const META: RuleMeta = {
  id: 'message/example',
  severity: 'warning',
  scope: 'message',
  tier: 1,
  since: '0.2.0',
  twoSided: true,
  summary: 'It holds a | b.',
  why: 'Or else.',
  exceptions: ['It does not matter.'],
  fix: 'Mend it.',
  sources: [
    { document: 'RFC 3261', section: '8.1', says: 'it must' },
    { document: 'Cisco IM', section: '' },
  ],
  messages: { one: '{method} is wrong' },
};

const FLOW = `A note.

=== 0.000 192.0.2.1:5060 > 192.0.2.2:5060
OPTIONS sip:192.0.2.2 SIP/2.0
Via: SIP/2.0/UDP 192.0.2.1
Content-Length: 0

=== 0.500 192.0.2.2:5060 > 192.0.2.1:5060
SIP/2.0 200 OK
Via: SIP/2.0/UDP 192.0.2.1
Content-Length: 0
`;

test('what each kind of edit changes', () => {
  const diff = (...edits: NonNullable<Parameters<typeof caseDiff>[0]['edits']>) =>
    caseDiff({ name: '', flow: FLOW, edits });
  expect(diff()).toEqual([]);
  expect(diff({ at: 1, replace: 'UDP', by: 'TCP' }, { at: 1, remove: 'Content-Length' })).toEqual([
    ' OPTIONS sip:192.0.2.2 SIP/2.0\n-Via: SIP/2.0/UDP 192.0.2.1\n-Content-Length: 0\n+Via: SIP/2.0/TCP 192.0.2.1',
  ]);
  expect(diff({ at: 2, replace: '200 OK', by: '500 No' })).toEqual(['-SIP/2.0 200 OK\n+SIP/2.0 500 No']);
  expect(diff({ at: 2, seconds: 40 })).toEqual([
    '-0.500 192.0.2.2:5060 > 192.0.2.1:5060\n+40.000 192.0.2.2:5060 > 192.0.2.1:5060\n SIP/2.0 200 OK',
  ]);
  expect(diff({ drop: 2 })).toEqual(['-0.500 192.0.2.2:5060 > 192.0.2.1:5060 SIP/2.0 200 OK']);
  expect(diff({ insert: '=== 0.7 192.0.2.2:5060 > 192.0.2.1:5060\nSIP/2.0 200 Again\nVia: x\n' })).toEqual([
    '+0.700 192.0.2.2:5060 > 192.0.2.1:5060\n+SIP/2.0 200 Again\n+Via: x',
  ]);
});

test('the whole page', () => {
  const wrong = {
    name: 'a wrong one',
    flow: FLOW,
    edits: [{ at: 1, replace: 'UDP', by: 'TCP' }],
    findings: [],
  };
  const found = [finding({ message: 'a `quoted` text', frames: [1, 2] })];
  const page = rulePage(META, {
    invalid: [pageCase(wrong, found)],
    valid: [pageCase({ name: 'a right one', flow: FLOW, policy: 'name: sbc\n' }, [])],
  });
  expect(page).toBe(`# message/example

warning · message · tier 1 · since 0.2.0 · needs both sides of a box

It holds a | b.

## Why

Or else.

## What it says

- \`{method} is wrong\`

## Breaks it

### ✗ a wrong one

\`\`\`diff
 OPTIONS sip:192.0.2.2 SIP/2.0
-Via: SIP/2.0/UDP 192.0.2.1
+Via: SIP/2.0/TCP 192.0.2.1
\`\`\`

- ✗ warning, packets 1, 2: \`a 'quoted' text\`

## Conforms

### ✓ a right one

\`\`\`yaml
name: sbc
\`\`\`

\`\`\`
1  0.000 192.0.2.1:5060 > 192.0.2.2:5060  OPTIONS sip:192.0.2.2 SIP/2.0
2  0.500 192.0.2.2:5060 > 192.0.2.1:5060  SIP/2.0 200 OK
\`\`\`

## No finding

- It does not matter.

## What to do

Mend it.

## Sources

- RFC 3261 §8.1: it must
- Cisco IM
`);
});

test('the index', () => {
  expect(ruleIndex([META, { ...META, id: 'sdp/other', severity: 'error' }])).toBe(`# Rules

2 rules, each with what must hold, examples and sources. \`sipspect explain RULE\` prints the same.

## message

| rule | severity | what must hold |
|---|---|---|
| [\`message/example\`](message/example.md) | warning | It holds a \\| b. |

## sdp

| rule | severity | what must hold |
|---|---|---|
| [\`sdp/other\`](sdp/other.md) | error | It holds a \\| b. |
`);
});
