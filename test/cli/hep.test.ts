// SIP that agents mirrored, and SIP from tunnels: what each verb chooses by that, and what it shows of it.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { chunk, type Hep3Fields, hep3, mirrored } from '../network/hep-wire.ts';
import { ETHERTYPE_IPV4, ethernet, ipv4, type Octets, udp } from '../network/octets.ts';
import { datagram, pcap, request, sip } from './captures.ts';
import { done, scratchFolder, sipspect } from './program.ts';

const folder = scratchFolder();
const EVIL = '\x1b]0;owned\x07\x1b[2J\x9b31m\x00\r\n\x7f\u202e';

/** OPTIONS and its 200 under a Call-ID of their own. */
function talk(callId: string): [Octets, Octets] {
  const rename = (octets: Buffer): Octets =>
    Buffer.from(octets.toString().replace('call-1@10.0.0.1', callId));
  const answer = sip([
    'SIP/2.0 200 OK',
    'Via: SIP/2.0/UDP 10.0.0.1;branch=z9hG4bK1',
    'From: <sip:alice@example.com>;tag=a',
    'To: <sip:bob@example.com>;tag=b',
    'Call-ID: call-1@10.0.0.1',
    'CSeq: 1 OPTIONS',
  ]);
  return [rename(request('OPTIONS')), rename(answer)];
}

/** Both messages, each in HEP; what differs between them in `second`. */
function told(callId: string, fields: Hep3Fields, second: Hep3Fields = {}): Buffer[] {
  const correlationId = Buffer.from(`x-${callId}`);
  return talk(callId).map((payload, index) =>
    mirrored(hep3({ correlationId, ...fields, ...(index === 1 && second), payload })),
  );
}

function tunneled(octets: Octets): Buffer {
  const inner = ipv4(17, udp(octets), { src: '10.0.0.1', dst: '10.0.0.2' });
  return ethernet(ETHERTYPE_IPV4, ipv4(4, inner, { src: '192.0.2.8', dst: '192.0.2.9' }));
}

const capture = join(folder, 'mirrored.pcap');
writeFileSync(
  capture,
  pcap([
    ...told('one', { node: Buffer.from('sbc-1') }),
    ...told('two', { agent: 7 }, { agent: 2001, correlationId: Buffer.from('other') }),
    ...talk('three').map((octets) => tunneled(octets)),
    ...talk('four').map((octets) => datagram(octets as Buffer)),
  ]),
);

const hostile = join(folder, 'hostile.pcap');
writeFileSync(
  hostile,
  pcap([
    ...told('one', { node: Buffer.from(EVIL), correlationId: Buffer.from(EVIL) }),
    ...told('two', { node: Buffer.alloc(60_000, EVIL) }),
  ]),
);

async function json(...args: string[]): Promise<Record<string, unknown>[]> {
  const run = await sipspect(args);
  expect({ stderr: run.stderr, status: run.status }).toEqual({ stderr: '', status: 0 });
  return run.stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}

const CHOICES: readonly (readonly [filter: string, calls: readonly string[], frames: readonly number[]])[] = [
  ['hep', ['one', 'two'], [1, 2, 3, 4]],
  ['packet.agent == 7', ['two'], [3]],
  ['packet.agent == 2001', ['one', 'two'], [1, 2, 4]],
  ['hep3.correlation_id == "other"', ['two'], [4]],
  ['hep3.group_id == "sbc-1"', ['one'], [1, 2]],
  ['packet.tunnel contains "ipip"', ['three'], [5, 6]],
  ['!packet.tunnel', ['four'], [7, 8]],
];

test.concurrent.for(CHOICES)('%s', async ([filter, calls, frames]) => {
  for (const reading of ['--parallel', '--no-parallel']) {
    const options = ['--json', reading, '--filter', filter, capture];
    const chosen = await json('calls', ...options);
    expect(chosen.map(({ callId }) => callId).sort()).toEqual([...calls].sort());
    expect((await json('messages', ...options)).map(({ frame }) => frame)).toEqual(frames);
  }
  const packets = await json('packets', '--json', '--filter', filter, capture);
  expect(packets.map(({ frame }) => frame)).toEqual(frames);
  const drawn = await json('ladder', '--format', 'json', '--filter', filter, capture);
  expect(drawn.map(({ callId }) => callId).sort()).toEqual([...calls].sort());
});

