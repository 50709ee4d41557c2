// `sipspect replay` on the samples: whole outputs; UPDATE_GOLDEN=1 writes test/cli/golden/replay-* anew.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { expectGolden } from './golden.ts';
import { scratchFolder, sipspect } from './program.ts';

const SIDES = 'samples/sbc-sides';
const folder = scratchFolder();

async function replay(...args: string[]): Promise<{ stdout: string; status: number | null }> {
  const { stdout, stderr, status } = await sipspect(['replay', ...args]);
  expect(stderr).toBe('');
  return { stdout, status };
}

test.concurrent('boxes that do as predicted', async () => {
  const lines: Record<string, (string | number | null | undefined)[]> = {};
  for (const [name, policy] of [
    ['rewriting', 'rewriting'],
    ['passthrough', 'passthrough'],
    ['registered', 'passthrough'],
  ] as const) {
    const { stdout, status } = await replay('--policy', `${SIDES}/${policy}.yaml`, `${SIDES}/${name}.pcapng`);
    lines[name] = [status, stdout.split('\n')[0]];
  }
  expect(lines).toEqual({
    rewriting: [0, '1 call as predicted, 0 with differences  (8 messages predicted, 8 recorded)'],
    passthrough: [0, '1 call as predicted, 0 with differences  (8 messages predicted, 8 recorded)'],
    registered: [0, '2 calls as predicted, 0 with differences  (10 messages predicted, 10 recorded)'],
  });
});

test.concurrent('a box that lets an offer of IM and audio through: the rule, the messages, both ladders', async () => {
  const { stdout, status } = await replay(
    ...['--policy', `${SIDES}/rewriting.yaml`, '--ladder', '--width', '150', `${SIDES}/mixed.pcapng`],
  );
  expect(status).toBe(1);
  await expectGolden('replay-mixed.txt', stdout);
});

test.concurrent('as one JSON object a call', async () => {
  const { stdout, status } = await replay(
    ...['--policy', `${SIDES}/rewriting.yaml`, '--json', `${SIDES}/mixed.pcapng`],
  );
  expect(status).toBe(1);
  await expectGolden('replay-mixed.json.txt', `${JSON.stringify(JSON.parse(stdout), null, 2)}\n`);
});

test.concurrent('what if passthrough had been on: two predictions', async () => {
  const { stdout, status } = await replay('--what-if', 'passthrough=on', `${SIDES}/rewriting.pcapng`);
  expect(status).toBe(0);
  await expectGolden('replay-what-if.txt', stdout);
});

test.concurrent('what if another policy, and one that changes nothing', async () => {
  const other = await replay(
    ...['--policy', `${SIDES}/passthrough.yaml`, '--what-if-policy', `${SIDES}/rewriting.yaml`],
    `${SIDES}/passthrough.pcapng`,
  );
  expect(other.stdout.split('\n')[0]).toBe('0 calls the same, 1 with differences  (8 messages then, 8 now)');
  const same = await replay('--what-if', 'record-route-order=rfc3261', `${SIDES}/passthrough.pcapng`);
  expect(same).toEqual({
    stdout:
      '1 call the same, 0 with differences  (8 messages then, 8 now)\n\n' +
      'No policy given: learnt from the traffic (sipspect policy infer prints it): ' +
      'callers at 127.0.0.20:5060, callees at 127.0.0.30:5060.\n',
    status: 0,
  });
});

test.concurrent('a call without an SBC drives the core, one of its ends being the SBC', async () => {
  const { stdout, status } = await replay(
    ...['--as', 'outside=127.0.0.40', '--ladder', '--width', '140', 'samples/plain-call/call.pcap'],
  );
  expect(status).toBe(0);
  await expectGolden('replay-as.txt', stdout);
});

test.concurrent('exit codes follow --fail-on', async () => {
  const codes = await Promise.all(
    ['error', 'warning', 'info', 'never'].map(async (failOn) => {
      const args = ['--fail-on', failOn, '--policy', `${SIDES}/passthrough.yaml`];
      return (await replay(...args, `${SIDES}/passthrough.pcapng`)).status;
    }),
  );
  // What it has are differences that do not matter.
  expect(codes).toEqual([0, 0, 1, 0]);
});

