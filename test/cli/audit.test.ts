// `sipspect audit` as a whole, on captures of which is known what is wrong with them.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { flowCapture } from '../audit/flow-capture.ts';
import { done, ROOT, refused, scratchFolder, sipspect } from './program.ts';

const folder = scratchFolder();
const only = ['--rules', join(ROOT, 'test/audit/house-rule.mjs'), '--only', 'house/*'];
const clean = join(folder, 'clean.pcap');
const wrong = join(folder, 'wrong.pcap');
writeFileSync(clean, flowCapture('call'));
writeFileSync(
  wrong,
  flowCapture('call', [
    { at: 1, remove: 'Max-Forwards' },
    { at: 6, replace: 'Max-Forwards: 70', by: 'Max-Forwards: 256' },
  ]),
);

test('a capture without findings says what was judged', async () => {
  expect(await sipspect(['audit', ...only, clean])).toEqual(
    done(`No findings in 2 calls, 9 messages; 1 rule

No policy given: what the SBC was to do is told from the traffic alone, where that shows it.
`),
  );
});

test('the table: findings worst first, what to do, by peer', async () => {
  expect(await sipspect(['audit', ...only, wrong])).toEqual(
    done(`2 warnings in 2 calls, 9 messages; 1 rule

Findings
Severity  Rule                Peer             Count  Call  Packets  Finding
warning   house/max-forwards  192.0.2.10:5060      1     1  1        INVITE has no Max-Forwards
warning   house/max-forwards  192.0.2.10:5060      1     1  6        Max-Forwards 256 is not a number from 0 to 255

What to do
Rule                Source                             Fix
house/max-forwards  RFC 3261 §8.1.1.6, RFC 3261 §16.6  Have the user agent write Max-Forwards: 70.

By peer
Peer             Errors  Warnings  Remarks  User-Agent
192.0.2.10:5060       0         2        0  Phone A/1.0

No policy given: what the SBC was to do is told from the traffic alone, where that shows it.
Why, with examples: sipspect explain house/max-forwards
`),
  );
});

test('--fail-on and --min-severity decide the exit code and what is shown', async () => {
  const status = async (...args: string[]) => (await sipspect(['audit', ...only, ...args, wrong])).status;
  expect(
    await Promise.all([
      status(),
      status('--fail-on', 'warning'),
      status('--fail-on', 'info'),
      status('--fail-on', 'never'),
      status('--fail-on', 'warning', '--min-severity', 'error'),
    ]),
  ).toEqual([0, 1, 1, 0, 0]);
});

test('json and ndjson hold the same findings; files appear beside the table', async () => {
  const files = { json: join(folder, 'out.json'), ndjson: join(folder, 'out.ndjson') };
  const [table, both, json, lines] = await Promise.all([
    sipspect(['audit', ...only, wrong]),
    sipspect(['audit', ...only, '--format', `json=${files.json}`, '-o', files.ndjson, wrong]),
    sipspect(['audit', ...only, '--format', 'json', wrong]),
    sipspect(['audit', ...only, '--format', 'ndjson', wrong]),
  ]);
  expect(both).toEqual(table);
  expect(json).toEqual(done(readFileSync(files.json, 'utf8')));
  expect(lines).toEqual(done(readFileSync(files.ndjson, 'utf8')));
  const report = JSON.parse(json.stdout);
  expect(
    lines.stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line)),
  ).toEqual(report.findings.map((finding: object) => ({ v: 1, ...finding })));
  expect(Object.keys(report)).toEqual([
    'v',
    'version',
    'sets',
    'findings',
    'calls',
    'legs',
    'coverage',
    'summary',
  ]);
  expect(report.findings[1]).toEqual({
    rule: 'house/max-forwards',
    severity: 'warning',
    confidence: 1,
    call: { id: 1, callId: 'call-1@192.0.2.10', kind: 'call' },
    legs: [{ callId: 'call-1@192.0.2.10', from: '192.0.2.10:5060', to: '192.0.2.20:5060' }],
    frames: [6],
    time: '2026-01-05T10:00:12.000000000Z',
    peer: '192.0.2.10:5060',
    userAgent: 'Phone A/1.0',
    evidence: [{ frame: 6, kind: 'header', name: 'Max-Forwards', value: '256', offset: 95 }],
    message: 'Max-Forwards 256 is not a number from 0 to 255',
    key: 'malformed',
    fix: 'Have the user agent write Max-Forwards: 70.',
    sources: ['RFC 3261 §8.1.1.6', 'RFC 3261 §16.6'],
    tags: [],
    count: 1,
    set: 1,
    fingerprint: report.findings[1].fingerprint,
    places: [],
  });
});

