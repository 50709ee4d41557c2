// The driver on UDP, TCP and TLS of the loopback: what comes in, what goes out, what connections are used again.
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { connect as connectTls, createServer as createTlsServer } from 'node:tls';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { endpointOf } from '../../src/inline/peer-table.ts';
import { readTls } from '../../src/inline/tls-files.ts';
import { DEFAULT_TLS } from '../../src/policy/inline-settings.ts';
import type { SbcEvent } from '../../src/sbc/event.ts';
import type { Flow } from '../../src/sbc/flow.ts';
import {
  certificate,
  folder,
  freePort,
  policyOf,
  request,
  run,
  StreamPeer,
  UdpPeer,
  until,
} from './scene.ts';

const files = folder();
beforeAll(() => {
  certificate(files.path, 'ca', null);
  for (const name of ['sbc.example.com', 'hop.example.com', 'phone.example.com'])
    certificate(files.path, name, 'ca');
});
afterAll(() => files.remove());

const settings = (name: string, more: object = {}) => ({
  ...DEFAULT_TLS,
  certificate: join(files.path, `${name}.crt`),
  key: join(files.path, `${name}.key`),
  ca: join(files.path, 'ca.crt'),
  ...more,
});

function answer(port: number, transport = 'UDP'): string {
  return [
    'SIP/2.0 200 OK',
    `Via: SIP/2.0/${transport} 127.0.0.1:5099;branch=z9hG4bK1;rport=${port};received=127.0.0.1`,
    'From: <sip:alice@example.com>;tag=a',
    'To: <sip:bob@example.com>;tag=echo',
    'Call-ID: c1',
    'CSeq: 1 OPTIONS',
    'Content-Length: 0',
    '',
    '',
  ].join('\r\n');
}

test('UDP over IPv4: a request, its answer by rport, a keep-alive, STUN', async () => {
  const port = await freePort();
  const sbc = await run(policyOf(`adjacencies: [{name: a, local: ['127.0.0.1:${port};transport=udp']}]`));
  const peer = await UdpPeer.open();
  peer.send(request('OPTIONS'), port);
  expect(await peer.nth(1)).toBe(answer(peer.port));
  peer.send('\r\n\r\n', port);
  const stun = Buffer.from('000100002112a4420102030405060708090a0b0c', 'hex');
  peer.send(stun, port);
  const mapped = Buffer.from(await peer.nth(2), 'latin1');
  // XOR-MAPPED-ADDRESS of 127.0.0.1: 7f000001 xor 2112a442.
  expect(mapped.toString('hex')).toBe(
    `0101000c2112a4420102030405060708090a0b0c002000080001${(peer.port ^ 0x2112).toString(16).padStart(4, '0')}5e12a443`,
  );
  const { flow } = sbc.core.events[0] as { flow: object };
  expect(flow).toEqual({
    transport: 'udp',
    local: endpointOf('127.0.0.1', port),
    remote: endpointOf('127.0.0.1', peer.port),
    connection: 0,
  });
  expect([sbc.core.story, sbc.driver.counters.of('keepalives', 'udp')]).toEqual([['udp OPTIONS'], 2]);
  await peer.close();
  await sbc.close();
});

test('UDP over IPv6', async () => {
  const port = await freePort('::1');
  const sbc = await run(policyOf(`adjacencies: [{name: a, local: ['[::1]:${port};transport=udp']}]`));
  const peer = await UdpPeer.open('::1');
  peer.send(request('OPTIONS', { by: '[::1]:5099' }), port, '::1');
  expect(await peer.nth(1)).toBe(
    answer(peer.port)
      .replaceAll('127.0.0.1:5099', '[::1]:5099')
      .replace('received=127.0.0.1', 'received=::1'),
  );
  await peer.close();
  await sbc.close();
});

test('TCP over IPv6', async () => {
  const port = await freePort('::1');
  const sbc = await run(policyOf(`adjacencies: [{name: a, local: ['[::1]:${port};transport=tcp']}]`));
  const peer = await StreamPeer.connect(port, '::1');
  peer.socket.write(request('OPTIONS', { transport: 'TCP', by: '[::1]:5099' }));
  const text = await peer.until(/200 OK[\s\S]*\r\n\r\n$/);
  expect([text.split('\r\n')[1], lastFlow(sbc.core.events)]).toEqual([
    `Via: SIP/2.0/TCP [::1]:5099;branch=z9hG4bK1;rport=${peer.socket.localPort};received=::1`,
    {
      ...{ transport: 'tcp', connection: 1 },
      local: endpointOf('::1', port),
      remote: endpointOf('::1', peer.socket.localPort!),
    },
  ]);
  peer.close();
  await sbc.close();
});

