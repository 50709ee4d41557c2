import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Draft } from '../../../src/sbc/message/draft.ts';
import { applyPrivacy, type PrivacyDone, privacyFailure } from '../../../src/sbc/privacy/apply.ts';
import { asksToHide, privacyLevels } from '../../../src/sbc/privacy/levels.ts';
import type { PrivacySituation } from '../../../src/sbc/privacy/situation.ts';
import type { SipMessage } from '../../../src/sip/message.ts';
import { messageOf } from '../../../src/sip/parse.ts';
import { HAS_TORTURE, tortureNames, tortureOctets } from '../../sip/torture-files.ts';
import { asked, situation } from './situation.ts';

/** Lines as they came; a line that changes is followed by what it becomes in each situation. */
const LINES = [
  'Max-Forwards: 69',
  'From: "Alice L" <sip:alice@example.com>;tag=a1',
  'To: <sip:bob@example.org>',
  'Call-ID: own-call',
  'CSeq: 1 INVITE',
  'Contact: "Alice L" <sip:198.51.100.30:5060>;+sip.instance="<urn:uuid:0>";q=0.5;audio',
  'Subject: lunch',
  'Call-Info: <http://alice.example/card>;purpose=card',
  'Organization: Wonderland',
  'User-Agent: Phone/1.0 00:11:22:33:44:55',
  'Reply-To: <sip:alice@example.com>',
  'In-Reply-To: c7@192.0.2.10',
  'Alert-Info: <http://192.0.2.10/ring.wav>, <urn:alert:service:normal>',
  'Warning: 399 192.0.2.10 "seen at 192.0.2.10"',
  'Geolocation: <cid:target@192.0.2.10>',
  'Geolocation-Routing: yes',
  'Identity: a.b.c;info=<https://cert.example>',
  'Referred-By: <sip:alice@example.com>',
  'History-Info: <sip:office@example.com>;index=1, <sip:bob@example.org>;index=1.1;mp=1',
  'Diversion: "Alice" <sip:+15550100@192.0.2.10>;reason=no-answer',
  'P-Asserted-Identity: "Alice L" <sip:alice@example.com>',
  'P-Asserted-Identity: <tel:+15550100>, <sip:second@example.com>',
  'P-Preferred-Identity: <sip:alice@example.com>',
  'Remote-Party-ID: <sip:alice@example.com>;party=calling',
  'P-Access-Network-Info: IEEE-802.11a',
  'P-Charging-Vector: icid-value=1;icid-generated-at=192.0.2.10',
  'P-Served-User: <sip:alice@example.com>',
  'P-Called-Party-ID: <sip:alice@example.com>',
  'Reason: SIP;cause=200;text="via 192-0-2-10 and 2001:DB8:0::1"',
  'Session-ID: 0123456789abcdef0123456789abcdef',
  'Cisco-Guid: 1-2-3-4',
  'X-Caller: alice at desk',
  'X-Box: pbx.inner.example, 192.0.2.100',
  'Content-Length: 0',
];
const VIA = 'Via: SIP/2.0/UDP pbx.inner.example;branch=z9hG4bKx;received=2001:db8::1';
const ROUTED = 'Record-Route: <sip:192.0.2.10;lr>';

it('takes out what nobody sends to whom, where nothing is asked for and all are trusted', () => {
  expect(apply()).toEqual([
    [
      '-P-Asserted-Identity: <tel:+15550100>, <sip:second@example.com>',
      '+P-Asserted-Identity: <tel:+15550100>',
      '-P-Preferred-Identity: <sip:alice@example.com>',
    ],
    DONE,
  ]);
});

it('takes out what is for the trust domain, at its edges', () => {
  expect(apply({ trustedSource: false, trustedNextHop: false })).toEqual([
    [
      ...gone(
        'P-Asserted-Identity',
        'P-Preferred-Identity',
        'P-Access-Network-Info',
        'P-Charging-Vector',
        'P-Served-User',
      ),
    ],
    DONE,
  ]);
});

