import { expect, test } from 'vitest';
import { OUTCOME } from '../../src/network/outcome.ts';
import type { OpenStream } from '../../src/network/tcp/tcp-consumer.ts';
import type { TcpLimits } from '../../src/network/tcp/tcp-options.ts';
import { TcpWire } from './tcp-wire.ts';

const START = 'OPTIONS sip:a SIP/2.0\r\n';
const SYN = { seq: 999, flags: 'S' };
const B = { from: 2, to: 1 };

/** A wire whose consumers write down what they are given: octets, `<n>` for a gap, `.` for the end. */
function recorded(limits: Partial<TcpLimits> = {}): {
  wire: TcpWire;
  streams: { name: string; text: string }[];
} {
  const streams: { name: string; text: string }[] = [];
  const open =
    (wire: TcpWire): OpenStream =>
    ({ src, dst, conversation }, carrier) => {
      // There are no secrets of it.
      if (carrier === 'tls') return null;
      const stream = { name: `${src.text} ${dst.text}`, text: '' };
      streams.push(stream);
      conversation.sip = true;
      return {
        data(payload, more) {
          stream.text += payload.data.toString('latin1', payload.start, payload.end);
          if (!more)
            for (const frame of payload.frames ?? [payload.frame]) wire.ledger.settle(frame, OUTCOME.sip);
          return true;
        },
        gap(octets) {
          stream.text += `<${octets}>`;
        },
        end() {
          stream.text += '.';
        },
      };
    };
  return { wire: new TcpWire(open, limits), streams };
}

/** Sends START as octets 1000 to 1022 and then what the test is about; the text of the first stream. */
function after(
  limits: Partial<TcpLimits>,
  ...segments: Parameters<TcpWire['send']>
): [string, string[], string[]] {
  const { wire, streams } = recorded(limits);
  wire.send(SYN, { seq: 1000, data: START }, ...segments).end();
  expect(wire.ledger.settled).toBe(wire.ledger.read);
  return [streams[0]!.text.slice(START.length), wire.fates.slice(2) as string[], wire.codes];
}

test('octets come in order', () => {
  expect(after({}, { seq: 1023, data: 'ab' }, { seq: 1027, data: 'ef' }, { seq: 1025, data: 'cd' })).toEqual([
    'abcdef.',
    ['sip', 'sip', 'sip'],
    [],
  ]);
});

test('sequence numbers wrap', () => {
  const { wire, streams } = recorded();
  wire
    .send({ seq: 0xffff_fffe, flags: 'S' }, { seq: 22, data: 'z' }, { seq: 0xffff_ffff, data: START })
    .end();
  expect(streams).toEqual([{ name: '192.0.2.1:5060 192.0.2.2:5060', text: `${START}z.` }]);
});

test('retransmissions, whole and in part; the first octets win', () => {
  expect(
    after(
      {},
      { seq: 1000, data: START },
      { seq: 1023, data: 'abcd' },
      { seq: 1025, data: 'CDef' },
      { seq: 1031, data: 'ij' },
      { seq: 1029, data: 'ghIJkl' },
      { seq: 1023, data: 'abcx' },
    ),
  ).toEqual([
    'abcdefghijkl.',
    ['tcp-retransmission', 'sip', 'sip', 'sip', 'sip', 'tcp-retransmission'],
    ['tcp/overlap-differs', 'tcp/overlap-differs', 'tcp/overlap-differs'],
  ]);
});

test('a duplicate made by the capture is not a retransmission', () => {
  const twice = { seq: 1023, data: 'ab', id: 77 };
  const later = { seq: 1030, data: 'xy', id: 78 };
  expect(after({}, twice, twice, { ...twice, id: 79 }, later, later, { seq: 1025, data: 'cdefg' })).toEqual([
    'abcdefgxy.',
    ['sip', 'sip-duplicate', 'tcp-retransmission', 'sip', 'sip-duplicate', 'sip'],
    [],
  ]);
  const unnumbered = { seq: 1023, data: 'ab', id: 0 };
  expect(after({}, unnumbered, unnumbered, { ...unnumbered, seconds: 5 })[1]).toEqual([
    'sip',
    'sip-duplicate',
    'tcp-retransmission',
  ]);
});

test('RFC 9293 §3.8.4: keep-alives of none and of one octet', () => {
  expect(
    after(
      {},
      { seq: 1022, ack: 1 },
      { seq: 1022, data: '\0' },
      { seq: 1023, ack: 1 },
      { seq: 1023, data: 'a' },
    ),
  ).toEqual(['a.', ['tcp-keepalive', 'tcp-keepalive', 'empty', 'sip'], []]);
});

