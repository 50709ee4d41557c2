// What goes on, judged by the rules of the audit: none of them finds that anything of the hidden side is told.
import { expect, it } from 'vitest';
import { parsePolicy } from '../../../src/policy/parse-policy.ts';
import { judgeCase } from '../../../src/rules/case/judge-flow.ts';
import { CATALOGUE } from '../../../src/rules/catalogue.ts';
import { Draft } from '../../../src/sbc/message/draft.ts';
import { withTag } from '../../../src/sbc/message/tag.ts';
import { applyPrivacy } from '../../../src/sbc/privacy/apply.ts';
import { asksToHideSession, privacyLevels } from '../../../src/sbc/privacy/levels.ts';
import type { PrivacySituation } from '../../../src/sbc/privacy/situation.ts';
import { hiddenSession } from '../../../src/sbc/sdp/hidden-session.ts';
import { editSessionBodies } from '../../../src/sbc/sdp/session-body.ts';
import { HEADER } from '../../../src/sip/header/header-names.ts';
import { messageOf } from '../../../src/sip/parse.ts';
import { flow } from '../../rules/flow-files.ts';
import { type SbcPolicy, sbcPolicy } from '../../rules/sbc-policy.ts';
import { situation } from './situation.ts';

const CALLER = [
  'Subject: lunch with alice',
  'Call-Info: <http://192.0.2.10/card>;purpose=card',
  'Organization: alice and sons',
  'Reply-To: <sip:alice@example.com>',
  'In-Reply-To: c7@192.0.2.10',
  'Alert-Info: <http://192.0.2.10/ring.wav>',
  'Geolocation: <https://192.0.2.10/alice>',
  'Referred-By: <sip:alice@example.com>',
  'History-Info: <sip:alice@example.com>;index=1, <sip:bob@example.org>;index=1.1;mp=1',
  'Diversion: <sip:alice@192.0.2.10>;reason=no-answer',
  'P-Asserted-Identity: <sip:alice@example.com>',
  'P-Preferred-Identity: <sip:alice@example.com>',
  'Remote-Party-ID: "Alice" <sip:alice@192.0.2.10>;party=calling',
  'P-Access-Network-Info: IEEE-802.11a;local-time="192.0.2.10"',
  'P-Charging-Vector: icid-value=1;icid-generated-at=192.0.2.10',
  'P-Served-User: <sip:alice@example.com>',
  'Reason: SIP;cause=200;text="via 192.0.2.5 for 192-0-2-10"',
  'X-Caller: alice',
  'X-Box: 192.0.2.5',
];
const CALLEE = [
  'Server: Phone at 203.0.113.10',
  'Warning: 399 203.0.113.10 "bob is at 203.0.113.10"',
  'Organization: 203.0.113.10',
  'P-Asserted-Identity: <sip:robert@203.0.113.10>',
  'Reply-To: <sip:robert@203.0.113.10>',
  'X-Box: 203.0.113.5',
];

it('finds the headers of this test told where nothing is done', () => {
  const policy = { caller: true, trusted: ['192.0.2.0/24'] };
  const untouched = (draft: Draft): unknown => draft;
  const found = judge('sbc-private-caller', policy, 0, 2, CALLER, untouched);
  // From, Contact and the description are hidden by the flow, or by this test.
  expect(found.length).toBeGreaterThan(20);
});

it.each<[string, string, SbcPolicy, Partial<PrivacySituation>, string]>([
  [
    'the policy hides the caller',
    'sbc-private-caller',
    { caller: true, trusted: ['192.0.2.0/24'] },
    { hidden: true },
    '',
  ],
  [
    'the policy hides the topology',
    'sbc-topology-hiding',
    { hiding: true, trusted: ['192.0.2.0/24'] },
    { topologyHidden: true },
    '',
  ],
  ['nobody is trusted', 'sbc-two-sets', { trusted: [] }, { trustedSource: false }, ''],
  ['user, header and id', 'sbc-two-sets', { trusted: ['192.0.2.0/24'] }, {}, 'user;header;id'],
  ['id and history', 'sbc-two-sets', { trusted: ['192.0.2.0/24'] }, {}, 'id;history'],
  [
    'session, user and header, critical',
    'sbc-private-caller',
    { caller: true, trusted: ['192.0.2.0/24'] },
    { hidden: true, sessionHidden: true },
    'session;header;user;critical',
  ],
  ['none', 'sbc-two-sets', { trusted: ['192.0.2.0/24'] }, {}, 'none'],
])('tells nothing of the caller: %s', (_, name, policy, other, privacy) => {
  const asks = privacy === '' ? [] : [`Privacy: ${privacy}`];
  const found = judge(name, policy, 0, 2, [...CALLER, ...asks], (draft) => {
    const asked = privacyLevels(draft.message);
    return applyPrivacy(draft, situation({ asked, trustedNextHop: false, ...other }));
  });
  expect(found).toEqual([]);
});

