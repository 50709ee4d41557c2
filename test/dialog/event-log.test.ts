// What is kept of a message comes back whole, whichever calls shared the pages, and again after it was let go.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type CallEvent, type MessageInfo, MOMENTS } from '../../src/dialog/call.ts';
import { EventLog } from '../../src/dialog/kept/event-log.ts';
import { KeptPages } from '../../src/dialog/kept/kept-pages.ts';
import type { Endpoint } from '../../src/network/endpoint.ts';
import type { Passage } from '../../src/network/passage.ts';
import { Payload } from '../../src/network/payload.ts';
import type { SipMessage } from '../../src/sip/message.ts';
import { parseMessage } from '../../src/sip/parse.ts';

const ENDPOINTS: Endpoint[] = Array.from({ length: 40 }, (_, index) => {
  const ip = `192.0.2.${index}`;
  return { ip, port: 5060, text: `${ip}:5060`, version: 4 };
});

/** A tunnel, or a packet of HEP, that no other number has. */
function passage(number: number): Passage {
  const hep = { version: 3, agent: number, correlationId: `${number}@a`, node: '' };
  return { tunnel: `vni ${number}`, hep: number % 2 === 0 ? null : hep };
}

const MESSAGE = fc.record({
  log: fc.nat(2),
  text: fc.constantFrom(
    'INVITE sip:bob@example.com SIP/2.0\r\nVia: SIP/2.0/UDP a;branch=z9hG4bK1\r\nCall-ID: 1@a\r\n\r\n',
    '\r\n\r\nSIP/2.0 180 Ringing\r\nf: <sip:a@b>;tag=1\r\nX-Odd\r\nt: <sip:b@b>;tag=2\r\n',
    'BYE sip:x SIP/2.0\nCSeq: 7 BYE\nContent-Length: 2\n\nabcd',
  ),
  more: fc.constantFrom(0, 1, 900, 3000),
  packet: fc.record({
    frame: fc.constantFrom(1, 77, 2 ** 33),
    frames: fc.constantFrom(null, [3, 4], [1, 2 ** 33]),
    seconds: fc.constantFrom(0, -5, 1_790_000_000, 2 ** 40),
    nanoseconds: fc.nat(999_999_999),
    transport: fc.constantFrom('udp', 'tcp', 'wss' as const),
    truncated: fc.boolean(),
    duplicateOf: fc.constantFrom(0, 3),
    passage: fc.oneof(fc.constant(null), fc.nat(30).map(passage)),
  }),
  src: fc.nat(ENDPOINTS.length - 1),
  dst: fc.nat(ENDPOINTS.length - 1),
  info: fc.record({
    retransmissionOf: fc.constantFrom(0, 12, 2 ** 33),
    transaction: fc.integer({ min: -1, max: 2000 }),
    upstream: fc.integer({ min: -1, max: 2000 }),
    dialog: fc.integer({ min: -1, max: 63 }),
    delay: fc.constantFrom(null, 0, 1.5, -3),
    moment: fc.constantFrom(...MOMENTS),
  }),
});

test('events come back as they were kept', () => {
  fc.assert(
    fc.property(fc.array(MESSAGE, { maxLength: 60 }), fc.nat(60), (steps, closing) => {
      const pages = new KeptPages();
      const logs = [0, 1, 2].map(() => new EventLog(pages));
      const expected: object[][] = [[], [], []];
      const done: [EventLog, object[]][] = [];
      for (const [index, step] of steps.entries()) {
        if (index === closing) {
          logs[0].close();
          done.push([logs[0], expected[0]]);
          logs[0] = new EventLog(pages);
          expected[0] = [];
        }
        const message = messageOf(step);
        const info: Omit<MessageInfo, 'call'> = { ...step.info, duplicateOf: message.duplicateOf };
        logs[step.log].add(message, info as MessageInfo);
        expected[step.log].push(whole({ message: message.keep(), ...info }));
      }
      for (const [index, log] of logs.entries()) done.push([log, expected[index]]);
      for (const [log, events] of done) {
        expect(log.events.map(whole)).toEqual(events);
        expect(log.events).toBe(log.events);
        log.letGo();
        expect(log.events.map(whole)).toEqual(events);
      }
    }),
    { numRuns: 60 },
  );
});

test('pages of a call that is over are used again', () => {
  const pages = new KeptPages();
  const octets = Buffer.alloc(5000, 'x');
  const first = { first: -1, last: -1, length: 0 };
  pages.append(first, octets, 0, 5000);
  const used = first.first;
  pages.release(first);
  const second = { first: -1, last: -1, length: 0 };
  pages.append(second, octets, 10, 20);
  expect([second, pages.text(second)]).toEqual([{ first: used, last: used, length: 10 }, 'xxxxxxxxxx']);
});

function messageOf({
  text,
  more,
  packet,
  src,
  dst,
}: typeof MESSAGE extends fc.Arbitrary<infer T> ? T : never) {
  const payload = new Payload();
  Object.assign(payload, packet);
  payload.data = Buffer.from(`before${text}${'y'.repeat(more)}after`);
  payload.start = 6;
  payload.end = payload.data.length - 5;
  payload.src = ENDPOINTS[src];
  payload.dst = ENDPOINTS[dst];
  return parseMessage(payload)!;
}

/** All of it, with what a message says wherever its octets lie. */
function whole({ message, ...info }: Omit<CallEvent, never>): object {
  const { start } = message;
  const { src, dst, seconds, nanoseconds, frame, frames } = message;
  const { transport, truncated, duplicateOf, passage, flags } = message;
  return {
    ...info,
    seen: { src, dst, seconds, nanoseconds, frame, frames },
    said: { transport, truncated, duplicateOf, passage, flags },
    octets: message.data.toString('latin1', start, message.limit),
    headers: rows(message),
    body: message.body.toString('latin1'),
    core: [message.method, message.status, message.callId, message.branch, message.fromTag, message.toTag],
  };
}

function rows(message: SipMessage): string[] {
  return Array.from({ length: message.headerCount }, (_, row) => {
    return `${message.headerId(row)} ${message.headerStart(row) - message.start} ${message.headerName(row)}: ${message.headerValue(row)}`;
  });
}
