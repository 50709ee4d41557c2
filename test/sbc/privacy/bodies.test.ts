import { expect, it } from 'vitest';
import { editParts } from '../../../src/sbc/message/body-parts.ts';
import { Draft } from '../../../src/sbc/message/draft.ts';
import { applyPrivacy } from '../../../src/sbc/privacy/apply.ts';
import type { PrivacySituation } from '../../../src/sbc/privacy/situation.ts';
import type { SipMessage } from '../../../src/sip/message.ts';
import { messageOf } from '../../../src/sip/parse.ts';
import { asked, situation } from './situation.ts';

const SDP = 'v=0\r\no=alice 1 1 IN IP4 192.0.2.10\r\n';
const LOCATED = [
  '--b1',
  'Content-Type: application/sdp',
  '',
  SDP,
  '--b1',
  'Content-Type: application/pidf+xml',
  'Content-ID: <target@192.0.2.10>',
  '',
  '<presence entity="pres:alice@192.0.2.10"/>',
  '--b1',
  'Content-Type: text/plain',
  '',
  'I am alice at 192.0.2.10',
  '--b1--',
  '',
].join('\r\n');

it('takes the location out with Geolocation, and leaves it with a call for help', () => {
  const message = read('INVITE', 'multipart/mixed;boundary=b1', LOCATED, [
    'Geolocation: <cid:target@192.0.2.10>',
  ]);
  const without = LOCATED.replace(/--b1\r\nContent-Type: application\/pidf(?:.|\r\n)*?(?=--b1)/, '');
  expect(without).not.toBe(LOCATED);
  expect(bodyOf(message, { asked: asked('user') })).toEqual([without, { unmet: [], mustFail: false }]);
  expect(bodyOf(message, { hidden: true })[0]).toBe(without);
  expect(bodyOf(message, { hidden: true, emergency: true })[0]).toBe(LOCATED);
  expect(bodyOf(message, {})[0]).toBe(LOCATED);
});

it('leaves of the headers of another dialog the status, and no copy of the message', () => {
  const frag = 'SIP/2.0 200 OK\r\nContact: <sip:carol@192.0.2.10>\r\n';
  expect(bodyOf(read('NOTIFY', 'message/sipfrag;version=2.0', frag), { asked: asked('header') })[0]).toBe(
    'SIP/2.0 200 OK\r\n',
  );
  const draft = new Draft(read('INVITE', 'message/sip', 'INVITE sip:a SIP/2.0\r\n'));
  applyPrivacy(draft, situation({ asked: asked('id') }));
  expect(draft.octets().toString()).toMatch(/\r\nCSeq: 1 INVITE\r\nContent-Length: 0\r\n\r\n$/);
});

it('puts the host of the SBC into descriptions of state, and says that they name the user', () => {
  const dialogs =
    '<dialog-info entity="sip:alice@example.com"><local><target uri="sip:alice@192.0.2.10"/></local></dialog-info>';
  const message = read('NOTIFY', 'application/dialog-info+xml', dialogs);
  const masked = dialogs.replace('192.0.2.10', '198.51.100.30');
  expect(bodyOf(message, { asked: asked('header') })).toEqual([masked, { unmet: [], mustFail: false }]);
  expect(bodyOf(message, { asked: asked('user') })).toEqual([masked, { unmet: ['user'], mustFail: false }]);
  expect(bodyOf(message, { asked: { ...asked('user'), critical: true } })[1].mustFail).toBe(true);
  expect(bodyOf(message, { topologyHidden: true })).toEqual([masked, { unmet: [], mustFail: false }]);
  const state = read('PUBLISH', 'application/pidf+xml', '<presence entity="pres:a@192.0.2.10"/>');
  expect(bodyOf(state, { asked: asked('user') })).toEqual([
    '<presence entity="pres:a@198.51.100.30"/>',
    { unmet: ['user'], mustFail: false },
  ]);
});

it('takes the sender out of CPIM, and says where it cannot look', () => {
  const cpim =
    'From: Alice <im:alice@example.com>\r\nTo: <im:bob@example.org>\r\n\r\nContent-type: text/plain\r\n\r\nFrom: me';
  expect(bodyOf(read('MESSAGE', 'message/cpim', cpim), { hidden: true })[0]).toBe(
    cpim.replace('Alice <im:alice@example.com>', 'Anonymous <sip:anonymous@anonymous.invalid>'),
  );
  expect(bodyOf(read('MESSAGE', 'application/pkcs7-mime', 'x'), { asked: asked('user') })).toEqual([
    'x',
    { unmet: ['user'], mustFail: false },
  ]);
});

it('takes parts out of nested bodies, and leaves the rest octet by octet', () => {
  const nested =
    'pre\r\n--a\r\nContent-Type: multipart/mixed;boundary=c\r\n\r\n--c\r\n\r\none\r\n--c\r\n\r\ntwo\r\n--c--\r\n--a\r\n\r\nthree\r\n--a--\r\nend';
  const message = read('MESSAGE', 'multipart/mixed;boundary=a', nested);
  const edited = (edit: (content: string) => Buffer | null | undefined): string => {
    const draft = new Draft(message);
    editParts(draft, (_, content) => edit(content.toString()));
    return draft.body.toString();
  };
  expect(edited(() => undefined)).toBe(nested);
  expect(edited((content) => (content === 'two' ? null : undefined))).toBe(
    nested.replace('--c\r\n\r\ntwo\r\n', ''),
  );
  expect(edited((content) => (content === 'three' ? null : undefined))).toBe(
    nested.replace('--a\r\n\r\nthree\r\n', ''),
  );
  expect(edited((content) => Buffer.from(`<${content}>`))).toBe(
    nested.replace('one', '<one>').replace('two', '<two>').replace('three', '<three>'),
  );
});

function bodyOf(message: SipMessage, other: Partial<PrivacySituation>) {
  const draft = new Draft(message);
  const done = applyPrivacy(draft, situation(other));
  return [draft.body.toString(), done] as const;
}

function read(method: string, contentType: string, body: string, lines: readonly string[] = []): SipMessage {
  const head = [
    `${method} sip:bob@example.org SIP/2.0`,
    'Via: SIP/2.0/UDP 192.0.2.10;branch=z9hG4bKx',
    'From: <sip:alice@example.com>;tag=a1',
    'To: <sip:bob@example.org>',
    `CSeq: 1 ${method}`,
    ...lines,
    `Content-Type: ${contentType}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
  ];
  const message = messageOf(`${head.join('\r\n')}\r\n\r\n${body}`);
  if (message === null) throw new Error('no message');
  return message;
}
