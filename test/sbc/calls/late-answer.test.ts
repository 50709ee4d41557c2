// A 2xx to an INVITE that comes when nobody waits for it any more: it is acknowledged to who gave it, and ended.
import { expect, test } from 'vitest';
import { Border, request, response, tagOf } from '../border.ts';
import { CALLEE, CALLER, PASSTHROUGH, PLAIN, twoAdjacencies } from '../scene.ts';

const SDP = `v=0
o=- 1 1 IN IP4 192.168.1.121
s=-
c=IN IP4 192.168.1.121
t=0 0
m=audio 4000 RTP/AVP 0
`;

test.each([
  ['to an offer, without a description', `\n\n${SDP}`, false],
  ['with the offer, with an answer that takes nothing', '', true],
])('of another fork, when the call is over, %s', (_name, offer, answers) => {
  const border = new Border(PLAIN);
  const invite = border.last(CALLER, request('INVITE sip:callee@callee.com', '1 INVITE', '', offer));
  const accepted = border.last(CALLEE, response(invite, '200 OK', `\n\n${SDP}`));
  const tag = tagOf(accepted);
  border.receives(CALLER, request('ACK sip:sbc@192.168.2.20', '1 ACK', tag, answers ? `\n\n${SDP}` : ''));
  const bye = border.last(CALLER, request('BYE sip:sbc@192.168.2.20', '2 BYE', tag));
  border.receives(CALLEE, response(bye, '200 OK'));
  const other = response(invite, '200 OK', `\n\n${SDP}`).replace(';tag=callee', ';tag=other');
  const [ack, end] = border.receives(CALLEE, other);
  expect(ack?.text).toMatch(/^ACK .*\n(?:.+\n)*To: .*;tag=other\n/);
  expect(ack?.text.includes('m=audio 0 ')).toBe(answers);
  expect(end?.text).toMatch(/^BYE /);
});

test('nobody’s, below the Record-Route of the caller’s proxy: it goes to the callee all the same', () => {
  const cisco = twoAdjacencies(
    'record-route-passthrough: true',
    '',
    'decisions: { record-route-order: cisco }',
  );
  for (const policy of [PASSTHROUGH, cisco]) {
    const border = new Border(policy);
    const proxy = 'Record-Route: <sip:192.168.1.9;lr>';
    const invite = border.last(CALLER, request('INVITE sip:callee@callee.com', '1 INVITE', '', proxy));
    border.passes(64_000);
    const late = border.receives(CALLEE, response(invite, '200 OK', `\n\n${SDP}`));
    expect(late.map(({ to, text }) => `${text.split(' ')[0]} to ${to}`)).toEqual([
      'ACK to 192.168.2.200:5060',
      'BYE to 192.168.2.200:5060',
    ]);
    // Its ACK was lost: one BYE is enough.
    expect(
      border.receives(CALLEE, response(invite, '200 OK', `\n\n${SDP}`)).map(({ text }) => text.split(' ')[0]),
    ).toEqual(['ACK']);
    // Its INVITE brought no offer, so the 200 does: it is refused.
    expect(late[0]?.text).toContain('m=audio 0 ');
  }
});

test('of a callee whom nobody waited for any more, with the offer: its ACK takes nothing of it', () => {
  const border = new Border(PLAIN);
  const invite = border.last(CALLER, request('INVITE sip:callee@callee.com', '1 INVITE'));
  border.passes(40_000);
  const answer = response(invite, '200 OK', `\n\n${SDP}`);
  const [ack, bye] = border.receives(CALLEE, answer);
  expect(ack?.text).toMatch(/^ACK /);
  expect(ack?.text).toContain('m=audio 0 ');
  expect(bye?.text).toMatch(/^BYE /);
  expect(border.receives(CALLEE, answer).map(({ text }) => text)).toEqual([ack?.text]);
});