test('a folder is searched; a file that cannot be read is named and does not stop the rest', async () => {
  const captures = join(folder, 'captures');
  mkdirSync(captures);
  writeFileSync(join(captures, 'one.pcap'), flowCapture('call'));
  writeFileSync(join(captures, 'readme.txt'), 'no capture');
  const [whole, broken] = await Promise.all([
    sipspect(['audit', ...only, captures]),
    sipspect(['audit', ...only, join(folder, 'missing.pcap'), captures]),
  ]);
  expect(whole).toEqual(await sipspect(['audit', ...only, clean]));
  expect(broken).toEqual({
    ...whole,
    stderr: `sipspect: ${join(folder, 'missing.pcap')}: cannot be read: ENOENT: no such file or directory\n`,
  });
});

test.concurrent.for<readonly [args: readonly string[], stderr: string]>([
  [['--format', 'xls'], '--format takes table, json, ndjson, sarif, junit, csv, markdown, html, not xls'],
  [['--format', 'json='], '--format json=: no file is named behind ='],
  [
    ['--format', 'json', '--format', 'ndjson'],
    'json and ndjson cannot both go to standard output: name a file, as in --format json=audit.json',
  ],
  [['-o', 'x.doc'], '--output x.doc: its end names no format: give --format as well'],
  [['--format', 'json=x', '--format', 'ndjson=x'], 'two formats cannot go to one file: x'],
  [['--only', 'house/nothing'], 'no rule is called house/nothing: see sipspect rules'],
  [['--skip', '*'], 'no rule is left to run: see --only and --skip'],
])('%j is refused', async ([args, stderr]) => {
  expect(await sipspect(['audit', ...args, clean])).toEqual(refused(`sipspect: ${stderr}\n`));
  expect(existsSync(join(folder, 'x'))).toBe(false);
});

test('--each judges captures one by one, in the order named, as threads or not', async () => {
  const copy = join(folder, 'copy.pcap');
  writeFileSync(copy, readFileSync(wrong));
  const args = ['audit', ...only, '--each'];
  const [one, all, lines, missing] = await Promise.all([
    sipspect(['audit', ...only, '--format', 'json', wrong]),
    sipspect([...args, '--format', 'json', copy, clean, wrong]),
    sipspect([...args, '--format', 'ndjson', copy, clean, wrong]),
    sipspect([...args, '--format', 'csv', join(folder, 'missing.pcap'), clean]),
  ]);
  const alone = JSON.parse(one.stdout);
  const report = JSON.parse(all.stdout);
  const inSet = (set: number) => alone.findings.map((finding: object) => ({ ...finding, set }));
  expect(report.findings).toEqual([...inSet(1), ...inSet(3)]);
  expect(report.calls).toEqual(
    [1, 3].flatMap((set) => alone.calls.map((call: object) => ({ ...call, set }))),
  );
  expect(report.sets.map(({ captures }: { captures: { path: string }[] }) => captures[0]!.path)).toEqual([
    copy,
    clean,
    wrong,
  ]);
  expect(report.coverage).toMatchObject({ packets: 27, messages: 27, calls: 6 });
  expect(
    lines.stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).set),
  ).toEqual([1, 1, 3, 3]);
  expect(missing).toEqual({
    stdout:
      'severity,rule,message,peer,user_agent,capture,frames,time,call,call_id,confidence,count,evidence,fix,sources,tags,fingerprint,places\r\n',
    stderr: `sipspect: ${join(folder, 'missing.pcap')}: cannot be read: ENOENT: no such file or directory\n`,
    status: 0,
  });
});

test('a baseline leaves out what was there, and the table says how much', async () => {
  const known = join(folder, 'known.json');
  const first = await sipspect(['audit', ...only, '--write-baseline', known, wrong]);
  const [again, worse] = await Promise.all([
    sipspect(['audit', ...only, '--baseline', known, '--fail-on', 'info', wrong]),
    sipspect(['audit', ...only, '--baseline', known, '--format', 'json', wrong]),
  ]);
  expect(first.stdout).toContain('2 warnings');
  expect(again).toEqual(
    done(`No findings in 2 calls, 9 messages; 1 rule

2 findings left out: the baseline has them.
No policy given: what the SBC was to do is told from the traffic alone, where that shows it.
`),
  );
  expect(JSON.parse(worse.stdout).summary).toMatchObject({ findings: 0, known: 2 });
  expect(await sipspect(['audit', '--baseline', clean, wrong])).toMatchObject({ stdout: '', status: 2 });
});