test.concurrent('what is written opens in Wireshark: what came in, and what was predicted', async () => {
  const path = join(folder, 'predicted.pcapng');
  await replay('--policy', `${SIDES}/rewriting.yaml`, '-w', path, `${SIDES}/rewriting.pcapng`);
  const { stdout } = await sipspect(['messages', '--json', path]);
  const messages = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(messages.map((one) => `${one.src} ${one.method || one.status} ${one.dst}`)).toEqual([
    '127.0.0.10:5060 INVITE 127.0.0.20:5060',
    '127.0.0.20:5060 100 127.0.0.10:5060',
    '127.0.0.30:5060 INVITE 127.0.0.40:5060',
    '127.0.0.40:5060 100 127.0.0.30:5060',
    '127.0.0.40:5060 200 127.0.0.30:5060',
    '127.0.0.20:5060 200 127.0.0.10:5060',
    '127.0.0.10:5060 ACK 127.0.0.20:5060',
    '127.0.0.30:5060 ACK 127.0.0.40:5060',
    '127.0.0.10:5060 MESSAGE 127.0.0.20:5060',
    '127.0.0.30:5060 MESSAGE 127.0.0.40:5060',
    '127.0.0.40:5060 200 127.0.0.30:5060',
    '127.0.0.20:5060 200 127.0.0.10:5060',
    '127.0.0.10:5060 BYE 127.0.0.20:5060',
    '127.0.0.30:5060 BYE 127.0.0.40:5060',
    '127.0.0.40:5060 200 127.0.0.30:5060',
    '127.0.0.20:5060 200 127.0.0.10:5060',
  ]);
  const tshark = spawnSync(
    'tshark',
    [
      ...['-n', '-r', path, '-o', 'ip.check_checksum:TRUE', '-o', 'udp.check_checksum:TRUE', '-T', 'fields'],
      ...['-e', 'frame.interface_name', '-e', 'ip.checksum.status', '-e', 'udp.checksum.status'],
      ...['-e', 'sip.Method', '-e', 'frame.comment'],
    ],
    { encoding: 'utf8' },
  );
  if (tshark.error !== undefined) return console.warn('skipped in part: no tshark');
  expect(tshark.stdout.split('\n').slice(0, 3)).toEqual([
    'received\t1\t1\tINVITE\tpacket 1',
    'predicted\t1\t1\t\tpredicted because of packet 1',
    'predicted\t1\t1\tINVITE\tpredicted because of packet 1',
  ]);
});

test.concurrent('what cannot be done is said in one line', async () => {
  const lines = await Promise.all(
    [
      ['samples/plain-call/call.pcap'],
      ['--as', 'nowhere', 'samples/plain-call/call.pcap'],
      ['--as', 'inside=192.0.2.77', 'samples/plain-call/call.pcap'],
      ['--as', 'x=127.0.0.20', '--policy', `${SIDES}/rewriting.yaml`, `${SIDES}/rewriting.pcapng`],
      ['--what-if', 'privacy', `${SIDES}/rewriting.pcapng`],
      ['--what-if', 'adjacencies.nobody.trusted=true', `${SIDES}/rewriting.pcapng`],
      ['--what-if', 'passthrough=perhaps', `${SIDES}/rewriting.pcapng`],
    ].map(async (args) => {
      const { stdout, stderr, status } = await sipspect(['replay', ...args]);
      return [status, stdout, stderr];
    }),
  );
  expect(lines).toEqual([
    [
      2,
      '',
      'sipspect: no SBC with two sides was seen: say which it is with --policy or --as adjacency=address\n',
    ],
    [2, '', 'sipspect: --as takes adjacency=address[:port] such as inside=192.0.2.1, not "nowhere"\n'],
    [
      2,
      '',
      'sipspect: no message reached the SBC or left it: its addresses are inside at 192.0.2.77:5060, far side at 192.0.2.2:5060\n',
    ],
    [2, '', 'sipspect: --as: the policy has no adjacency x\n'],
    [2, '', 'sipspect: --what-if takes key=value such as privacy=always, not "privacy"\n'],
    [2, '', 'sipspect: --what-if adjacencies.nobody.trusted: nothing is called nobody there\n'],
    [
      2,
      '',
      expect.stringMatching(
        /^sipspect: the policy with passthrough=perhaps:\d+:\d+: expected true, false or unknown, not perhaps/,
      ),
    ],
  ]);
});
