// Octets of a connection → messages: however they are cut, and never a guess.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { StreamFramer } from '../../src/inline/stream-framer.ts';
import { request } from './scene.ts';

function framed(chunks: readonly (string | Buffer)[], limits = { headerOctets: 1000, messageOctets: 2000 }) {
  const said: string[] = [];
  const framer = new StreamFramer(
    {
      message: (data, start, end) => said.push(data.toString('latin1', start, end)),
      ping: () => said.push('ping'),
      broken: (why, data, start, end) => said.push(`${why}: ${data.toString('latin1', start, end)}`),
    },
    limits,
  );
  for (const chunk of chunks) framer.push(Buffer.from(chunk));
  return { said, waiting: framer.waiting };
}

const OPTIONS = request('OPTIONS', { transport: 'TCP' });
const MESSAGE = request('MESSAGE', { transport: 'TCP', body: 'INVITE sip:a@b SIP/2.0\r\n\r\n' });

test('messages, pings and line ends before a message, in any cut', () => {
  const stream = Buffer.from(`${OPTIONS}\r\n\r\n${MESSAGE}\r\n${MESSAGE}${OPTIONS}`);
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat(stream.length), { maxLength: 12 }), (cuts) => {
      const places = [0, ...cuts.sort((a, b) => a - b), stream.length];
      const chunks = places.slice(1).map((to, index) => stream.subarray(places[index], to));
      expect(framed(chunks)).toEqual({ said: [OPTIONS, 'ping', MESSAGE, MESSAGE, OPTIONS], waiting: 0 });
    }),
    { numRuns: 200 },
  );
});

test('octet by octet', () => {
  const stream = `${MESSAGE}\r\n\r\n${OPTIONS}`;
  expect(framed([...stream])).toEqual({ said: [MESSAGE, 'ping', OPTIONS], waiting: 0 });
});

test('compact and folded lengths count; a body may quote anything', () => {
  const compact = MESSAGE.replace('Content-Length', 'l');
  const folded = MESSAGE.replace('Content-Length: ', 'Content-Length:\r\n ');
  expect(framed([compact, folded]).said).toEqual([compact, folded]);
});

test('a message waits for its end', () => {
  const { said, waiting } = framed([OPTIONS + MESSAGE.slice(0, -1)]);
  expect([said, waiting]).toEqual([[OPTIONS], MESSAGE.length - 1]);
});

test.each([
  [
    'no length',
    request('MESSAGE', { length: null }),
    `no-content-length: ${request('MESSAGE', { length: null })}`,
  ],
  [
    'a length that is none',
    request('MESSAGE', { length: 'ten' }),
    `bad-content-length: ${request('MESSAGE', { length: 'ten' })}`,
  ],
  [
    'two lengths',
    request('MESSAGE', { headers: ['l: 7'] }),
    `bad-content-length: ${request('MESSAGE', { headers: ['l: 7'] })}`,
  ],
  [
    'a body too long',
    request('MESSAGE', { length: '1900' }),
    `message-too-long: ${request('MESSAGE', { length: '1900' })}`,
  ],
  [
    'a header section too long',
    request('MESSAGE', { headers: [`X: ${'x'.repeat(900)}`] }),
    'header-too-long: ',
  ],
  ['a line without end', `INVITE sip:${'x'.repeat(1100)}`, 'header-too-long: '],
  ['another protocol', 'GET / HTTP/1.1\r\n\r\n', 'not-sip: '],
])('%s ends it', (_, octets, why) => {
  expect(framed([OPTIONS, octets, OPTIONS])).toEqual({ said: [OPTIONS, why], waiting: 0 });
});

test('any octets are messages or an end', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 60 }), { maxLength: 6 }), (chunks) => {
      const { waiting } = framed(chunks.map((chunk) => Buffer.from(chunk)));
      expect(waiting).toBeLessThanOrEqual(360);
    }),
  );
});