test('a policy grades rules, ignores findings, and says so; a wrong one points at the place', async () => {
  const policy = join(folder, 'sbc.yaml');
  const bad = join(folder, 'bad.yaml');
  writeFileSync(
    policy,
    `name: border
adjacencies:
  - name: inside
    local: [192.0.2.20]
rules:
  house/max-forwards: error
ignore:
  - {rule: house/max-forwards, peer: 192.0.2.10, user-agent: "Phone A/*", until: 2099-01-01, reason: firmware 2 mends it}
`,
  );
  writeFileSync(bad, 'adjacencies:\n  - nam: x\n    local: [192.0.2.20]\n');
  const [ignored, refusedRun] = await Promise.all([
    sipspect(['audit', ...only, '--policy', policy, wrong]),
    sipspect(['audit', ...only, '--policy', bad, wrong]),
  ]);
  expect(ignored).toEqual(
    done(`No findings in 2 calls, 9 messages; 1 rule

2 findings of house/max-forwards ignored: firmware 2 mends it
Policy border: adjacencies inside.
`),
  );
  expect(refusedRun.status).toBe(2);
  expect(refusedRun.stderr.split('\n')[0]).toBe(`sipspect: ${bad}:2:5: "name" is missing: expected a name`);
});

test('a filter chooses the calls that are judged', async () => {
  const [hit, miss] = await Promise.all([
    sipspect(['audit', ...only, '--filter', 'sip.Method == "INVITE"', '--format', 'json', wrong]),
    sipspect(['audit', ...only, '--filter', 'sip.Method == "OPTIONS"', '--format', 'json', wrong]),
  ]);
  expect(JSON.parse(hit.stdout)).toMatchObject({
    summary: { findings: 2 },
    coverage: { calls: 1, messages: 9 },
  });
  expect(JSON.parse(miss.stdout)).toMatchObject({
    summary: { findings: 0 },
    coverage: { calls: 1, messages: 9 },
  });
});

test('the table goes to a file as well, without colour', async () => {
  const path = join(folder, 'audit.txt');
  const [shown, kept] = await Promise.all([
    sipspect(['audit', ...only, wrong]),
    sipspect([
      'audit',
      ...only,
      '--color',
      'always',
      '--format',
      'csv',
      '-o',
      join(folder, 'a.csv'),
      '-o',
      path,
      wrong,
    ]),
  ]);
  expect(readFileSync(path, 'utf8')).toBe(shown.stdout);
  expect(kept.stdout).toContain('\x1b[');
  expect(kept.stdout.replace(/\x1b\[[\d;]*m/g, '')).toBe(shown.stdout);
});

test('legs are paired, and rules are shown both sides of the box', async () => {
  const path = join(folder, 'sides.mjs');
  writeFileSync(
    path,
    `export default {
  meta: { id: 'house/sides', severity: 'info', scope: 'call', summary: 'Two sides.', messages: { crossed: '{from} > {to}' } },
  create: ({ report }) => ({
    crossing(crossing) {
      const { a, b } = crossing;
      if (b === null) return;
      const data = { from: a.leg.from.text, to: b.leg.to.text };
      report({ message: 'crossed', data, at: [a.messages[0], b.messages[0]], crossing });
    },
  }),
};
`,
  );
  const args = ['audit', '--rules', path, '--only', 'house/*', '--format', 'json', 'samples/im-session'];
  const { stdout, stderr, status } = await sipspect(args);
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  const { findings, legs, calls, coverage } = JSON.parse(stdout);
  expect(
    legs.pairs.map(({ a, b, callA, callB, box }: Record<string, unknown>) => ({ a, b, callA, callB, box })),
  ).toEqual([
    {
      a: findings[0].legs[0].callId,
      b: findings[0].legs[1].callId,
      callA: 1,
      callB: 2,
      box: ['127.0.0.20', '127.0.0.30'],
    },
  ]);
  expect(findings.map(({ message, frames }: Record<string, unknown>) => ({ message, frames }))).toEqual([
    { message: '127.0.0.10:5060 > 127.0.0.40:5060', frames: [1, 3] },
  ]);
  expect(calls.map(({ id, callId }: Record<string, unknown>) => [id, callId])).toEqual([
    [1, findings[0].legs[0].callId],
    [2, findings[0].legs[1].callId],
  ]);
  expect(coverage).toMatchObject({ calls: 2, crossings: 1, failures: [] });
});

test('a rule that fails is named, and does not stop the others', async () => {
  const path = join(folder, 'broken.mjs');
  writeFileSync(
    path,
    `export default {
  meta: { id: 'house/broken', severity: 'info', scope: 'message', summary: 'Broken.', messages: { no: 'no' } },
  create: () => ({ message() { throw new Error('it \\x1b[2J broke'); } }),
};
`,
  );
  const { stdout, stderr, status } = await sipspect([
    'audit',
    '--rules',
    path,
    ...only,
    '--format',
    'json',
    wrong,
  ]);
  expect({ stderr, status }).toEqual({
    stderr: 'sipspect: warning: the rule house/broken failed: Error: it ␛[2J broke\n',
    status: 0,
  });
  expect(JSON.parse(stdout)).toMatchObject({
    summary: { findings: 2 },
    coverage: { failures: [{ rule: 'house/broken', error: 'Error: it \x1b[2J broke' }] },
  });
});