it('does what user asks for', () => {
  expect(apply({ asked: asked('user') })).toEqual([
    [
      ...FROM,
      ...CONTACT,
      ...gone('Subject', 'Call-Info', 'Organization', 'User-Agent', 'Reply-To', 'In-Reply-To'),
      ...ALERT,
      ...WARNING,
      ...gone('Geolocation', 'Geolocation-Routing', 'Identity', 'Referred-By'),
      ...HISTORY,
      ...DIVERSION,
      ...ASSERTED,
      ...gone(
        'P-Preferred-Identity',
        'Remote-Party-ID',
        'P-Access-Network-Info',
        'P-Served-User',
        'P-Called-Party-ID',
      ),
      '-P-Charging-Vector: icid-value=1;icid-generated-at=192.0.2.10',
      '+P-Charging-Vector: icid-value=1;icid-generated-at=198.51.100.30',
      ...REASON,
      ...gone('Cisco-Guid', 'X-Caller'),
      ...BOX,
    ].sort(byLine),
    DONE,
  ]);
});

it('does what header asks for', () => {
  expect(apply({ asked: asked('header'), trustedNextHop: false })).toEqual([
    [
      ...CONTACT,
      '-In-Reply-To: c7@192.0.2.10',
      '+In-Reply-To: c7@198.51.100.30',
      '-Alert-Info: <http://192.0.2.10/ring.wav>, <urn:alert:service:normal>',
      '+Alert-Info: <http://198.51.100.30/ring.wav>, <urn:alert:service:normal>',
      ...WARNING,
      '-Geolocation: <cid:target@192.0.2.10>',
      '+Geolocation: <cid:target@198.51.100.30>',
      ...HISTORY,
      '-Diversion: "Alice" <sip:+15550100@192.0.2.10>;reason=no-answer',
      '+Diversion: "Alice" <sip:+15550100@198.51.100.30>;reason=no-answer',
      ...ASSERTED,
      ...gone(
        'P-Preferred-Identity',
        'P-Access-Network-Info',
        'P-Charging-Vector',
        'P-Served-User',
        'P-Called-Party-ID',
      ),
      ...REASON,
      ...gone('Cisco-Guid'),
      ...BOX,
    ].sort(byLine),
    DONE,
  ]);
});

it('does what id and history ask for', () => {
  expect(apply({ asked: asked('id', 'history'), trustedNextHop: false })).toEqual([
    [
      ...gone('Identity', 'Referred-By'),
      ...HISTORY,
      ...DIVERSION,
      ...gone(
        'P-Asserted-Identity',
        'P-Preferred-Identity',
        'Remote-Party-ID',
        'P-Access-Network-Info',
        'P-Charging-Vector',
        'P-Served-User',
        'P-Called-Party-ID',
      ),
    ].sort(byLine),
    DONE,
  ]);
  expect(apply({ asked: asked('id') })).toEqual([
    [...gone('Identity', 'Referred-By', 'P-Preferred-Identity'), ...DIVERSION, ...ASSERTED].sort(byLine),
    DONE,
  ]);
});

it('hides whom the configuration hides, also from who is not trusted', () => {
  expect(apply({ hidden: true, trustedNextHop: false, trustedSource: false })).toEqual([
    [
      ...FROM,
      ...CONTACT,
      ...gone('Subject', 'Call-Info', 'Organization', 'User-Agent', 'Reply-To', 'In-Reply-To'),
      ...ALERT,
      ...WARNING,
      ...gone('Geolocation', 'Geolocation-Routing', 'Identity', 'Referred-By'),
      ...HISTORY,
      ...DIVERSION,
      ...gone(
        'P-Asserted-Identity',
        'P-Preferred-Identity',
        'Remote-Party-ID',
        'P-Access-Network-Info',
        'P-Charging-Vector',
        'P-Served-User',
        'P-Called-Party-ID',
      ),
      ...REASON,
      ...gone('Cisco-Guid', 'X-Caller'),
      ...BOX,
    ].sort(byLine),
    DONE,
  ]);
});

