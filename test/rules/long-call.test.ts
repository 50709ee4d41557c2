// A call of twice as many messages is about twice the work, whatever they are: rules that go through all of a call for each of its
// messages take minutes for a call that lasts a day. Work is counted: how often a message is asked when, and what it is.
import { expect, test } from 'vitest';
import { EMPTY_POLICY } from '../../src/policy/default-policy.ts';
import { judgeCase } from '../../src/rules/case/judge-flow.ts';
import { CATALOGUE } from '../../src/rules/catalogue.ts';
import { MessageFacts } from '../../src/rules/facts/message-facts.ts';
import { workOf } from '../work.ts';

const FEW = 400;
/** Within a linear walk twice as much would be 2; all against all is 4. */
const MOST = 2.7;
const ASKED = ['isRequest', 'methodId', 'method', 'status', 'sdp', 'millisecondsTo'] as const;

interface Said {
  readonly start: string;
  readonly cseq: string;
  readonly branch: string;
  readonly fromCallee?: boolean;
  readonly outside?: boolean;
  readonly headers?: string;
  readonly media?: boolean;
}

type Kind = (number: number) => readonly Said[];

const request = (method: string, number: number, more: Partial<Said> = {}): Said => {
  const start = `${method} sip:${more.fromCallee ? 'alice@192.0.2.10' : 'bob@192.0.2.20'}:5060 SIP/2.0`;
  return { start, cseq: `${number} ${method}`, branch: `${method}-${number}`, ...more };
};
/** What the other side says to it. */
const answer = (status: number, { cseq, branch, outside }: Said, more: Partial<Said> = {}): Said => {
  return {
    start: `SIP/2.0 ${status} Words`,
    cseq,
    branch,
    fromCallee: true,
    ...(outside && { outside }),
    ...more,
  };
};

const KINDS: Readonly<Record<string, Kind>> = {
  'INFO answered': (n) => [request('INFO', n), answer(200, request('INFO', n))],
  'REFER answered': (n) => [
    request('REFER', n, { headers: 'Refer-To: <sip:carol@example.com>\n' }),
    answer(202, request('REFER', n)),
  ],
  'NOTIFY unanswered': (n) => [
    request('NOTIFY', n, { headers: 'Event: refer\nSubscription-State: active\n' }),
  ],
  'an extension unanswered': (n) => [request('FROB', n)],
  're-INVITE': (n) => [
    request('INVITE', n, { media: true }),
    answer(200, request('INVITE', n), { media: true }),
    { ...request('ACK', n), cseq: `${n} ACK` },
  ],
  'refused re-INVITE': (n) => [
    request('INVITE', n, { media: true }),
    answer(488, request('INVITE', n)),
    { ...request('ACK', n), branch: request('INVITE', n).branch },
  ],
  'UPDATE answered': (n) => [
    request('UPDATE', n, { media: true }),
    answer(200, request('UPDATE', n), { media: true }),
  ],
  'reliable responses': (n) => {
    const invite = { ...request('INVITE', 1), branch: 'first' };
    const reliable = answer(183, invite, { headers: `Require: 100rel\nRSeq: ${n}\n` });
    const prack = request('PRACK', n, { headers: `RAck: ${n} 1 INVITE\n` });
    return [reliable, prack, answer(200, prack)];
  },
  'PRACKs for nothing': (n) => [request('PRACK', n, { headers: `RAck: ${n} 7 INVITE\n` })],
  'CANCELs for nothing': (n) => [request('CANCEL', n, { outside: true })],
};

const description = (address: string, version: number) => `v=0
o=- 1 ${version} IN IP4 ${address}
s=-
c=IN IP4 ${address}
t=0 0
m=audio 40000 RTP/AVP 0
a=rtpmap:0 PCMU/8000
`;

/** A call that begins as usual and then goes on with so many messages of one kind. */
function flowOf(kind: Kind, messages: number): string {
  const invite = { ...request('INVITE', 1, { media: true, outside: true }), branch: 'first' };
  const said: Said[] = [invite];
  if (kind !== KINDS['reliable responses'])
    said.push(answer(200, invite, { media: true, outside: false }), request('ACK', 1));
  for (let number = 2; said.length < messages; number++) said.push(...kind(number));
  return said
    .map((one, index) => {
      const [alice, bob] = ['192.0.2.10:5060', '192.0.2.20:5060'];
      const [src, dst] = one.fromCallee ? [bob, alice] : [alice, bob];
      const body = one.media === true ? description(one.fromCallee ? '192.0.2.20' : '192.0.2.10', index) : '';
      return `=== ${(index * 0.7).toFixed(3)} ${src} > ${dst} udp
${one.start}
Via: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bK-${one.branch}
${one.start.startsWith('SIP/2.0') ? '' : 'Max-Forwards: 70\n'}From: <sip:alice@example.com>;tag=a
To: <sip:bob@example.com>${one.outside === true ? '' : ';tag=b'}
Call-ID: long@192.0.2.10
CSeq: ${one.cseq}
Contact: <sip:${one.fromCallee ? 'bob@192.0.2.20' : 'alice@192.0.2.10'}:5060>
Allow: INVITE, ACK, BYE, CANCEL, OPTIONS, PRACK, UPDATE, INFO, REFER, NOTIFY
Supported: 100rel
${one.headers ?? ''}${body === '' ? '' : 'Content-Type: application/sdp\n'}Content-Length: *

${body}`;
    })
    .join('\n');
}

/** The same through a box: each message goes on, on a leg of its own. */
function acrossBox(flow: string): string {
  return flow
    .split(/^(?==== )/m)
    .map((near) => {
      const far = near
        .replaceAll('192.0.2.10', '198.51.100.30')
        .replaceAll('192.0.2.20', '203.0.113.10')
        .replaceAll('branch=z9hG4bK-', 'branch=z9hG4bK-far-')
        .replaceAll(';tag=', ';tag=far-')
        .replace('Call-ID: long', 'Call-ID: far');
      const nearer = near.replaceAll('192.0.2.20', '198.51.100.20');
      const later = (text: string) =>
        text.replace(/^=== (\S+)/, (_, at: string) => `=== ${(Number(at) + 0.004).toFixed(3)}`);
      return /^=== \S+ 192\.0\.2\.20/.test(near) ? `${far}\n${later(nearer)}` : `${nearer}\n${later(far)}`;
    })
    .join('\n');
}

/** How often its messages are asked while a flow is judged. */
function asked(flow: string): number {
  return workOf([{ on: MessageFacts.prototype, names: ASKED }], () => {
    judgeCase(CATALOGUE, EMPTY_POLICY, { name: 'long', flow });
  });
}

test.each(Object.entries(KINDS))('%s', (_, kind) => {
  for (const way of [(flow: string) => flow, acrossBox]) {
    const few = asked(way(flowOf(kind, FEW)));
    expect(few).toBeGreaterThan(FEW);
    const many = asked(way(flowOf(kind, 2 * FEW)));
    expect.soft(many / few, `${few} → ${many}`).toBeLessThan(MOST);
  }
});
