// SIP over SCTP through the whole program: what the verbs make of one capture.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { done, scratchFolder, sipspect } from './program.ts';
import { sctpCapture } from './sctp-capture.ts';

const folder = scratchFolder();
const path = join(folder, 'sctp.pcap');

beforeAll(() => writeFileSync(path, sctpCapture()));

/** The records of a run with --json. */
async function records(...args: string[]): Promise<Record<string, unknown>[]> {
  const { stdout } = await sipspect([...args, '--json', path]);
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}

test('packets', async () => {
  expect(await sipspect(['packets', path])).toEqual(
    done(
      [
        '     1  2023-11-14 22:13:20.000000  10.0.0.1:5060 → 10.0.0.2:5060                sctp      378  sip',
        '     2  2023-11-14 22:13:20.100000  10.0.0.1:5060 → 10.0.0.2:5060                sctp      186  sip',
        '     3  2023-11-14 22:13:20.200000  10.0.0.1:5060 → 10.0.0.2:5060                sctp      362  sip',
        '     4  2023-11-14 22:13:20.300000  10.0.0.1:5060 → 10.0.0.2:5060                sctp      362  tcp-retransmission',
        '     5  2023-11-14 22:13:20.400000  10.0.0.2:5060 → 10.0.0.1:5060                sctp      590  sip',
        '     6  2023-11-14 22:13:20.500000  10.0.0.1:5060 → 10.0.0.2:5060                sctp       58  sctp',
        '     7  2023-11-14 22:13:20.600000  10.0.0.2:5060 → 10.0.0.1:5060                sctp      438  sip',
        '     8  2023-11-14 22:13:20.700000  10.0.0.2:5060 → 10.0.0.1:5060                sctp       66  sip',
        '     9  2023-11-14 22:13:20.800000  10.0.0.1:5060 → 10.0.1.2:5060                sctp      322  sip',
        '    10  2023-11-14 22:13:20.900000  10.0.0.1:5060 → 10.0.0.2:5060                sctp      306  sip',
        '    11  2023-11-14 22:13:21.000000  10.0.0.1:5060 → 10.0.0.2:5060                sctp      306  sip-duplicate',
        '    12  2023-11-14 22:13:21.100000  10.0.0.1:5060 → 10.0.0.2:5060                sctp       78  not-sip',
        '    13  2023-11-14 22:13:21.200000  10.0.0.1:5070 → 10.0.0.2:5060                sctp      466  sip',
        '    14  2023-11-14 22:13:21.300000  10.0.0.1:5070 → 10.0.0.2:5060                sctp      722  sip',
        '    15  2023-11-14 22:13:21.400000  10.0.0.1:5070 → 10.0.0.2:5060                sctp      362  sip',
        '    16  2023-11-14 22:13:21.500000  [2001:db8::1]:5060 → [2001:db8::2]:5060      sctp      330  sip',
        '    17  2023-11-14 22:13:21.600000  10.0.0.1:5060 → 10.0.0.2:5060                sctp      318  sip',
        '',
      ].join('\n'),
    ),
  );
});

test('messages', async () => {
  expect(await sipspect(['messages', path])).toEqual(
    done(
      [
        '     1  2023-11-14 22:13:20.200000  10.0.0.1:5060 → 10.0.0.2:5060  SCTP  INVITE sip:bob@10.0.0.2;transport=sctp (1 INVITE)  call@10.0.0.1',
        '     5  2023-11-14 22:13:20.400000  10.0.0.2:5060 → 10.0.0.1:5060  SCTP  100 Trying (1 INVITE)  call@10.0.0.1',
        '     5  2023-11-14 22:13:20.400000  10.0.0.2:5060 → 10.0.0.1:5060  SCTP  180 Ringing (1 INVITE)  call@10.0.0.1',
        '     7  2023-11-14 22:13:20.700000  10.0.0.2:5060 → 10.0.0.1:5060  SCTP  200 OK (1 INVITE)  call@10.0.0.1',
        '     9  2023-11-14 22:13:20.800000  10.0.0.1:5060 → 10.0.1.2:5060  SCTP  ACK sip:bob@10.0.0.2;transport=sctp (1 ACK)  call@10.0.0.1',
        '    10  2023-11-14 22:13:20.900000  10.0.0.1:5060 → 10.0.0.2:5060  SCTP  BYE sip:bob@10.0.0.2;transport=sctp (2 BYE)  call@10.0.0.1',
        '    11  2023-11-14 22:13:21.000000  10.0.0.1:5060 → 10.0.0.2:5060  SCTP  BYE sip:bob@10.0.0.2;transport=sctp (2 BYE) [duplicate of 10]  call@10.0.0.1',
        '    13  2023-11-14 22:13:21.300000  10.0.0.1:5070 → 10.0.0.2:5060  SCTP  MESSAGE sip:bob@10.0.0.2;transport=sctp (1 MESSAGE)  one@10.0.0.1',
        '    14  2023-11-14 22:13:21.400000  10.0.0.1:5070 → 10.0.0.2:5060  SCTP  MESSAGE sip:bob@10.0.0.2;transport=sctp (1 MESSAGE)  two@10.0.0.1',
        '    16  2023-11-14 22:13:21.500000  [2001:db8::1]:5060 → [2001:db8::2]:5060  SCTP  OPTIONS sip:bob@10.0.0.2;transport=sctp (1 OPTIONS)  six@10.0.0.1',
        '    17  2023-11-14 22:13:21.600000  10.0.0.1:5060 → 10.0.0.2:5060  SCTP  OPTIONS sip:bob@10.0.0.2;transport=sctp (1 OPTIONS)  udp@10.0.0.1',
        '',
      ].join('\n'),
    ),
  );
});

