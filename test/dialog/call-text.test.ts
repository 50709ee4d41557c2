// The texts of a call are those of its messages, however long they are and whatever octets they have.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { callRecord } from '../../src/dialog/record/call-record.ts';
import { writeCallRecord } from '../../src/dialog/record/call-record-writer.ts';
import { spellOut } from '../../src/dialog/record/json-text.ts';
import { Payload } from '../../src/network/payload.ts';
import { parseMessage } from '../../src/sip/parse.ts';
import { endpoint, playMessages } from './scenario.ts';

// UTF-8 and what is none; what JSON escapes; what would act on a terminal.
const octet = fc.constantFrom('61', '37', '2d', '22', '5c', '7f', 'c3a9', 'e6bca2', 'e280ae', 'a0', 'ff');
const octets = fc
  .tuple(fc.array(octet, { minLength: 1, maxLength: 20 }), fc.constantFrom(1, 1, 8, 40))
  .map(([list, times]) => Buffer.from(list.join('').repeat(times), 'hex'));

test('short and long, plain and not, of a call whose request comes second', () => {
  fc.assert(
    fc.property(octets, octets, octets, (id, alice, bob) => {
      const message = (start: string, from: Buffer, frame: number) => {
        const payload = new Payload();
        payload.data = Buffer.concat([
          Buffer.from(`${start}\r\nVia: SIP/2.0/UDP a;branch=z9hG4bK1\r\nCSeq: 1 OPTIONS\r\nFrom: <x:`),
          ...[from, Buffer.from('>;tag=a\r\nTo: <x:'), bob, Buffer.from('>\r\nCall-ID: '), id],
          Buffer.from('\r\n\r\n'),
        ]);
        payload.end = payload.data.length;
        payload.frame = frame;
        payload.src = endpoint(frame === 1 ? 'B' : 'A');
        payload.dst = endpoint(frame === 1 ? 'A' : 'B');
        return parseMessage(payload)!;
      };
      const messages = [message('SIP/2.0 200 OK', bob, 1), message('OPTIONS sip:b SIP/2.0', alice, 2)];
      const { calls } = playMessages(messages);
      const known = calls.map(({ callId, from, to }) => ({ callId, from, to }));
      expect(known).toEqual([
        { callId: messages[1].callId, from: `x:${alice.toString()}`, to: `x:${bob.toString()}` },
      ]);
      for (const call of calls)
        expect(writeCallRecord(call)).toBe(spellOut(JSON.stringify(callRecord(call))));
    }),
    { numRuns: 300 },
  );
});