test('without rport the answer goes to the port that Via names', async () => {
  const port = await freePort();
  const sbc = await run(policyOf(`adjacencies: [{name: a, local: ['127.0.0.1:${port};transport=udp']}]`));
  const listening = await UdpPeer.open();
  const sending = await UdpPeer.open();
  const by = `127.0.0.1:${listening.port}`;
  sending.send(request('OPTIONS', { by, rport: false }), port);
  expect(await listening.nth(1)).toBe(answer(0).replace('127.0.0.1:5099', by).replace(';rport=0', ''));
  expect(sending.got).toEqual([]);
  await Promise.all([listening.close(), sending.close()]);
  await sbc.close();
});

test('TCP: several messages in pieces, pings, and the same connection back', async () => {
  const port = await freePort();
  const sbc = await run(policyOf(`adjacencies: [{name: a, local: ['127.0.0.1:${port}']}]`));
  expect(sbc.transports.listening).toEqual([`udp 127.0.0.1 ${port}`, `tcp 127.0.0.1 ${port}`]);
  const peer = await StreamPeer.connect(port);
  const options = request('OPTIONS', { transport: 'TCP' });
  peer.socket.write(options.slice(0, 50));
  await until(() => sbc.transports.connectionCount === 1);
  peer.socket.write(`${options.slice(50)}\r\n\r\n${options}`);
  const back = answer(peer.socket.localPort!, 'TCP');
  expect(await peer.until(/200 OK[\s\S]*200 OK[\s\S]*\r\n\r\n$/)).toBe(`${back}\r\n${back}`);
  // What is sent to the address that the connection came from takes it.
  const flow = { ...lastFlow(sbc.core.events), connection: 0 };
  sbc.core.more = (event) =>
    event.kind === 'draining'
      ? [{ kind: 'send', send: 1, flow, octets: Buffer.from('NOTIFY'), cause: null, again: false }]
      : [];
  sbc.driver.drain();
  expect(await peer.until(/NOTIFY$/)).toBe(`${back}\r\n${back}NOTIFY`);
  peer.close();
  await until(() => sbc.core.story.at(-1) === 'connection-closed');
  await sbc.close();
  expect(sbc.transports.connectionCount).toBe(0);
});

test('a connection is opened when there is none, used again, and told when it cannot be', async () => {
  const port = await freePort();
  const hop = createServer().listen(0, '127.0.0.3');
  await once(hop, 'listening');
  const { port: hopPort } = hop.address() as { port: number };
  const accepted: StreamPeer[] = [];
  hop.on('connection', (socket) => accepted.push(new StreamPeer(socket)));
  const sbc = await run(policyOf(`adjacencies: [{name: a, local: ['127.0.0.2:${port};transport=tcp']}]`));
  const flow = {
    transport: 'tcp' as const,
    local: endpointOf('127.0.0.2', port),
    remote: endpointOf('127.0.0.3', hopPort),
    connection: 0,
  };
  let send = 0;
  sbc.core.more = (event) =>
    event.kind !== 'draining'
      ? []
      : [{ kind: 'send', send: ++send, flow, octets: Buffer.from(`${send}\r\n`), cause: null, again: false }];
  sbc.driver.drain();
  sbc.driver.drain();
  await until(() => accepted.length === 1);
  expect(await accepted[0]!.until(/2/)).toBe('1\r\n2\r\n');
  expect([accepted.length, accepted[0]!.socket.remoteAddress]).toEqual([1, '127.0.0.2']);
  // What comes back on it comes in by the address that the adjacency has, not by the port that the system took.
  accepted[0]!.socket.write(request('BYE', { transport: 'TCP' }));
  await until(() => sbc.core.events.some(({ kind }) => kind === 'received'));
  expect(lastFlow(sbc.core.events)).toEqual({ ...flow, connection: 1 });
  accepted[0]!.close();
  hop.close();
  await until(() => sbc.transports.connectionCount === 0);
  sbc.driver.drain();
  await until(() => sbc.core.story.at(-1)!.startsWith('send-failed'));
  expect(sbc.core.story).toEqual([
    ...['draining', 'draining', 'tcp BYE', 'connection-closed', 'draining', 'send-failed 3 ECONNREFUSED'],
  ]);
  await sbc.close();
});