test('a hole that the other side has acknowledged is a gap once more has passed', () => {
  const beyond = [0, 1, 2, 3].map((index) => ({ seq: 1030 + index, data: 'abcd'[index]! }));
  const { wire, streams } = recorded();
  wire.send(SYN, { seq: 1000, data: START }, ...beyond);
  expect(streams[0]!.text).toBe(START);
  wire.send({ ...B, seq: 5, ack: 1034 });
  expect(streams[0]!.text).toBe(`${START}<7>abcd`);
  wire.end();
  expect(wire.codes).toEqual(['tcp/gap']);
  expect(wire.fates.slice(1)).toEqual(['sip', 'sip', 'sip', 'sip', 'sip', 'empty']);
});

test('a hole is a gap after a time, shorter when nothing is seen of the other side', () => {
  const { wire, streams } = recorded();
  wire.send(SYN, { seq: 1000, data: START }, { seq: 1030, data: 'a' }).tick(2);
  expect(streams[0]!.text).toBe(START);
  wire.tick(3);
  expect(streams[0]!.text).toBe(`${START}<7>a`);
  wire.send({ seq: 1040, data: 'b', seconds: 20 }, { ...B, seq: 5, ack: 1031, seconds: 20 }).tick(29);
  expect(streams[0]!.text).toBe(`${START}<7>a`);
  wire.tick(31);
  expect(streams[0]!.text).toBe(`${START}<7>a<9>b`);
  wire.send({ seq: 1050, data: 'c', seconds: 40 }, { ...B, seq: 5, ack: 1051, seconds: 40 });
  expect(streams[0]!.text).toBe(`${START}<7>a<9>b`);
  wire.send({ ...B, seq: 5, seconds: 42 });
  expect(streams[0]!.text).toBe(`${START}<7>a<9>b<9>c`);
});

test('a hole is a gap when too much is held behind it', () => {
  expect(
    after({ heldOctets: 4 }, { seq: 1030, data: 'abc' }, { seq: 1040, data: 'de' }, { seq: 1033, data: 'f' }),
  ).toEqual(['<7>abcf<6>de.', ['sip', 'sip', 'sip'], ['tcp/gap', 'tcp/gap']]);
  const { wire, streams } = recorded({ heldInAll: 4 });
  for (const fromPort of [1, 2]) {
    wire.send(
      { ...SYN, fromPort },
      { seq: 1000, data: START, fromPort },
      { seq: 1030, data: 'abc', fromPort },
    );
  }
  expect(streams.map(({ text }) => text.slice(START.length))).toEqual(['<7>abc', '']);
  expect(wire.codes).toEqual(['tcp/held-too-much', 'tcp/gap']);
});

test('what the snap length cut off is a gap', () => {
  expect(
    after({}, { seq: 1023, data: 'ab', missing: 5 }, { seq: 1030, data: 'c' }, { seq: 1031, missing: 4 }),
  ).toEqual(['ab<5>c<4>.', ['sip', 'sip', 'truncated'], []]);
  expect(
    after(
      {},
      { seq: 1030, data: 'ab', missing: 5 },
      { seq: 1037, data: 'c' },
      { seq: 1023, data: '7 octet' },
    )[0],
  ).toBe('7 octetab<5>c.');
});

test('FIN ends one direction, RST both', () => {
  const { wire, streams } = recorded();
  wire.send(SYN, { ...B, seq: 4999, flags: 'S', ack: 1000 }, { seq: 1000, data: START, flags: 'F' });
  wire.send({ ...B, seq: 5000, data: START, ack: 1024 });
  expect(streams.map(({ text }) => text)).toEqual([`${START}.`, START]);
  wire.send({ ...B, seq: 5023, flags: 'R' });
  expect(streams.map(({ text }) => text)).toEqual([`${START}.`, `${START}.`]);
  wire.send({ seq: 1000, data: START }, { seq: 1000, data: START, id: 3 }).end();
  expect(wire.fates).toEqual([
    'empty',
    'empty',
    'sip',
    'sip',
    'empty',
    'tcp-retransmission',
    'sip-duplicate',
  ]);
});

test('a FIN before its turn ends the stream when the octets before it have come', () => {
  expect(after({}, { seq: 1025, data: 'c', flags: 'F' }, { seq: 1023, data: 'ab' })[0]).toBe('abc.');
});

test('the same ports again: a new SYN, or a start line far off', () => {
  const { wire, streams } = recorded();
  wire.send(SYN, { seq: 1000, data: START }, { seq: 777, flags: 'S' }, { seq: 778, data: START });
  wire.send({ seq: 777, flags: 'S' }, { seq: 801, data: 'x' }, { seq: 0x7000_0000, data: START }).end();
  expect(streams.map(({ text }) => text)).toEqual([`${START}.`, `${START}x.`, `${START}.`]);
});

test('the same ports and the same initial sequence number again, once closed', () => {
  const { wire, streams } = recorded();
  for (let round = 0; round < 2; round++) {
    wire.send(
      SYN,
      SYN,
      { ...B, seq: 4999, flags: 'S', ack: 1000 },
      { seq: 1000, data: START, ack: 5000, flags: 'F' },
    );
    wire.send(
      { ...B, seq: 5000, data: START, flags: 'F', ack: 1024 },
      { ...B, seq: 4999, flags: 'F', ack: 1024 },
    );
  }
  wire.end();
  expect(streams.map(({ text }) => text)).toEqual(Array(4).fill(`${START}.`));
});