test('nobody’s, and then one to an earlier INVITE of the same call: both get their ACKs, and one BYE ends it', () => {
  const border = new Border(PLAIN);
  const invite = border.last(CALLER, request('INVITE sip:callee@callee.com', '1 INVITE', '', `\n\n${SDP}`));
  border.passes(64_000);
  const answer = response(invite, '200 OK', `\n\n${SDP}`);
  const sent = [answer.replace('CSeq: 1 ', 'CSeq: 2 '), answer].map((text) => border.receives(CALLEE, text));
  expect(sent.map((all) => all.map(({ text }) => /^(\w+) |^CSeq: (.*)$/gm[Symbol.match](text)))).toEqual([
    [
      ['ACK ', 'CSeq: 2 ACK'],
      ['BYE ', 'CSeq: 100003 BYE'],
    ],
    [['ACK ', 'CSeq: 1 ACK']],
  ]);
  // The INVITE brought an offer.
  expect(sent.flat().some(({ text }) => text.includes('m=audio'))).toBe(false);
});

test.each([
  ['it is acknowledged when it comes again', 0],
  ['its ACK, which the BYE has overtaken, goes on, and again when it comes again', 1],
  ['an ACK that comes too late is for nobody', 0, 33_000],
])('to a re-INVITE that a BYE has crossed: %s', (_name, acks, late = 0) => {
  const border = new Border(PLAIN);
  const invite = border.last(CALLER, request('INVITE sip:callee@callee.com', '1 INVITE', '', `\n\n${SDP}`));
  const accepted = border.last(CALLEE, response(invite, '200 OK', `\n\n${SDP}`));
  const tag = tagOf(accepted);
  border.receives(CALLER, request('ACK sip:sbc@192.168.2.20', '1 ACK', tag));
  const again = border.last(CALLER, request('INVITE sip:sbc@192.168.2.20', '2 INVITE', tag, `\n\n${SDP}`));
  const answer = response(again, '200 OK', `\n\n${SDP}`);
  border.receives(CALLEE, answer);
  const bye = border.last(CALLER, request('BYE sip:sbc@192.168.2.20', '3 BYE', tag));
  border.receives(CALLEE, response(bye, '200 OK'));
  if (late > 0) border.passes(late);
  const overtaken =
    acks > 0 || late > 0 ? border.receives(CALLER, request('ACK sip:sbc@192.168.2.20', '2 ACK', tag)) : [];
  expect(overtaken).toHaveLength(acks);
  if (late > 0) return;
  const [ack, ...more] = border.receives(CALLEE, answer);
  expect(more).toEqual([]);
  const branch = /branch=.*/;
  if (acks > 0) expect(branch.exec(overtaken[0]!.text)?.[0]).toBe(branch.exec(ack!.text)?.[0]);
  expect(ack?.to).toBe('192.168.2.200:5060');
  expect(ack?.text).toMatch(/^ACK sip:callee@192\.168\.2\.200:5060 SIP\/2\.0\n(?:.+\n)*CSeq: 2 ACK\n/);
  expect(ack?.text).not.toContain('m=audio');
});

test.each([
  ['answered', '200 OK', false],
  ['rings', '180 Ringing', false],
  ['rings, and its ACK was lost behind the SBC', '180 Ringing', true],
])(
  'of a fork whose BYE crossed it, while another %s: only who gave it gets its ACK',
  (_name, status, passed) => {
    const border = new Border(PLAIN);
    const ofOther = (text: string): string => text.replace(';tag=callee', ';tag=other');
    const invite = border.last(CALLER, request('INVITE sip:callee@callee.com', '1 INVITE', '', `\n\n${SDP}`));
    border.receives(CALLEE, ofOther(response(invite, status, `\n\n${SDP}`)));
    const answer = response(invite, '200 OK', `\n\n${SDP}`);
    const tag = tagOf(border.last(CALLEE, answer));
    const ack = request('ACK sip:sbc@192.168.2.20', '1 ACK', tag);
    const before = passed ? border.last(CALLER, ack) : '';
    const bye = border.last(CALLER, request('BYE sip:sbc@192.168.2.20', '2 BYE', tag));
    border.receives(CALLEE, response(bye, '200 OK'));
    const sent = [answer, answer].map((text) => border.receives(CALLEE, text));
    expect(sent.map((all) => all.map(({ to, text }) => `${text.split(' ')[0]} to ${to}`))).toEqual([
      ['ACK to 192.168.2.200:5060'],
      ['ACK to 192.168.2.200:5060'],
    ]);
    const branches = sent.map(([{ text } = { text: '' }]) => /branch=[^;\n]+/.exec(text)?.[0]);
    expect(branches[0]).toBe(branches[1]);
    if (passed) expect(before).toContain(branches[0]);
  },
);