test('a send by what is not there fails', async () => {
  const port = await freePort();
  const sbc = await run(policyOf(`adjacencies: [{name: a, local: ['127.0.0.1:${port}']}]`));
  const local = endpointOf('127.0.0.1', port);
  const remote = endpointOf('127.0.0.1', 9);
  const send = (send: number, flow: object) =>
    ({ kind: 'send', send, flow, octets: Buffer.from('x'), cause: null, again: false }) as never;
  sbc.core.more = (event) =>
    event.kind !== 'draining'
      ? []
      : [
          send(1, { transport: 'udp', local: endpointOf('127.0.0.1', 1), remote, connection: 0 }),
          send(2, { transport: 'ws', local, remote, connection: 0 }),
          send(3, { transport: 'tcp', local, remote, connection: 77 }),
          send(4, { transport: 'udp', local, remote: endpointOf('192.0.2.1', 5060), connection: 0 }),
        ];
  sbc.driver.drain();
  await until(() => sbc.core.events.length === 5);
  expect(sbc.core.story.slice(0, 4)).toEqual([
    'draining',
    'send-failed 1 no-listener',
    'send-failed 2 no-transport',
    'send-failed 3 connection-closed',
  ]);
  // From the loopback there is no way to anybody else.
  expect(sbc.core.story[4]).toMatch(/^send-failed 4 E[A-Z]+$/);
  await sbc.close();
});

test('TLS in: with and without a certificate of the peer', async () => {
  const port = await freePort();
  const policy = policyOf(`adjacencies: [{name: a, local: ['127.0.0.1:${port};transport=tls']}]`);
  const tls = await readTls(settings('sbc.example.com', { clientCertificate: 'required' }));
  const sbc = await run(policy, { tls: () => tls });
  const ca = tls.context.ca as Buffer;
  const mine = await readTls(settings('phone.example.com'));
  const to = { host: '127.0.0.1', port, ca, servername: 'sbc.example.com' };
  const peer = new StreamPeer(connectTls({ ...to, ...mine.context }));
  peer.socket.write(request('OPTIONS', { transport: 'TLS' }));
  await peer.until(/200 OK[\s\S]*\r\n\r\n$/);
  expect([peer.got, sbc.core.story]).toEqual([answer(peer.socket.localPort!, 'TLS'), ['tls OPTIONS']]);
  const stranger = new StreamPeer(connectTls(to));
  stranger.socket.write(request('OPTIONS', { transport: 'TLS' }));
  expect(await stranger.end()).toBe('');
  expect(sbc.core.story).toEqual(['tls OPTIONS']);
  // RFC 5923: with mutual TLS and alias, requests to the address of Via take the connection.
  peer.socket.write(request('OPTIONS', { transport: 'TLS' }).replace(';branch', ';alias;branch'));
  await until(() => sbc.core.events.length === 2);
  sbc.core.more = (event) => {
    if (event.kind !== 'draining') return [];
    const remote = endpointOf('127.0.0.1', 5099);
    const flow = { transport: 'tls' as const, local: endpointOf('127.0.0.1', port), remote, connection: 0 };
    return [{ kind: 'send', send: 1, flow, octets: Buffer.from('by its alias'), cause: null, again: false }];
  };
  sbc.driver.drain();
  await peer.until(/by its alias$/);
  peer.close();
  await sbc.close();
});

test('TLS out: the certificate has to have the name that the next hop was found by', async () => {
  const [port, hop] = [await freePort(), await readTls(settings('hop.example.com'))];
  const server = createTlsServer(hop.context).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const got: StreamPeer[] = [];
  server.on('secureConnection', (socket) => got.push(new StreamPeer(socket)));
  server.on('tlsClientError', () => {});
  const { port: hopPort } = server.address() as { port: number };
  const story: string[] = [];
  for (const hopName of ['hop.example.com', 'other.example.com']) {
    const policy = policyOf(`adjacencies: [{name: a, local: ['127.0.0.1:${port};transport=tls']}]`);
    const tls = await readTls(settings('sbc.example.com'));
    const sbc = await run(policy, { tls: () => tls, hopName });
    const flow = {
      transport: 'tls' as const,
      local: endpointOf('127.0.0.1', port),
      remote: endpointOf('127.0.0.1', hopPort),
      connection: 0,
    };
    sbc.core.more = (event) =>
      event.kind !== 'draining'
        ? []
        : [{ kind: 'send', send: 1, flow, octets: Buffer.from(hopName), cause: null, again: false }];
    sbc.driver.drain();
    await until(() => got.at(-1)?.got === hopName || sbc.core.events.length > 1);
    story.push(...sbc.core.story);
    await sbc.close();
  }
  expect(story).toEqual(['draining', 'draining', 'send-failed 1 ERR_TLS_CERT_ALTNAME_INVALID']);
  server.close();
});

test('certificates are read from files, or it is said which cannot be', async () => {
  await expect(readTls(settings('nobody'))).rejects.toThrow(`${join(files.path, 'nobody.crt')}: ENOENT`);
  await expect(
    readTls({ ...settings('sbc.example.com'), key: join(files.path, 'hop.example.com.key') }),
  ).rejects.toThrow(/sbc\.example\.com\.crt: no use for TLS: /);
});

function lastFlow(events: readonly SbcEvent[]): Flow {
  const last = events.findLast((event) => event.kind === 'received');
  if (last === undefined) throw new Error('nothing was received');
  return last.flow;
}