test('a stream of more than 2 GiB still tells a retransmission', () => {
  const { wire, streams } = recorded();
  wire.send(SYN, { seq: 1000, data: START });
  let seq = 1023;
  for (let steps = 0; steps < 40; steps++, seq += 100_000_000) wire.send({ seq, missing: 100_000_000 });
  wire.send({ seq, data: 'end' }, { seq, data: 'end' }).end();
  expect(streams[0]!.text.endsWith('>end.')).toBe(true);
  expect(wire.fates.at(-1)).toBe('tcp-retransmission');
});

test('one stray segment does not move a stream; several do', () => {
  const stray = { seq: 0x7000_0000, data: 'stray' };
  expect(after({}, stray, { seq: 1023, data: 'a' })).toEqual(['a.', ['tcp-gap', 'sip'], []]);
  expect(after({}, stray, stray, stray, { seq: 0x7000_0005, data: `x\r\n${START}` })[1]).toEqual([
    'tcp-gap',
    'tcp-gap',
    'tcp-gap',
    'sip',
  ]);
});

test('TCP Fast Open: octets with the SYN', () => {
  const { wire, streams } = recorded();
  wire.send({ seq: 999, flags: 'S', data: START }, { seq: 1023, data: 'a' }).end();
  expect(streams[0]!.text).toBe(`${START}a.`);
});

test('a stream that begins with something else is not opened', () => {
  for (const [data, fate] of [
    ['GET / HTTP/1.1\r\n\r\n', 'not-sip'],
    ['\x16\x03\x01\x02', 'tls-no-keys'],
    ['\x80\x00', 'not-sip'],
  ] as const) {
    const { wire, streams } = recorded();
    wire.send(SYN, { seq: 1000, data }, { seq: 2000, data: START }, { seq: 3000 }).end();
    expect([streams, wire.fates]).toEqual([[], ['empty', fate, fate, 'empty']]);
  }
});

test('what waits for the first octets is let go when they are not SIP', () => {
  const { wire } = recorded();
  wire.send(
    SYN,
    { seq: 1005, data: 'late' },
    { seq: 1020, data: 'later' },
    { seq: 1000, data: '\x01\x02\x03\x04\x05' },
  );
  expect(wire.fates).toEqual(['empty', 'not-sip', 'not-sip', 'not-sip']);
});

test('joined in its middle, a stream begins with a start line', () => {
  const { wire, streams } = recorded();
  wire.send({ seq: 1000, data: 'no' }, { seq: 2000, data: `y\r\n${START}` }, { seq: 2026, data: 'a' });
  wire.send({ seq: 1000, data: 'no' }, { ...B, seq: 1, data: '\r\n' }, { ...B, seq: 3, data: START }).end();
  expect(streams.map(({ text }) => text)).toEqual([`${START}a.`, `${START}.`]);
  expect(wire.fates).toEqual(['not-sip', 'sip', 'sip', 'tcp-gap', 'sip-keepalive', 'sip']);
});

test('both ends the same', () => {
  const self = { from: 1, to: 1 };
  const { wire, streams } = recorded();
  wire.send({ ...self, seq: 0, ack: 0, data: START }, { ...self, seq: 0, ack: 23, data: START });
  wire.send({ ...self, seq: 23, ack: 23, data: 'up' }, { ...self, seq: 23, ack: 25, data: 'down' }).end();
  expect(streams.map(({ text }) => text)).toEqual([`${START}up.`, `${START}down.`]);
});

test('IPv6, and fragments that share their fate', () => {
  const { wire, streams } = recorded();
  wire.send({ ...SYN, version: 6 });
  wire
    .skip(1)
    .send({ seq: 1000, data: START, version: 6, frames: [2, 3] })
    .end();
  expect(streams.map(({ name }) => name)).toEqual(['[::c000:201]:5060 [::c000:202]:5060']);
  expect(wire.outcomes.slice(1)).toEqual(['empty', 'sip', 'sip']);
});

test('flows that give way: the one idle for longest', () => {
  const { wire, streams } = recorded({ flows: 2 });
  const open = (fromPort: number) => [
    { ...SYN, fromPort },
    { seq: 1000, data: START, fromPort },
  ];
  wire.send(...open(1), ...open(2), { seq: 1023, data: 'a', fromPort: 1 }, ...open(3), {
    seq: 1024,
    data: 'b',
    fromPort: 1,
  });
  wire.end();
  expect(streams.map(({ text }) => text.slice(START.length))).toEqual(['ab.', '.', '.']);
  expect(wire.codes).toEqual(['tcp/flow-evicted']);
});

test('headers that cannot be', () => {
  const { wire } = recorded();
  wire.header(0x40).header(0xf0).header(0x50, 19).header(0x50, 19, 30).end();
  expect(wire.fates).toEqual(['malformed', 'malformed', 'malformed', 'truncated']);
});
