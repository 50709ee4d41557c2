// `packets` and `stats` over packets of which some are settled late: the order is the capture's, the sums are right.
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { datagram, fragments, pcap, request, segments, sip } from './captures.ts';
import { done, ROOT, scratchFolder, sipspect } from './program.ts';

const folder = scratchFolder();
const noise = datagram(Buffer.from('nothing of the kind'), { sourcePort: 9, destinationPort: 9 });
const long = request('MESSAGE', [`Subject: ${'long '.repeat(100)}`]);

function file(name: string, packets: readonly Buffer[], milliseconds = 100): string {
  const path = join(folder, name);
  writeFileSync(path, pcap(packets, milliseconds));
  return path;
}

test('packets that are settled late hold back those behind them, and stand in their place', async () => {
  const [one, two, three] = fragments(long, 3);
  const stream = segments(long, 3);
  const path = file('late.pcap', [
    one!,
    noise,
    three!,
    noise,
    two!,
    ...stream.slice(0, 3),
    noise,
    stream[3]!,
  ]);
  expect(await sipspect(['packets', path])).toEqual(
    done(
      [
        '     1  2023-11-14 22:13:20.000000  10.0.0.1 → 10.0.0.2                          udp       290  sip',
        '     2  2023-11-14 22:13:20.100000  10.0.0.1:9 → 10.0.0.2:9                      udp        61  not-sip',
        '     3  2023-11-14 22:13:20.200000  10.0.0.1 → 10.0.0.2                          udp       267  sip',
        '     4  2023-11-14 22:13:20.300000  10.0.0.1:9 → 10.0.0.2:9                      udp        61  not-sip',
        '     5  2023-11-14 22:13:20.400000  10.0.0.1:5060 → 10.0.0.2:5060                udp       290  sip',
        '     6  2023-11-14 22:13:20.500000  10.0.0.1:5060 → 10.0.0.2:5060                tcp        54  empty',
        '     7  2023-11-14 22:13:20.600000  10.0.0.1:5060 → 10.0.0.2:5060                tcp       300  sip',
        '     8  2023-11-14 22:13:20.700000  10.0.0.1:5060 → 10.0.0.2:5060                tcp       300  sip',
        '     9  2023-11-14 22:13:20.800000  10.0.0.1:9 → 10.0.0.2:9                      udp        61  not-sip',
        '    10  2023-11-14 22:13:20.900000  10.0.0.1:5060 → 10.0.0.2:5060                tcp       299  sip',
        '',
      ].join('\n'),
    ),
  );
});

test('fragments that never become whole come out in their place', async () => {
  const [one, , three] = fragments(long, 3);
  const path = file('never.pcap', [noise, one!, noise, three!, noise]);
  const { stdout } = await sipspect(['packets', '--json', path]);
  const outcomes = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(outcomes.map(({ frame, outcome }) => [frame, outcome])).toEqual([
    [1, 'not-sip'],
    [2, 'fragment-missing'],
    [3, 'not-sip'],
    [4, 'fragment-missing'],
    [5, 'not-sip'],
  ]);
});

test('filters of packets know what became of them, and the messages in them', async () => {
  const [one, two] = fragments(long, 2);
  const path = file('filtered.pcap', [noise, one!, datagram(request('OPTIONS')), two!]);
  const frames = async (filter: string): Promise<number[]> =>
    (await sipspect(['packets', '--json', '--filter', filter, path])).stdout
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line).frame);
  expect(await frames('packet.outcome == "not-sip"')).toEqual([1]);
  expect(await frames('sip.Method == "MESSAGE"')).toEqual([2, 4]);
  expect(await frames('sip.Method == "OPTIONS" || udp.port == 9')).toEqual([1, 3]);
});

test('the outcomes of stats sum to the packets read, over all samples', async () => {
  const samples = readdirSync(join(ROOT, 'samples'), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.pcap(ng)?(\.gz)?$/.test(name))
    .map((name) => join('samples', name));
  const { stdout } = await sipspect(['stats', '--json', ...samples]);
  const { packets, outcomes, inputs, methods, statuses, messages, transports } = JSON.parse(stdout);
  const sum = (counts: Record<string, number>): number => Object.values(counts).reduce((a, b) => a + b, 0);
  expect(sum(outcomes)).toBe(packets);
  expect(inputs.reduce((all: number, input: { packets: number }) => all + input.packets, 0)).toBe(packets);
  expect(sum(methods) + sum(statuses)).toBe(messages);
  expect(sum(transports)).toBe(messages);
});

test('percentiles are of the nearest rank', async () => {
  // Twenty OPTIONS, answered after 10, 20 … 200 ms: a packet each 10 ms, empty ones in between.
  const packets: Buffer[] = [];
  const at = (index: number, packet: Buffer): void => {
    while (packets.length < index) packets.push(noise);
    packets.push(packet);
  };
  for (let each = 1; each <= 20; each++) {
    const headers = [
      `Via: SIP/2.0/UDP 10.0.0.1;branch=z9hG4bK${each}`,
      'From: <sip:alice@example.com>;tag=a',
      'To: <sip:bob@example.com>',
      `Call-ID: ${each}@10.0.0.1`,
      'CSeq: 1 OPTIONS',
    ];
    at(
      packets.length,
      datagram(sip(['OPTIONS sip:bob@example.com SIP/2.0', 'Max-Forwards: 70', ...headers])),
    );
    at(
      packets.length - 1 + each,
      datagram(sip(['SIP/2.0 200 OK', ...headers]), { src: '10.0.0.2', dst: '10.0.0.1' }),
    );
  }
  const path = file('delays.pcap', packets, 10);
  const run = await sipspect(['stats', path]);
  expect(run.stdout.slice(run.stdout.indexOf('Delay'))).toBe(
    [
      'Delay           count    min     p50     p90     p95     p99     max',
      'response delay     20  10 ms  100 ms  180 ms  190 ms  200 ms  200 ms',
      '',
      '',
    ].join('\n'),
  );
  const { timings } = JSON.parse((await sipspect(['stats', '--json', path])).stdout);
  expect(timings.responseDelay).toEqual({
    count: 20,
    min: 10,
    p50: 100,
    p90: 180,
    p95: 190,
    p99: 200,
    max: 200,
  });
});
