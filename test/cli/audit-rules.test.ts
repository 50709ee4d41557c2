// `rules`, `explain`, and rules of the user's: written as they would be, importing from the built package.
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CATALOGUE } from '../../src/rules/catalogue.ts';
import { flowCapture } from '../audit/flow-capture.ts';
import { done, ROOT, refused, scratchFolder, sipspect } from './program.ts';

const folder = scratchFolder();
const capture = join(folder, 'call.pcap');
writeFileSync(capture, flowCapture('call'));

test('rules lists the catalogue, and what patterns choose', async () => {
  const [all, some, one] = await Promise.all([
    sipspect(['rules', '--json']),
    sipspect(['rules', '--json', 'message/*']),
    sipspect(['rules', 'message/max-forwards']),
  ]);
  const ids = (text: string) =>
    text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).id);
  expect(ids(all.stdout)).toEqual(CATALOGUE.map(({ meta }) => meta.id));
  expect(ids(some.stdout)).toEqual(ids(all.stdout).filter((id) => id.startsWith('message/')));
  expect(
    JSON.parse(some.stdout.split('\n').find((line) => line.includes('"message/max-forwards"'))!),
  ).toEqual({
    v: 1,
    twoSided: false,
    ...CATALOGUE.find(({ meta }) => meta.id === 'message/max-forwards')!.meta,
  });
  const meta = CATALOGUE.find(({ meta }) => meta.id === 'message/max-forwards')!.meta;
  const sources = meta.sources.map(({ document, section }) => `${document} §${section}`).join(', ');
  const line = `message/max-forwards  ${meta.severity.padEnd(8)}  message     1  ${sources}  ${meta.summary}`;
  expect(one).toEqual(
    done(
      `${`Rule                  Severity  Scope    Tier  ${'Source'.padEnd(sources.length)}`}  What must hold\n${line}\n`,
    ),
  );
});

test('explain prints the page of a rule', async () => {
  const page = await readFile(join(ROOT, 'docs/rules/message/max-forwards.md'), 'utf8');
  expect(await sipspect(['explain', 'message/max-forwards'])).toEqual(done(page));
});

test.each([
  [
    ['explain', 'message/max-forward'],
    'no rule is called message/max-forward (did you mean message/max-forwards?)',
  ],
  [['explain', 'max-forwards'], 'no rule is called max-forwards (did you mean message/max-forwards?)'],
  [['explain', 'zzz/qqqqqqqqqqqqqqqq'], 'no rule is called zzz/qqqqqqqqqqqqqqqq: see sipspect rules'],
  [['rules', 'nothing/*'], 'no rule is called nothing/*'],
])('%j', async (args, stderr) => {
  expect(await sipspect(args)).toEqual(refused(`sipspect: ${stderr}\n`));
});

const RULE = `import { defineRule, HEADER, headerEvidence } from 'sipspect/rules';

export default defineRule({
  meta: {
    id: 'house/no-phone-a',
    severity: 'error',
    scope: 'message',
    summary: 'Phone A is gone.',
    messages: { seen: 'a {product} is still there' },
    sources: [{ document: 'House rule', section: '7' }],
  },
  create: ({ report }) => ({
    message(message) {
      const product = message.sip.value(HEADER['User-Agent']);
      if (!message.isRequest || product === undefined || !product.startsWith('Phone A')) return;
      const evidence = headerEvidence(message, HEADER['User-Agent'], 'User-Agent');
      report({ message: 'seen', data: { product }, at: message, evidence });
    },
  }),
});
`;
const CASES = `import assert from 'node:assert';
import { CATALOGUE, EMPTY_POLICY, judgeCase, parseFlow } from 'sipspect/rules';
import rule from '../elsewhere/rule.mjs';

const flow = \`=== 0.000 192.0.2.1:5060 > 192.0.2.2:5060
OPTIONS sip:192.0.2.2 SIP/2.0
Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1
Max-Forwards: 70
From: <sip:a@example.com>;tag=1
To: <sip:b@example.com>
Call-ID: 1
CSeq: 1 OPTIONS
User-Agent: Phone A/2
Content-Length: 0
\`;
assert.equal(parseFlow(flow).length, 1);
const found = judgeCase([rule], EMPTY_POLICY, { name: 'one', flow });
assert.deepEqual(found.map(({ message, frames }) => [message, frames]), [['a Phone A/2 is still there', [1]]]);
assert.ok(CATALOGUE.length > 0);
`;

