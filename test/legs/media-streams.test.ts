// RTP and legs: which SSRC was heard where, and what that says of two legs.
import { expect, test } from 'vitest';
import { MediaStreams } from '../../src/legs/media-streams.ts';
import { endpoint } from './generator/hop.ts';
import { MODES } from './generator/mode.ts';
import { pairTraffic } from './generator/pair-traffic.ts';
import { generate } from './generator/traffic.ts';

test('an address has the SSRCs that it sent or got in a time, with a packet of each', () => {
  const streams = new MediaStreams();
  const [a, b, c] = ['192.0.2.1', '192.0.2.2', '192.0.2.3'].map((ip) => endpoint(ip, 4000));
  const packet = (frame: number, seconds: number, src = a!, dst = b!, ssrc = 7) => {
    streams.packet({
      frame,
      seconds,
      nanoseconds: 0,
      src,
      dst,
      payloadType: 0,
      sequence: 0,
      timestamp: 0,
      ssrc,
    });
  };
  expect(streams.silent).toBe(true);
  packet(1, 10);
  packet(2, 10, b, a, 8);
  packet(3, 15);
  packet(4, 60, c, a, 9);
  const at = (from: number, to: number, ...addresses: string[]) => [...streams.at(addresses, from, to)];
  expect({
    during: at(12, 13, '192.0.2.1:4000'),
    before: at(0, 9, '192.0.2.1:4000'),
    whole: at(0, 99, '192.0.2.1:4000'),
    far: at(0, 99, '192.0.2.3:4000', '192.0.2.9:4000'),
  }).toEqual({
    during: [[7, 1]],
    before: [],
    whole: [
      [7, 1],
      [8, 2],
      [9, 4],
    ],
    far: [[9, 4]],
  });
});

test.each([
  ['media relayed, hidden', 'ssrc'],
  ['media transcoded', ''],
  ['media played', ''],
])('%s: what media say of the pairs', (name, said) => {
  const mode = { ...MODES.find((one) => one.name === name)!, kinds: ['answered'] as const, missing: 0 };
  const { pairs } = pairTraffic(generate(mode, 5, 30));
  const names = pairs.map(({ signals, contradictions }) =>
    [...signals, ...contradictions]
      .map((one) => one.name)
      .filter((one) => one.startsWith('ssrc'))
      .join(' '),
  );
  expect(names).toEqual(Array.from({ length: 30 }, () => said));
});

test('where a box is known to relay media, another SSRC is another call', () => {
  const mode = MODES.find((one) => one.name === 'media relayed, same parties')!;
  const { pairs } = pairTraffic(generate(mode, 3, 300));
  const apart = pairs.filter(({ contradictions }) =>
    contradictions.some((one) => one.name === 'ssrc-differs'),
  );
  expect(apart.filter(({ bucket }) => bucket === 'certain' || bucket === 'high')).toEqual([]);
  expect(apart.length).toBeGreaterThan(0);
});
