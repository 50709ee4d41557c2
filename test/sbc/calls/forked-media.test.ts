// What the dialogs of a forked INVITE say of their media is each one's own, where the call is private.
import { expect, test } from 'vitest';
import { Border, request, response, tagOf } from '../border.ts';
import { CALLEE, CALLER, PRIVATE } from '../scene.ts';

const LINE = 'm=message 5060 sip sip:callee@192.168.2.200\n';
const offer = (lines: number): string =>
  `\n\nv=0\no=- 1 1 IN IP4 192.168.2.200\ns=-\nc=IN IP4 192.168.2.200\nt=0 0\n${LINE.repeat(lines)}`;

test('two callees offer one line and two: each is answered with as many', () => {
  const border = new Border(PRIVATE);
  const invite = border.last(CALLER, request('INVITE sip:callee@callee.com', '1 INVITE'));
  const tags = [1, 2].map((lines) => {
    const answer = response(invite, '200 OK', offer(lines)).replace(';tag=callee', `;tag=callee-${lines}`);
    const passed = border.last(CALLEE, answer);
    // Hidden, all are one.
    expect(linesIn(passed)).toBe(1);
    return tagOf(passed);
  });
  const acks = tags.map((tag) => {
    const answer = offer(1).replaceAll('192.168.2.200', '192.168.1.121');
    return border.last(CALLER, request('ACK sip:sbc@192.168.2.20', '1 ACK', tag, answer));
  });
  expect(acks.map(linesIn)).toEqual([1, 2]);
});

test('an ACK answers the offer of its 200, and not one that was refused before', () => {
  const border = new Border(PRIVATE);
  const invite = border.last(CALLER, request('INVITE sip:callee@callee.com', '1 INVITE'));
  const accepted = border.last(CALLEE, response(invite, '200 OK', offer(1)));
  const tag = tagOf(accepted);
  const answer = offer(1).replaceAll('192.168.2.200', '192.168.1.121');
  border.receives(CALLER, request('ACK sip:sbc@192.168.2.20', '1 ACK', tag, answer));
  const [, from, to] = /^From: (.*)\nTo: (.*)\n/m.exec(invite) ?? [];
  const update = border.last(
    CALLEE,
    request('UPDATE sip:sbc@192.168.10.10', '9 UPDATE', '', offer(2))
      .replace(/^Via: .*$/m, 'Via: SIP/2.0/UDP 192.168.2.200:5060;branch=z9hG4bK-9')
      .replace(/^From: .*$/m, `From: ${to};tag=callee`)
      .replace(/^To: .*$/m, `To: ${from}`)
      .replace(/^Call-ID: .*$/m, /^Call-ID: .*$/m.exec(invite)?.[0] ?? ''),
  );
  expect(update).toMatch(/^UPDATE /);
  border.receives(CALLER, response(update, '491 Request Pending'));
  const again = border.last(CALLER, request('INVITE sip:sbc@192.168.2.20', '2 INVITE', tag));
  border.receives(CALLEE, response(again, '200 OK', offer(1)));
  const ack = border.last(CALLER, request('ACK sip:sbc@192.168.2.20', '2 ACK', tag, answer));
  expect(ack).toMatch(/^ACK /);
  expect(linesIn(ack)).toBe(1);
});

function linesIn(message: string): number {
  return message.split('\nm=').length - 1;
}