it('puts the host of the SBC in place of inner ones where the topology is hidden', () => {
  expect(apply({ topologyHidden: true, ownHost: '2001:db8::30' })).toEqual([
    [
      '-In-Reply-To: c7@192.0.2.10',
      '+In-Reply-To: c7@[2001:db8::30]',
      '-Alert-Info: <http://192.0.2.10/ring.wav>, <urn:alert:service:normal>',
      '+Alert-Info: <http://[2001:db8::30]/ring.wav>, <urn:alert:service:normal>',
      '-Warning: 399 192.0.2.10 "seen at 192.0.2.10"',
      '+Warning: 399 [2001:db8::30] "seen at [2001:db8::30]"',
      '-Geolocation: <cid:target@192.0.2.10>',
      '+Geolocation: <cid:target@[2001:db8::30]>',
      '-Diversion: "Alice" <sip:+15550100@192.0.2.10>;reason=no-answer',
      '+Diversion: "Alice" <sip:+15550100@[2001:db8::30]>;reason=no-answer',
      ...ASSERTED,
      ...gone('P-Preferred-Identity'),
      '-P-Charging-Vector: icid-value=1;icid-generated-at=192.0.2.10',
      '+P-Charging-Vector: icid-value=1;icid-generated-at=[2001:db8::30]',
      '-Reason: SIP;cause=200;text="via 192-0-2-10 and 2001:DB8:0::1"',
      '+Reason: SIP;cause=200;text="via [2001:db8::30] and [2001:db8::30]"',
      '-X-Box: pbx.inner.example, 192.0.2.100',
      '+X-Box: [2001:db8::30], 192.0.2.100',
    ].sort(byLine),
    DONE,
  ]);
});

it('leaves what the callee says in From and hides the rest of it', () => {
  const [changes] = apply({ party: 'callee', hidden: true });
  expect(changes.filter((line) => /^.(From|To|User-Agent)/.test(line))).toEqual(gone('User-Agent'));
});

it('leaves From of a response, which is that of the request', () => {
  const from = 'From: <sip:bob@192.0.2.10>;tag=b1';
  const message = messageOf(
    `SIP/2.0 200 OK\r\n${from}\r\nTo: <sip:alice@h>;tag=a1\r\nServer: x\r\nContent-Length: 0\r\n\r\n`,
  );
  if (message === null) throw new Error('no message');
  message.src = { ip: '192.0.2.10', port: 5060, text: '192.0.2.10:5060', version: 4 };
  const draft = new Draft(message);
  applyPrivacy(draft, situation({ hidden: true, topologyHidden: true }));
  expect(linesOf(draft)).toEqual([from, 'To: <sip:alice@h>;tag=a1', 'Content-Length: 0']);
});

it('lets who calls for help be seen and found', () => {
  expect(apply({ emergency: true, hidden: true, asked: asked('user', 'id'), trustedSource: false })).toEqual([
    gone('P-Preferred-Identity'),
    DONE,
  ]);
});

it.each([
  ['id', { trustedNextHop: false }, []],
  ['id', {}, ['Privacy: id']],
  ['user;id;critical', {}, ['Privacy: id;critical']],
  ['header;user;history;id;critical', { trustedNextHop: false }, []],
  ['session;user', {}, ['Privacy: session']],
  ['session;user', { sessionHidden: true }, []],
  ['critical;user;x-new', {}, ['Privacy: x-new;critical']],
  ['none', { hidden: true, trustedNextHop: false }, ['Privacy: none']],
  ['none;user', { trustedNextHop: false }, ['Privacy: none;user']],
  ['ID; user', {}, ['Privacy: id']],
] as const)('of Privacy: %s leaves what is still to be done (%j)', (value, other, left) => {
  const message = read([`Privacy: ${value}`, 'Proxy-Require: privacy, x', 'P-Asserted-Identity: <sip:a@h>']);
  const draft = new Draft(message);
  applyPrivacy(draft, situation({ ...other, asked: privacyLevels(message) }));
  const lines = linesOf(draft);
  expect(lines.filter((line) => line.startsWith('Privacy'))).toEqual(left);
  expect(lines.filter((line) => line.startsWith('Proxy-Require'))).toEqual([
    left.length === 0 ? 'Proxy-Require: x' : 'Proxy-Require: privacy, x',
  ]);
});

