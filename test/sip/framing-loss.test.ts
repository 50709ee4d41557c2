// Segments that the capture lost take the messages on them along, and no others.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { INVITE, OK, SDP, sip, sipWire } from './framing-wire.ts';

const message = fc
  .record({
    line: fc.constantFrom(INVITE, OK, 'MESSAGE sip:a SIP/2.0'),
    body: fc.constantFrom('', SDP, 'lines\r\n'.repeat(300)),
    number: fc.nat(1_000_000),
  })
  .map(({ line, body, number }) => sip(line, body, `X: ${number}\r\nContent-Length: ${body.length}`));

test('messages of which nothing is lost are framed, whatever else is', () => {
  fc.assert(
    fc.property(
      fc.array(message, { minLength: 1, maxLength: 12, size: 'max' }),
      fc.array(fc.nat(9000), { maxLength: 30, size: 'max' }),
      fc.array(fc.nat(3), { minLength: 16, maxLength: 16 }),
      fc.boolean(),
      (messages, cuts, losses, acknowledged) => {
        const octets = messages.join('');
        const bounds = [...new Set([0, ...cuts.filter((cut) => cut < octets.length), octets.length])].sort(
          (a, b) => a - b,
        );
        const lost = (index: number): boolean => index > 0 && losses[index % 16] === 0;
        const { wire, framed } = sipWire();
        wire.send({ seq: 0xffff_ff00, flags: 'S' });
        for (let index = 0; index + 1 < bounds.length; index++) {
          const [start, end] = [bounds[index]!, bounds[index + 1]!];
          if (!lost(index)) wire.send({ seq: 0xffff_ff01 + start, data: octets.slice(start, end) });
          if (acknowledged) wire.send({ from: 2, to: 1, seq: 1, ack: 0xffff_ff01 + end });
        }
        wire.end();
        let end = 0;
        const whole = messages.filter((text) => {
          const start = end;
          end += text.length;
          const cut = (bound: number, index: number) =>
            bound < end && (bounds[index + 1] ?? 0) > start && lost(index);
          return !bounds.some(cut);
        });
        expect(framed.filter(({ truncated }) => truncated !== true).map(({ text }) => text)).toEqual(whole);
        for (const { text } of framed) expect(octets).toContain(text);
        expect(wire.ledger.settled).toBe(wire.ledger.read);
      },
    ),
    { numRuns: 400 },
  );
});