test('show, stats, audit and extract choose by them, too', async () => {
  const filter = ['--filter', 'hep3.group_id == "sbc-1"', capture];
  const extracted = join(folder, 'extracted.pcap');
  const [show, stats, audit] = await Promise.all([
    sipspect(['show', ...filter]),
    json('stats', '--json', ...filter),
    sipspect(['audit', '--format', 'json', ...filter]),
    sipspect(['extract', '-w', extracted, ...filter]),
  ]);
  expect(show).toEqual(await sipspect(['show', '--frame', '1,2', capture]));
  expect(stats).toMatchObject([{ messages: 2 }]);
  expect(JSON.parse(audit.stdout)).toMatchObject({ coverage: { calls: 1 } });
  expect(await json('messages', '--json', extracted)).toMatchObject([{ callId: 'one' }, { callId: 'one' }]);
});

test('messages --json: the tunnels, and what the agent says', async () => {
  const records = await json('messages', '--json', capture);
  expect(records.map(({ tunnel, hep }) => ({ tunnel, hep }))).toEqual([
    ...[1, 2].map(() => ({
      tunnel: 'hep 192.0.2.1→192.0.2.9 agent 2001',
      hep: { agent: 2001, correlationId: 'x-one', node: 'sbc-1' },
    })),
    { tunnel: 'hep 192.0.2.1→192.0.2.9 agent 7', hep: { agent: 7, correlationId: 'x-two', node: '' } },
    { tunnel: 'hep 192.0.2.1→192.0.2.9 agent 2001', hep: { agent: 2001, correlationId: 'other', node: '' } },
    ...[5, 6].map(() => ({ tunnel: 'ipip 192.0.2.8→192.0.2.9', hep: null })),
    ...[7, 8].map(() => ({ tunnel: null, hep: null })),
  ]);
});

test('show: from where a message came, beside the other facts', async () => {
  const { stdout } = await sipspect(['show', capture]);
  const heads = stdout.split('\n').filter((line) => line.startsWith('packet '));
  expect(heads.map((line) => line.split('UDP  ')[1])).toEqual([
    ...[1, 2].map(() => 'call 1  [hep 192.0.2.1→192.0.2.9 agent 2001]  agent sbc-1  correlation ID x-one'),
    'call 2  [hep 192.0.2.1→192.0.2.9 agent 7]  correlation ID x-two',
    'call 2  [hep 192.0.2.1→192.0.2.9 agent 2001]  correlation ID other',
    ...[5, 6].map(() => 'call 3  [ipip 192.0.2.8→192.0.2.9]'),
    ...[7, 8].map(() => 'call 4'),
  ]);
});

test.concurrent.for([['show'], ['messages'], ['messages', '--json'], ['packets', '--json'], ['ladder']])(
  'a hostile name never acts on the terminal, and is not long: %s',
  async (args) => {
    const { stdout, stderr } = await sipspect([...args, hostile]);
    expect(stderr).toBe('');
    expect(stdout).not.toMatch(/[\0-\x09\x0b-\x1f\x7f-\x9f\u202e]/);
    expect(stdout).not.toContain('secret');
    expect(stdout.length).toBeLessThan(20_000);
  },
);

test('a filter finds what a hostile name is, as far as it is read', async () => {
  const match = (filter: string) => json('messages', '--json', '--filter', filter, hostile);
  expect(await match('hep3.group_id contains "owned" && hep3.correlation_id contains "owned"')).toHaveLength(
    2,
  );
  expect(await match('hep3.group_id matches "…$"')).toHaveLength(2);
});

test('what an agent reports otherwise is no message that it mirrored', async () => {
  const empty = join(folder, 'report.pcap');
  writeFileSync(empty, pcap([mirrored(hep3({ type: 5, after: chunk(19, Buffer.from('sbc-1')) }))]));
  expect(await sipspect(['packets', '--filter', 'hep', empty])).toEqual(done(''));
});
