// `--interface`: the capturing programs of the machine on its loopback, and what is said where they cannot capture.
import { type ChildProcess, spawnSync } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer } from 'node:net';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { hep3 } from '../network/hep-wire.ts';
import { ended, type Outcome, ROOT, refused, scratchFolder, sipspect, start } from './program.ts';

const folder = scratchFolder();
const isCi = ['true', '1'].includes(process.env['CI'] ?? '');
const DATAGRAM = [
  'OPTIONS sip:bob@127.0.0.1 SIP/2.0',
  'Via: SIP/2.0/UDP 127.0.0.1;branch=z9hG4bK1',
  'Max-Forwards: 5',
  'From: <sip:alice@example.com>;tag=1',
  'To: <sip:bob@example.com>',
  'Call-ID: live',
  'CSeq: 1 OPTIONS',
  'Content-Length: 0',
  '',
  '',
].join('\r\n');

for (const program of ['tcpdump', 'dumpcap']) {
  const reason = cannot(program);
  test.skipIf(reason !== '' && !isCi)(
    `${program}: messages as they come, until Ctrl-C${reason === '' ? '' : ` (SKIPPED: ${reason})`}`,
    async () => {
      expect(reason, `${program} is needed where CI is set`).toBe('');
      const { stdout, stderr, status } = await live(program, ['messages', '--json']);
      const messages = stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line));
      expect([stderr, status, messages.length]).toEqual(['', 0, 3]);
      expect(messages.map(({ callId }) => callId)).toEqual(['live', 'live', 'live']);
    },
  );
}

test('what agents mirror by HEP, by datagrams and by connections, until Ctrl-C', async () => {
  const port = await freePort();
  const child = start(['messages', '--json', '--hep', `127.0.0.1:${port}`]);
  const outcome = ended(child);
  const came = linesOf(child);
  const sender = createSocket('udp4');
  const mirrored = (agent: number, callId: string): Buffer =>
    hep3({ agent, payload: Buffer.from(DATAGRAM.replace('live', callId)) });
  await until(async () => {
    const socket = connect(port, '127.0.0.1');
    const isThere = await new Promise<boolean>((resolve) =>
      socket.on('connect', () => resolve(true)).on('error', () => resolve(false)),
    );
    if (isThere) {
      const octets = Buffer.concat([mirrored(7, 'stream-1'), mirrored(7, 'stream-2')]);
      socket.write(octets.subarray(0, 100));
      // It is open when the collector ends.
      socket.on('error', () => {});
      setTimeout(() => socket.write(octets.subarray(100)), 50);
    }
    return isThere;
  });
  sender.send(mirrored(8, 'datagram'), port, '127.0.0.1');
  await until(async () => came() === 3);
  child.kill('SIGINT');
  sender.close();
  const { stdout, stderr, status } = await outcome;
  const messages = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect([stderr, status]).toEqual(['', 0]);
  expect(messages.map(({ callId, hep, src }) => [callId, hep.agent, src]).sort()).toEqual([
    ['datagram', 8, '10.0.0.1:5060'],
    ['stream-1', 7, '10.0.0.1:5060'],
    ['stream-2', 7, '10.0.0.1:5060'],
  ]);
});

test('HEP where nothing can be heard', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const { port } = taken.address() as AddressInfo;
  expect(await sipspect(['calls', '--hep', `127.0.0.1:${port}`])).toEqual(
    refused(
      `sipspect: --hep 127.0.0.1:${port}: listen EADDRINUSE: address already in use 127.0.0.1:${port}\n`,
    ),
  );
  taken.close();
  for (const address of ['homer', '0', '127.0.0.1', 'example.com:9060', '1.2.3:9060', '[::1]:70000'])
    expect((await sipspect(['calls', '--hep', address])).stderr).toContain('--hep takes a port');
  expect(await sipspect(['calls', '-i', 'lo', '--hep', '9060'])).toEqual(
    refused('sipspect: --interface and --hep do not go together\n'),
  );
});

test('the words of the capturing program say why it cannot', async () => {
  const wordsOf = async (name: string, lines: readonly string[]): Promise<Outcome> => {
    const script = lines.map((line) => `echo "${line}" >&2`).join('\n');
    return sipspect(['calls', '-i', 'eth7'], {
      env: { PATH: alone(name, `#!/bin/sh\n${script}\nexit 1\n`) },
    });
  };
  const [first, second] = ['eth7: No such device exists', '(No such device exists)'];
  expect(await wordsOf('tcpdump', [`tcpdump: ${first}`, second])).toEqual(
    refused(`sipspect: tcpdump: ${first}\n`),
  );
  expect(await wordsOf('dumpcap', ["Capturing on 'eth7'", 'dumpcap: You are not allowed to.'])).toEqual(
    refused('sipspect: dumpcap: You are not allowed to.\n'),
  );
  expect(await wordsOf('tcpdump', ['\u001b[31mno reason'])).toEqual(
    refused('sipspect: tcpdump: ␛[31mno reason\n'),
  );
});