it.each([
  ['session;critical', {}, { unmet: ['session'], mustFail: true }],
  ['session', {}, { unmet: ['session'], mustFail: false }],
  ['session;critical', { sessionHidden: true }, DONE_OF()],
  ['x-new;user;critical', {}, { unmet: ['x-new'], mustFail: true }],
  ['none;critical', {}, DONE_OF()],
] as const)('says what of Privacy: %s cannot be done (%j)', (value, other, expected) => {
  const message = read([`Privacy: ${value}`]);
  expect(applyPrivacy(new Draft(message), situation({ ...other, asked: privacyLevels(message) }))).toEqual(
    expected,
  );
});

it('says it in a reason phrase, and only of requests', () => {
  expect(privacyFailure({ unmet: ['session', 'x'], mustFail: true })).toBe(
    'Privacy Not Possible: session, x',
  );
  const message = messageOf('SIP/2.0 200 OK\r\nPrivacy: session;critical\r\n\r\n');
  if (message === null) throw new Error('no message');
  const done = applyPrivacy(
    new Draft(message),
    situation({ party: 'callee', asked: privacyLevels(message) }),
  );
  expect(done).toEqual({ unmet: ['session'], mustFail: false });
});

it('reads what is asked for', () => {
  const levels = (value: string) => privacyLevels(read([`Privacy: ${value}`]));
  expect(
    [levels('id'), levels('HEADER ;session;critical;x'), levels('none;id')].map((one) => [...one.levels]),
  ).toEqual([['id'], ['header', 'session'], []]);
  expect([levels('id'), levels('user'), levels('none'), privacyLevels(read([]))].map(asksToHide)).toEqual([
    false,
    true,
    false,
    false,
  ]);
});

it('keeps From and Contact of a REGISTER', () => {
  const message = messageOf(
    'REGISTER sip:h SIP/2.0\r\nFrom: <sip:a@h>;tag=1\r\nTo: <sip:a@h>\r\nContact: <sip:a@d>;reg-id=1\r\nUser-Agent: x\r\n\r\n',
  );
  if (message === null) throw new Error('no message');
  const draft = new Draft(message);
  applyPrivacy(draft, situation({ hidden: true, asked: asked('user', 'header') }));
  expect(linesOf(draft)).toEqual([
    'From: <sip:a@h>;tag=1',
    'To: <sip:a@h>',
    'Contact: <sip:a@d>;reg-id=1',
    'Content-Length: 0',
  ]);
});

it.skipIf(!HAS_TORTURE)('takes every message of RFC 4475 and RFC 5118', () => {
  for (const set of ['rfc4475', 'rfc5118'] as const) {
    for (const name of tortureNames(set)) {
      const message = messageOf(tortureOctets(set, name));
      if (message === null) continue;
      for (const party of ['caller', 'callee'] as const) {
        const draft = new Draft(message);
        applyPrivacy(
          draft,
          situation({
            party,
            hidden: true,
            topologyHidden: true,
            trustedNextHop: false,
            asked: asked('user', 'header', 'id', 'session', 'history'),
          }),
        );
        const again = messageOf(draft.octets());
        expect(again?.callId, name).toBe(message.callId);
        expect(again?.fromTag, name).toBe(message.fromTag);
        expect(again?.headersComplete, name).toBe(true);
      }
    }
  }
});

it('never throws, and a second time changes nothing more', () => {
  const word = fc.string({
    unit: fc.constantFrom(...'ab"<>;:,=@. []', '192.0.2.10', 'sip:', '?Privacy=history', ';privacy=full'),
    maxLength: 12,
  });
  const name = fc.constantFrom(
    'From',
    'Contact',
    'History-Info',
    'Diversion',
    'Warning',
    'P-Asserted-Identity',
    'Privacy',
    'X-a',
    'Alert-Info',
    'Remote-Party-ID',
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(name, word), { maxLength: 8 }), fc.boolean(), (headers, hidden) => {
      const message = read(headers.map(([header, value]) => `${header}: ${value}`));
      const where = situation({
        hidden,
        topologyHidden: true,
        trustedNextHop: false,
        asked: privacyLevels(message),
      });
      const once = new Draft(message);
      applyPrivacy(once, where);
      const octets = once.octets();
      // A quote that is never closed says something else once what was behind it is gone.
      if (octets.includes('"')) return;
      const again = messageOf(octets);
      if (again === null) throw new Error('no message');
      const twice = new Draft(again);
      applyPrivacy(twice, where);
      expect(twice.octets().toString()).toBe(octets.toString());
    }),
    { numRuns: 300 },
  );
});