it('tells nothing of the callee in the answer', () => {
  const policy = { callee: true, trusted: ['192.0.2.0/24', '203.0.113.0/24'] };
  const where = situation({ party: 'callee', hidden: true, ownHost: '198.51.100.20', trustedNextHop: false });
  const name = 'sbc-private-callee';
  const [received, sent] = answers(name);
  const untouched = judge(name, policy, received, sent, CALLEE, (draft) => draft);
  expect(untouched.length).toBeGreaterThan(4);
  expect(judge(name, policy, received, sent, CALLEE, (draft) => applyPrivacy(draft, where))).toEqual([]);
});

it('lets a call for help through as it is', () => {
  const lines = [
    'P-Asserted-Identity: <sip:alice@example.com>',
    'Geolocation: <https://h.example/alice>',
    'Geolocation-Routing: yes',
  ];
  const name = 'sbc-two-sets';
  const edit = (text: string): string =>
    text.replaceAll('To: <sip:bob@example.org>', 'To: <urn:service:sos>');
  const help = situation({ emergency: true, trustedSource: false, trustedNextHop: false });
  const found = judge(
    name,
    { trusted: ['192.0.2.0/24'] },
    0,
    2,
    lines,
    (draft) => applyPrivacy(draft, help),
    edit,
  );
  expect(found).toEqual([]);
});

/** The findings on privacy and on calls for help, of a flow in which the message at `sent` is made of that at `received`. */
function judge(
  name: string,
  policy: SbcPolicy,
  received: number,
  sent: number,
  lines: readonly string[],
  apply: (draft: Draft) => unknown,
  edit = (text: string): string => text,
): string[] {
  const [head, ...blocks] = edit(flow(name)).split(/^=== /m);
  const before = blocks[received]!.replace(/^(CSeq: .*)$/m, `$1\n${lines.join('\n')}`);
  const after = blocks[sent]!;
  blocks[received] = before;
  blocks[sent] = `${after.slice(0, after.indexOf('\n'))}\n${passOn(before, after, apply)}\n\n`;
  const text = [head, ...blocks].join('=== ');
  const parsed = parsePolicy(sbcPolicy(policy), 'test').policy;
  if (parsed === undefined) throw new Error('no policy');
  return judgeCase(CATALOGUE, parsed, { name, flow: text })
    .filter(({ rule, key }) => /^(?:privacy|emergency)\//.test(rule) && key !== 'unprotected')
    .map(({ rule, severity, message }) => `${severity} ${rule}: ${message}`);
}

/** With the lines that the core makes as the flow has them: start line, Via, Record-Route, Contact, Call-ID, tags. */
function passOn(before: string, after: string, apply: (draft: Draft) => unknown): string {
  const draft = new Draft(read(before));
  const own = new Draft(read(after));
  draft.startLine = own.startLine;
  for (const id of [
    HEADER.Via,
    HEADER['Record-Route'],
    HEADER.Contact,
    HEADER['Call-ID'],
    HEADER['Max-Forwards'],
  ])
    draft.replaceValues(id, own.values(id));
  for (const id of [HEADER.From, HEADER.To]) {
    const tag = id === HEADER.From ? own.message.fromTag : own.message.toTag;
    draft.set(id, withTag(draft.message.isRequest ? (draft.value(id) ?? '') : (own.value(id) ?? ''), tag));
  }
  apply(draft);
  // As the flow has it: hidden where it is hidden there.
  const isHidden = own.body.includes('anonymous') || asksToHideSession(privacyLevels(draft.message));
  const local = /(\S+):\d+ > /.exec(after)?.[1] ?? '';
  if (isHidden) {
    const options = { address: local, imPort: 5060, attributes: 'keep', constantVersion: false } as const;
    editSessionBodies(draft, (description) => hiddenSession(description, null, options).octets);
  }
  return draft.octets().toString().replaceAll('\r\n', '\n');
}

/** The first 200 that came from the callee, and the one that went to the caller. */
function answers(name: string): [number, number] {
  const blocks = flow(name).split(/^=== /m).slice(1);
  const received = blocks.findIndex((block) =>
    /^[^\n]* 203\.0\.113\.5\S* > [^\n]*\nSIP\/2\.0 200/.test(block),
  );
  const sent = blocks.findIndex(
    (block, index) => index > received && /^[^\n]* 198\.51\.100\.20\S* > [^\n]*\nSIP\/2\.0 200/.test(block),
  );
  return [received, sent];
}

function read(block: string) {
  const text = block.slice(block.indexOf('\n') + 1).replace(/\n+$/, '\n');
  const [head = '', body = ''] = text.split('\n\n');
  const octets = body.replaceAll('\n', '\r\n');
  const message = messageOf(
    `${head
      .trimEnd()
      .replaceAll('\n', '\r\n')
      .replace(/^Content-Length: \*/m, `Content-Length: ${octets.length}`)}\r\n\r\n${octets}`,
  );
  const [, ip = '', port = ''] = /(\S+):(\d+) > /.exec(block) ?? [];
  if (message === null) throw new Error('no message');
  message.src = { ip, port: Number(port), text: `${ip}:${port}`, version: 4 };
  return message;
}