test.each([
  ['tcpdump', 'tcpdump: listening on eth7, link-type EN10MB', '7 packets dropped by kernel'],
  ['dumpcap', 'File: -', "Packets received/dropped on interface 'eth7': 13/7 (pcap:7/dumpcap:0) (65%)"],
])('what %s was too slow for is told', async (name, first, last) => {
  const packets = join(ROOT, 'samples/plain-call/call.pcap');
  const script = `#!/bin/sh\necho "${first}" >&2\n/bin/cat ${packets}\necho "${last}" >&2\n`;
  const expected = await sipspect(['calls', packets]);
  expect(await sipspect(['calls', '-i', 'eth7'], { env: { PATH: alone(name, script) } })).toEqual({
    ...expected,
    stderr: `sipspect: warning: packets that were not captured, since they came faster than ${name} took them: 7\n`,
  });
});

test('without any such program', async () => {
  const path = join(folder, 'none');
  mkdirSync(path, { recursive: true });
  const neither =
    'sipspect: --interface takes dumpcap (of Wireshark) or tcpdump to capture: neither is there\n';
  expect(await sipspect(['calls', '-i', 'lo'], { env: { PATH: path } })).toEqual(refused(neither));
});

test('what does not go together', async () => {
  const missing = refused("sipspect: missing required argument 'captures'\n");
  expect(await sipspect(['calls'])).toEqual(missing);
  expect(await sipspect(['extract', '-w', 'x.pcap'])).toEqual(missing);
  const alone = refused('sipspect: --capture-filter takes --interface\n');
  expect(await sipspect(['calls', '-f', 'port 5060', 'samples/plain-call/call.pcap'])).toEqual(alone);
  expect((await sipspect(['extract', '-w', 'x.pcap', '-i', 'lo'])).stderr).toContain("unknown option '-i'");
});

/** How many lines it has printed by now. */
function linesOf(child: ChildProcess): () => number {
  let lines = 0;
  child.stdout!.on('data', (octets: Buffer) => {
    lines += octets.toString().split('\n').length - 1;
  });
  return () => lines;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    if (await isSo()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('it did not come to it');
}

/** Runs it on the loopback with this capturing program, and sends three datagrams there. */
async function live(program: string, args: readonly string[]): Promise<Outcome> {
  const receiver = createSocket('udp4').bind(0, '127.0.0.1');
  await once(receiver, 'listening');
  const { port } = receiver.address();
  const path = alone(program);
  const child = start([...args, '-i', 'lo', '-f', `udp port ${port}`], { PATH: path });
  const came = linesOf(child);
  const outcome = ended(child);
  const sender = createSocket('udp4');
  // Nothing says when the program has begun to capture: those before are not seen.
  for (let tries = 0; came() === 0 && tries < 200; tries++) {
    sender.send(DATAGRAM.replace('live', 'before'), port, '127.0.0.1');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const before = came();
  for (let sent = 0; sent < 3; sent++) sender.send(DATAGRAM, port, '127.0.0.1');
  for (let tries = 0; came() < before + 3 && tries < 200; tries++)
    await new Promise((resolve) => setTimeout(resolve, 50));
  child.kill('SIGINT');
  sender.close();
  receiver.close();
  const { stdout, ...rest } = await outcome;
  const lines = stdout.split('\n').filter((line) => !line.includes('"before"'));
  return { stdout: lines.join('\n'), ...rest };
}

/** A PATH with that program alone: the machine's, or a script. */
function alone(name: string, script?: string): string {
  const path = join(
    folder,
    `only-${name}-${script === undefined ? 'real' : Buffer.from(script).toString('hex').slice(0, 60)}`,
  );
  mkdirSync(path, { recursive: true });
  const file = join(path, name);
  if (script === undefined) symlinkSync(where(name), file);
  else {
    writeFileSync(file, script);
    chmodSync(file, 0o755);
  }
  return path;
}

function where(name: string): string {
  return spawnSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).stdout.trim();
}

/** Why it cannot capture on the loopback here; '' when it can. */
function cannot(program: string): string {
  if (where(program) === '') return `there is no ${program}`;
  // Ends by itself: after a packet, or since it may not.
  const { status, stderr } = spawnSync(program, ['-i', 'lo', '-D'], { encoding: 'utf8', timeout: 5000 });
  if (status !== 0) return stderr.trim();
  return process.getuid?.() === 0 ? '' : 'only root is sure to be allowed to';
}