const DONE: PrivacyDone = { unmet: [], mustFail: false };
function DONE_OF(): PrivacyDone {
  return { unmet: [], mustFail: false };
}
const FROM = [
  '-From: "Alice L" <sip:alice@example.com>;tag=a1',
  '+From: "Anonymous" <sip:anonymous@anonymous.invalid>;tag=a1',
];
const CONTACT = [
  '-Contact: "Alice L" <sip:198.51.100.30:5060>;+sip.instance="<urn:uuid:0>";q=0.5;audio',
  '+Contact: <sip:198.51.100.30:5060>;q=0.5;audio',
];
const ALERT = [
  '-Alert-Info: <http://192.0.2.10/ring.wav>, <urn:alert:service:normal>',
  '+Alert-Info: <urn:alert:service:normal>',
];
const WARNING = [
  '-Warning: 399 192.0.2.10 "seen at 192.0.2.10"',
  '+Warning: 399 198.51.100.30 "seen at 198.51.100.30"',
];
const HISTORY = [
  '-History-Info: <sip:office@example.com>;index=1, <sip:bob@example.org>;index=1.1;mp=1',
  '+History-Info: <sip:anonymous@anonymous.invalid>;index=1',
  '+History-Info: <sip:bob@example.org>;index=1.1;mp=1',
];
const DIVERSION = [
  '-Diversion: "Alice" <sip:+15550100@192.0.2.10>;reason=no-answer',
  '+Diversion: <sip:anonymous@anonymous.invalid>;reason=no-answer',
];
const ASSERTED = [
  '-P-Asserted-Identity: <tel:+15550100>, <sip:second@example.com>',
  '+P-Asserted-Identity: <tel:+15550100>',
];
const REASON = [
  '-Reason: SIP;cause=200;text="via 192-0-2-10 and 2001:DB8:0::1"',
  '+Reason: SIP;cause=200;text="via 198.51.100.30 and 198.51.100.30"',
];
const BOX = ['-X-Box: pbx.inner.example, 192.0.2.100', '+X-Box: 198.51.100.30, 192.0.2.100'];

/** The lines that changed, in their order, and what was said of it. */
function apply(other: Partial<PrivacySituation> = {}): [string[], PrivacyDone] {
  const draft = new Draft(read(LINES));
  const before = linesOf(draft);
  const done = applyPrivacy(draft, situation(other));
  const after = linesOf(draft);
  const changes = [
    ...before.filter((line) => !after.includes(line)).map((line) => `-${line}`),
    ...after.filter((line) => !before.includes(line)).map((line) => `+${line}`),
  ];
  return [changes.sort(byLine), done];
}

/** By the place of the header; what went before what came. */
function byLine(one: string, other: string): number {
  const place = (line: string): number => {
    const header = line.slice(1, line.indexOf(':') + 1);
    return LINES.findIndex((each) => each.startsWith(header)) * 2 + (line.startsWith('+') ? 1 : 0);
  };
  return place(one) - place(other);
}

function gone(...names: string[]): string[] {
  return LINES.filter((line) => names.includes(line.slice(0, line.indexOf(':')))).map((line) => `-${line}`);
}

function linesOf(draft: Draft): string[] {
  return draft
    .octets()
    .toString()
    .split('\r\n')
    .filter((line) => line !== '' && !/^(Via|Record-Route|INVITE|REGISTER|SIP)/.test(line));
}

function read(lines: readonly string[]): SipMessage {
  const message = messageOf(
    `INVITE sip:bob@example.org SIP/2.0\r\n${[VIA, ROUTED, ...lines].join('\r\n')}\r\n\r\n`,
  );
  if (message === null) throw new Error('no message');
  return message;
}
