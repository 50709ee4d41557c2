// Every verb on the samples, plain and as JSON, against whole outputs.
import { expect, test } from 'vitest';
import { expectGolden } from './golden.ts';
import { sipspect } from './program.ts';

const FAILED = 'samples/failed-calls/failed-calls.pcapng';
const IM = 'samples/im-session/im-session.pcapng';
const MESSAGES = 'samples/messages/messages.pcap';
const PLAIN = 'samples/plain-call/call.pcap';
const REGISTRATION = 'samples/registration/registration.pcap';
const SUBSCRIPTION = 'samples/subscribe-notify/subscribe-notify.pcapng';
const TCP = 'samples/proxied-call/tcp.pcap.gz';
const UDP = 'samples/proxied-call/udp.pcapng';

test.concurrent.for<readonly [name: string, ...args: string[]]>([
  ['summary.txt', MESSAGES, FAILED],
  ['calls.txt', 'calls', FAILED, MESSAGES, SUBSCRIPTION],
  ['calls.ndjson', 'calls', '--json', FAILED, MESSAGES, SUBSCRIPTION],
  ['calls-colour.txt', 'calls', '--color', 'always', REGISTRATION],
  ['ladder.txt', 'ladder', UDP],
  ['ladder-collapsed.txt', 'ladder', '--index', '6', '--collapse', '--no-frames', MESSAGES],
  ['ladder-ascii.txt', 'ladder', '--ascii', '--width', '64', '--time', 'delta', '--index', '2', FAILED],
  ['ladder-hosts.txt', 'ladder', '--hosts', 'samples/proxied-call/hosts', '--time', 'absolute', TCP],
  ['ladder-colour.txt', 'ladder', '--color', 'always', '--index', '1', FAILED],
  ['ladder-merged.txt', 'ladder', IM],
  ['ladder-alone.txt', 'ladder', '--no-merge', '--index', '2', IM],
  ['ladder.svg', 'ladder', '--format', 'svg', '--time', 'absolute', UDP],
  ['ladder.html', 'ladder', '--format', 'html', '--index', '1', REGISTRATION],
  ['ladder.mmd', 'ladder', '--format', 'mermaid', '--time', 'delta', '--no-merge', IM],
  ['ladder.puml', 'ladder', '--format', 'plantuml', '--time', 'absolute', '--no-merge', IM],
  ['ladder.ndjson', 'ladder', '--json', '--index', '1-2', FAILED],
  ['show-across.txt', 'show', '--index', '1', '--across', IM],
  ['show.txt', 'show', '--index', '1', REGISTRATION],
  ['show-explain.txt', 'show', '--frame', '1', '--explain', PLAIN],
  ['show-colour.txt', 'show', '--frame', '1', '--color', 'always', REGISTRATION],
  ['messages.txt', 'messages', MESSAGES],
  ['messages.ndjson', 'messages', '--json', MESSAGES],
  ['packets.txt', 'packets', TCP],
  ['packets.ndjson', 'packets', '--json', TCP],
  ['stats.txt', 'stats', FAILED, MESSAGES, REGISTRATION],
  ['stats.svg', 'stats', '--format', 'svg', FAILED, MESSAGES],
  ['stats.html', 'stats', '--format', 'html', FAILED, REGISTRATION],
  ['stats.ndjson', 'stats', '--json', FAILED, MESSAGES, REGISTRATION],
])('%s', async ([name, ...args]) => {
  const { stdout, stderr, status } = await sipspect(args);
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  if (name.endsWith('.ndjson'))
    for (const line of stdout.trimEnd().split('\n')) expect(JSON.parse(line)).toMatchObject({ v: 1 });
  await expectGolden(name, stdout);
});
