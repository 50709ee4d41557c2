// A message written to words and read again is the same message, wherever its octets lie for the reader.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Passage } from '../../src/network/passage.ts';
import { Payload } from '../../src/network/payload.ts';
import { SipMessage } from '../../src/sip/message.ts';
import { endOfMessage, readMessage, wordsOf, writeMessage } from '../../src/sip/message-row.ts';
import { COLUMNS } from '../../src/sip/scan.ts';

const ENDPOINTS = [1, 2, 3].map((n) => {
  return { ip: `192.0.2.${n}`, port: 5060, text: `192.0.2.${n}:5060`, version: 4 as const };
});
const PASSAGES: Passage[] = [
  { tunnel: 'vxlan a→b vni 0x1', hep: null },
  { tunnel: 'hep a→b agent 7', hep: { version: 3, agent: 7, correlationId: 'c', node: 'n' } },
];
const INVITE =
  '\r\nINVITE sip:bob@example.org SIP/2.0\r\nVia: SIP/2.0/TCP 192.0.2.1;branch=z9hG4bK1\r\n' +
  'From: <sip:a@example.org>;tag=1\r\nTo: <sip:b@example.org>;tag=2\r\nCall-ID: 1\r\nCSeq: 8589934592 INVITE\r\n' +
  'Subject: a\r\n b\r\nContent-Length: 4\r\n\r\nbodyleft over';
const numbers = fc.record({
  frame: fc.maxSafeNat(),
  seconds: fc.maxSafeInteger(),
  nanoseconds: fc.nat(999_999_999),
  duplicateOf: fc.maxSafeNat(),
  truncated: fc.boolean(),
  passage: fc.constantFrom(null, ...PASSAGES),
  transport: fc.constantFrom('udp' as const, 'tcp' as const, 'wss' as const),
  frames: fc.oneof(fc.constant(null), fc.array(fc.maxSafeNat(), { maxLength: 5 })),
});
const texts = fc.oneof(
  fc.constant(INVITE),
  fc.constant('SIP/2.0 200 OK\r\nVia: SIP/2.0/UDP a\r\n'),
  fc.constant('SIP/2.0 200 OK\r\nl: 99999999999999\r\n\r\n'),
  fc.nat(200).map((count) => `ACK sip:a SIP/2.0\r\n${'X: y\r\n'.repeat(count)}\r\n`),
);

test('several messages in a row', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(texts, numbers, fc.nat(2), fc.nat(2), fc.nat(50)), { maxLength: 4 }),
      (all) => {
        const words = new Int32Array(10_000);
        let at = 0;
        const written = all.map(([text, fields, src, dst, gap]) => {
          const m = messageOf(text, fields, gap);
          const before = at;
          m.src = ENDPOINTS[src];
          m.dst = ENDPOINTS[dst];
          at = writeMessage(words, at, m, -gap, src, dst, m.passage ? PASSAGES.indexOf(m.passage) : 0);
          expect(at - before).toBeLessThanOrEqual(wordsOf(m));
          expect(endOfMessage(words, before)).toBe(at);
          return messageFields(m, gap);
        });
        const m = new SipMessage();
        let from = 0;
        const read = all.map(([text]) => {
          m.data = Buffer.from(text);
          from = readMessage(words, from, m, ENDPOINTS, PASSAGES);
          return messageFields(m, 0);
        });
        expect(read).toEqual(written);
        expect(from).toBe(at);
      },
    ),
    { numRuns: 200 },
  );
});

/** The message scanned with `gap` octets before it. */
function messageOf(text: string, fields: Partial<Payload>, gap: number): SipMessage {
  const payload = Object.assign(new Payload(), fields);
  payload.data = Buffer.from('.'.repeat(gap) + text);
  payload.start = gap;
  payload.end = payload.data.length;
  const m = new SipMessage();
  expect(m.read(payload)).toBe(true);
  return m;
}

/** All fields, offsets counted from `from` on; of the table what counts. */
function messageFields(m: SipMessage, from: number): unknown {
  const { data, table, ...rest } = m;
  const offsets = Object.entries(rest).map(([name, value]) => {
    const isOffset = /^(start|end|limit)$|(Start|End)$/.test(name);
    return [name, isOffset && (value as number) >= 0 ? (value as number) - from : value];
  });
  const rows = Array.from(table.subarray(0, m.headerCount * COLUMNS), (value, i) =>
    i % COLUMNS === 0 ? value : value - from,
  );
  return { ...Object.fromEntries(offsets), rows, text: m.bytes().toString(), body: m.body.toString() };
}