test('a rule of the user is run and explained, wherever it stands', async () => {
  mkdirSync(join(folder, 'elsewhere'));
  const path = join(folder, 'elsewhere/rule.mjs');
  writeFileSync(path, RULE);
  const [audit, explained, listed] = await Promise.all([
    sipspect(['audit', '--rules', path, '--only', 'house/*', capture]),
    sipspect(['explain', '--rules', path, 'house/no-phone-a']),
    sipspect(['rules', '--rules', path, '--json', 'house/*']),
  ]);
  expect(audit).toEqual({
    stdout: `1 error in 2 calls, 9 messages; 1 rule

Findings
Severity  Rule              Peer             Count  Call  Packets  Finding
error     house/no-phone-a  192.0.2.10:5060      1     1  1,6      a Phone A/1.0 is still there

What to do
Rule              Source         Fix
house/no-phone-a  House rule §7

By peer
Peer             Errors  Warnings  Remarks  User-Agent
192.0.2.10:5060       1         0        0  Phone A/1.0

No policy given: what the SBC was to do is told from the traffic alone, where that shows it.
Why, with examples: sipspect explain house/no-phone-a
`,
    stderr: '',
    status: 1,
  });
  expect(explained).toEqual(
    done(`# house/no-phone-a

error · message

Phone A is gone.

## What it says

- \`a {product} is still there\`

## Sources

- House rule §7
`),
  );
  expect(JSON.parse(listed.stdout)).toMatchObject({ id: 'house/no-phone-a', tier: 1, since: '', fix: '' });
});

test('its cases are tested with what the package brings', async () => {
  const home = join(folder, 'home');
  mkdirSync(join(home, 'node_modules'), { recursive: true });
  mkdirSync(join(home, 'elsewhere'));
  symlinkSync(ROOT, join(home, 'node_modules/sipspect'));
  writeFileSync(join(home, 'elsewhere/rule.mjs'), RULE);
  mkdirSync(join(home, 'test'));
  writeFileSync(join(home, 'test/cases.mjs'), CASES);
  const { execFileSync } = await import('node:child_process');
  expect(execFileSync(process.execPath, [join(home, 'test/cases.mjs')], { encoding: 'utf8' })).toBe('');
});

test.each([
  ['export const rule = 1;', 'has no default export: export default defineRule({meta, create})'],
  ['export default 1;', 'is no rule: it needs {meta, create}'],
  [
    'export default [{ meta: {}, create() {} }];',
    'rule 1: meta.id is no "group/name" of small letters, digits and -',
  ],
  [RULE.replace("'error'", "'bad'"), 'meta.severity is none of error, warning, info'],
  [
    RULE.replace("'house/no-phone-a'", "'message/max-forwards'"),
    'there is a rule message/max-forwards already',
  ],
  [RULE.replace("summary: 'Phone A is gone.',", ''), 'meta.summary does not say what must hold'],
  [RULE.replace("{ seen: 'a {product} is still there' }", '{}'), 'meta.messages has no texts by key'],
  [RULE.replace('create: (', 'make: ('), 'create is no function'],
])('a module that is no rule is refused: %#', async (text, reason) => {
  const path = join(folder, `refused-${reason.length}.mjs`);
  writeFileSync(path, text);
  expect(await sipspect(['audit', '--rules', path, capture])).toEqual(
    refused(`sipspect: --rules ${path}: ${reason}\n`),
  );
});
