// The record of the SBC's own traffic is a capture that the rest of sipspect reads.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { endpointOf } from '../../src/inline/peer-table.ts';
import { RecordFile } from '../../src/inline/record-file.ts';
import { Recorder } from '../../src/inline/recorder.ts';
import { readCaptures } from '../../src/pipeline.ts';
import type { Flow } from '../../src/sbc/flow.ts';
import { folder, freePort, policyOf, request, run, StreamPeer, UdpPeer, until } from './scene.ts';

const files = folder();
afterAll(() => files.remove());

async function readBack(...inputs: string[]) {
  const messages: string[] = [];
  const diagnostics: string[] = [];
  const { ledger } = await readCaptures({
    inputs,
    onMessage: (m) => {
      const what = m.isRequest ? m.method : m.status;
      messages.push(
        `${m.frame} ${m.seconds}.${String(m.nanoseconds).padStart(9, '0')} ${m.transport} ${m.src.text} → ${m.dst.text} ${what} ${m.end - m.start}`,
      );
    },
    onDiagnostic: ({ code }) => diagnostics.push(code),
  });
  return { messages, diagnostics, outcomes: Object.fromEntries(ledger.occurred()) };
}

test('datagrams and connections of both kinds of addresses, with their times, and long messages whole', async () => {
  const blocks: Buffer[] = [];
  const recorder = new Recorder((octets) => blocks.push(octets) > 0);
  const flow = (transport: 'udp' | 'tcp' | 'tls', connection: number, at = '192.0.2'): Flow => ({
    ...{ transport, connection },
    local: endpointOf(at === '192.0.2' ? '192.0.2.1' : '2001:db8::1', transport === 'tls' ? 5061 : 5060),
    remote: endpointOf(at === '192.0.2' ? '192.0.2.9' : '2001:db8::9', 40_000 + connection),
  });
  const say = (at: number, way: Flow, incoming: boolean, text: string): void => {
    const octets = Buffer.from(`..${text}..`);
    recorder.message(at, way, incoming, octets, 2, octets.length - 2);
  };
  const long = request('MESSAGE', { transport: 'TCP', callId: 'c3', body: 'x'.repeat(50_000) });
  say(1_000_000.25, flow('udp', 0), true, request('OPTIONS'));
  say(1_000_001, flow('udp', 0, '6'), false, request('OPTIONS', { callId: 'c2' }));
  recorder.connected(1_000_002, flow('tcp', 1), true);
  say(1_000_003, flow('tcp', 1), true, long);
  say(1_000_004, flow('tcp', 1), false, request('BYE', { callId: 'c3' }));
  // Asked to be sent before the connection was there.
  say(1_000_005, flow('tls', 2, '6'), false, request('INVITE', { callId: 'c4' }));
  say(1_000_005, flow('tls', 3), false, request('INVITE', { callId: 'c5' }));
  recorder.connected(1_000_006, flow('tls', 2, '6'), false);
  recorder.closed(1_000_007, flow('tls', 3));
  recorder.closed(1_000_008, flow('tcp', 1));
  const path = join(files.path, 'made.pcapng');
  writeFileSync(path, Buffer.concat(blocks));
  expect(await readBack(path)).toEqual({
    messages: [
      `1 1000.000250000 udp 192.0.2.9:40000 → 192.0.2.1:5060 OPTIONS ${request('OPTIONS').length}`,
      `2 1000.001000000 udp [2001:db8::1]:5060 → [2001:db8::9]:40000 OPTIONS ${request('OPTIONS').length}`,
      `6 1000.003000000 tcp 192.0.2.9:40001 → 192.0.2.1:5060 MESSAGE ${long.length}`,
      `10 1000.004000000 tcp 192.0.2.1:5060 → 192.0.2.9:40001 BYE ${request('BYE').length}`,
      `14 1000.006000000 tcp [2001:db8::1]:5061 → [2001:db8::9]:40002 INVITE ${request('INVITE').length}`,
    ],
    diagnostics: [],
    outcomes: { sip: 8, empty: 8 },
  });
  expect(recorder.packets).toBe(16);
});