test('calls have the frames of all fragments', async () => {
  const calls = await records('calls');
  expect(calls.map(({ callId, transport, state, frames }) => ({ callId, transport, state, frames }))).toEqual(
    [
      {
        callId: 'call@10.0.0.1',
        transport: 'sctp',
        state: 'completed',
        frames: [1, 2, 3, 5, 7, 8, 9, 10, 11],
      },
      { callId: 'one@10.0.0.1', transport: 'sctp', state: 'pending', frames: [13, 14] },
      { callId: 'two@10.0.0.1', transport: 'sctp', state: 'pending', frames: [14, 15] },
      { callId: 'six@10.0.0.1', transport: 'sctp', state: 'pending', frames: [16] },
      { callId: 'udp@10.0.0.1', transport: 'sctp', state: 'pending', frames: [17] },
    ],
  );
});

test('ladder', async () => {
  const { stdout } = await sipspect(['ladder', '--index', '1', path]);
  expect(stdout.trimEnd()).toBe(
    [
      '1  call  completed  800 ms  7 messages (1 seen twice)',
      '   2023-11-14 22:13:20.200000 UTC',
      '   sip:alice@example.com → sip:bob@example.com',
      '   Call-ID call@10.0.0.1',
      '',
      '          10.0.1.2       10.0.0.1                                       10.0.0.2',
      '         user-agent     user-agent                                    user-agent',
      ' 1  0.000000  │              │─── INVITE (1)  SDP audio 10.0.0.1:4000 PCMU ───>│',
      ' 5  0.200000  │              │<──────────── 100 Trying (1 INVITE) ─────────────│',
      ' 5  0.200000  │              │<──────── 180 Ringing (1 INVITE) +200 ms ────────│',
      ' 7  0.500000  │              │<────────── 200 OK (1 INVITE) +500 ms ───────────│',
      '              │              │ SDP audio 10.0.0.1:4000 PCMU                    │',
      ' 9  0.600000  │<── ACK (1) ──│                                                 │',
      '10  0.700000  │              │─────────────────── BYE (2) ────────────────────>│',
      '              ══ completed: BYE by the caller',
    ].join('\n'),
  );
});

test('stats: each packet once', async () => {
  const { stdout } = await sipspect(['stats', path]);
  expect(stdout.split('\n\n')[0]).toBe(
    [
      'Packets: 17',
      'Outcome             Count',
      'sip                    13',
      'sip-duplicate           1',
      'not-sip                 1',
      'tcp-retransmission      1',
      'sctp                    1',
    ].join('\n'),
  );
});

test('filters', async () => {
  const frames = async (verb: string, filter: string): Promise<unknown[]> =>
    (await records(verb, '--filter', filter)).map(({ frame }) => frame);
  expect(await frames('packets', 'sctp.srcport == 5070')).toEqual([13, 14, 15]);
  expect(await frames('packets', 'sctp && !sip')).toEqual([4, 6, 12]);
  expect(await frames('packets', 'udp || tcp')).toEqual([]);
  expect(await frames('messages', 'sctp.port == 5070 && sctp.dstport == 5060 && sctp')).toEqual([13, 14]);
});

test('extract takes the fragments of a call, and nothing else', async () => {
  const to = join(folder, 'call.pcap');
  expect(await sipspect(['extract', '-w', to, '--index', '1', path])).toEqual({
    stdout: '',
    stderr: `sipspect: wrote 9 packets of 1 call to ${to}\n`,
    status: 0,
  });
  const messages = (await sipspect(['messages', '--json', to])).stdout.trimEnd().split('\n');
  expect(messages.map((line) => JSON.parse(line).frames)).toEqual([
    [1, 2, 3],
    [4],
    [4],
    [5, 6],
    [7],
    [8],
    [9],
  ]);
});
