// However the segments of a connection are cut, ordered, repeated and overlapped, the messages and their packets are the same.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Segment } from '../network/tcp-wire.ts';
import { type Framed, INVITE, OK, SDP, sip, sipWire } from './framing-wire.ts';

const body = fc.oneof(
  fc.constant(''),
  fc.constant(SDP),
  fc.constant('x\r\n'.repeat(1200)),
  fc.string({ unit: fc.constantFrom('a', '\r', '\n', ' ', ':', 'SIP/2.0', 'ACK sip:x HTTP/1.0') }),
);
const message = fc
  .record({
    line: fc.constantFrom(INVITE, OK, 'ACK sip:a SIP/2.0', 'sip/2.0 100 Trying'),
    body,
    field: fc.nat(4),
    crlf: fc.nat(2),
  })
  .map(({ line, body, field, crlf }) => ({
    lead: '\r\n'.repeat(crlf * 2),
    text: sip(line, body, FIELDS[field]!(body.length)),
  }));
const FIELDS = [
  (n: number) => `Content-Length: ${n}`,
  (n: number) => `l:${n}`,
  (n: number) => `CONTENT-length \t:  ${n}  `,
  (n: number) => `Content-Length:\r\n  ${n}`,
  (n: number) => `L\t:\r\n ${n}\r\nSubject: x`,
];

/** One direction: octets, and segments `[start, end)` of them in the order in which they are sent. */
const direction = fc.array(message, { minLength: 1, maxLength: 5, size: 'max' }).chain((messages) => {
  const octets = messages.map(({ lead, text }) => lead + text).join('');
  const size = octets.length;
  return fc.record({
    messages: fc.constant(messages),
    octets: fc.constant(octets),
    isn: fc.oneof(
      fc.constant(0xffff_ffff),
      fc.integer({ min: 0, max: 600 }).map((back) => 0xffff_ffff - back),
      fc.nat(0xffff_ffff),
    ),
    cuts: fc.array(fc.nat(size), { maxLength: 12, size: 'max' }),
    extra: fc.array(fc.tuple(fc.nat(size), fc.nat(2000), fc.nat(1000)), { maxLength: 6, size: 'max' }),
    order: fc.array(fc.nat(1000), { minLength: 32, maxLength: 32 }),
  });
});

test('segmentation, order, duplication and overlap do not matter', () => {
  fc.assert(
    fc.property(
      direction,
      direction,
      fc.array(fc.boolean(), { minLength: 64, maxLength: 64 }),
      fc.boolean(),
      (up, down, turns, ipv6) => {
        const version = ipv6 ? 6 : 4;
        const { wire, framed } = sipWire();
        wire.send(
          { seq: up.isn, flags: 'S', version },
          { seq: down.isn, ack: up.isn + 1, flags: 'S', from: 2, to: 1, version },
        );
        const queues = [shuffled(up), shuffled(down)];
        const covered = [new Map<number, number>(), new Map<number, number>()];
        let frame = 2;
        for (let turn = 0; queues[0]!.length + queues[1]!.length > 0; turn++) {
          const wanted = turns[turn % 64] ? 0 : 1;
          const which = queues[wanted]!.length > 0 ? wanted : 1 - wanted;
          const [start, end] = queues[which]!.shift()!;
          frame++;
          for (let at = start; at < end; at++) if (!covered[which]!.has(at)) covered[which]!.set(at, frame);
          const from = which === 0 ? up : down;
          const segment: Segment = {
            seq: from.isn + 1 + start,
            data: from.octets.slice(start, end),
            version,
          };
          wire.send(which === 0 ? segment : { ...segment, from: 2, to: 1 });
        }
        wire.end();
        const sources =
          version === 4 ? ['192.0.2.1:5060', '192.0.2.2:5060'] : ['[::c000:201]:5060', '[::c000:202]:5060'];
        for (const [which, side] of [up, down].entries()) {
          expect(framed.filter(({ src }) => src === sources[which])).toEqual(
            expected(side, covered[which]!, sources[which]!),
          );
        }
        expect(wire.ledger.settled).toBe(wire.ledger.read);
        expect(wire.codes).toEqual([]);
        for (const { frames } of framed) for (const each of frames) expect(wire.outcomes[each]).toBe('sip');
      },
    ),
    { numRuns: 400 },
  );
});

type Direction = typeof direction extends fc.Arbitrary<infer T> ? T : never;

/** The segments between the cuts and the extra ones, reordered within a window. */
function shuffled({ octets, cuts, extra, order }: Direction): [number, number][] {
  const bounds = [...new Set([0, ...cuts, octets.length])].sort((a, b) => a - b);
  const parts: { range: [number, number]; rank: number }[] = [];
  for (let index = 0; index + 1 < bounds.length; index++) {
    parts.push({ range: [bounds[index]!, bounds[index + 1]!], rank: index * 250 + order[index % 32]! });
  }
  for (const [start, length, rank] of extra) {
    const end = Math.min(octets.length, start + length);
    if (end > start) parts.push({ range: [start, end], rank: rank * 4 });
  }
  return parts.sort((a, b) => a.rank - b.rank).map(({ range }) => range);
}

/** The messages, each with the packets in which one of its octets was seen first. */
function expected({ messages }: Direction, covered: Map<number, number>, src: string): Framed[] {
  let at = 0;
  return messages.map(({ lead, text }) => {
    at += lead.length;
    const frames = new Set<number>();
    for (let octet = 0; octet < text.length; octet++) frames.add(covered.get(at++)!);
    return { text, frames: [...frames].sort((a, b) => a - b), src };
  });
}