test('a crash says no end of a connection: one between the same ends after it is another', async () => {
  const flow: Flow = {
    ...{ transport: 'tcp', connection: 1 },
    ...{ local: endpointOf('192.0.2.1', 5060), remote: endpointOf('192.0.2.9', 5060) },
  };
  const paths = [1_000_000, 1_002_000].map((at) => {
    const blocks: Buffer[] = [];
    const recorder = new Recorder((octets) => blocks.push(octets) > 0);
    const bye = Buffer.from(request('BYE', { callId: `c${at}` }));
    recorder.message(at, flow, false, bye, 0, bye.length);
    recorder.connected(at + 1, flow, false);
    const path = join(files.path, `${at}.pcapng`);
    writeFileSync(path, Buffer.concat(blocks));
    return path;
  });
  const { length } = request('BYE', { callId: 'c1000000' });
  expect(await readBack(...paths)).toEqual({
    messages: [
      `4 1000.001000000 tcp 192.0.2.1:5060 → 192.0.2.9:5060 BYE ${length}`,
      `8 1002.001000000 tcp 192.0.2.1:5060 → 192.0.2.9:5060 BYE ${length}`,
    ],
    diagnostics: [],
    outcomes: { sip: 2, empty: 6 },
  });
});

test('what goes through the driver is in the file, what is not let in by its source is not', async () => {
  const path = join(files.path, 'live.pcapng');
  const file = await RecordFile.open(path);
  const recorder = new Recorder((octets) => file.write(octets));
  const port = await freePort();
  const policy = policyOf(`adjacencies: [{name: a, local: ['127.0.0.1:${port}'], peers: [127.0.0.1]}]`);
  const sbc = await run(policy, { traffic: recorder, clock: { now: () => 5000 } });
  const [udp, stranger] = [await UdpPeer.open(), await UdpPeer.open('127.0.0.2')];
  stranger.send(request('OPTIONS', { callId: 'no' }), port);
  udp.send(request('OPTIONS'), port);
  await udp.nth(1);
  const tcp = await StreamPeer.connect(port);
  tcp.socket.write(request('OPTIONS', { transport: 'TCP' }));
  await tcp.until(/200 OK/);
  const local = tcp.socket.localPort!;
  tcp.close();
  await until(() => sbc.core.story.includes('connection-closed'));
  await sbc.close();
  await file.close();
  const length = udp.got[0]!.length;
  const back = length - `${udp.port}`.length + `${local}`.length;
  expect(await readBack(path)).toEqual({
    messages: [
      `1 5.000000000 udp 127.0.0.1:${udp.port} → 127.0.0.1:${port} OPTIONS ${request('OPTIONS').length}`,
      `2 5.000000000 udp 127.0.0.1:${port} → 127.0.0.1:${udp.port} 200 ${length}`,
      `6 5.000000000 tcp 127.0.0.1:${local} → 127.0.0.1:${port} OPTIONS ${request('OPTIONS').length}`,
      `7 5.000000000 tcp 127.0.0.1:${port} → 127.0.0.1:${local} 200 ${back}`,
    ],
    diagnostics: [],
    outcomes: { sip: 4, empty: 5 },
  });
  await Promise.all([udp.close(), stranger.close()]);
});

test('a file that cannot be made is said; one that fails later costs packets and nothing else', async () => {
  await expect(RecordFile.open(join(files.path, 'no', 'where'))).rejects.toMatchObject({ code: 'ENOENT' });
  const file = await RecordFile.open('/dev/full');
  expect(file.write(Buffer.alloc(10))).toBe(true);
  file.flush();
  await until(() => file.error !== '');
  expect([file.write(Buffer.alloc(10)), file.error, file.left]).toEqual([false, 'ENOSPC', 1]);
  await file.close();
});
