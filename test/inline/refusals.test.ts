// What the driver does not let in to the core, and what the sender hears of it.
import { expect, test } from 'vitest';
import { SourceRates, take } from '../../src/inline/source-rates.ts';
import { freePort, policyOf, type Running, request, run, StreamPeer, UdpPeer, until } from './scene.ts';

async function scene(inline: string): Promise<Running & { port: number }> {
  const port = await freePort();
  const text = `adjacencies: [{name: a, local: ['127.0.0.1:${port}'], peers: [127.0.0.1]}]\ninline: {${inline}}`;
  return { ...(await run(policyOf(text))), port };
}

function refused(sbc: Running): Record<string, number> {
  return Object.fromEntries(sbc.driver.counters.labels('refused'));
}

test('sources of no adjacency are not heard at all, on connections neither', async () => {
  const sbc = await scene('');
  const stranger = await UdpPeer.open('127.0.0.2');
  stranger.send(request('OPTIONS'), sbc.port);
  const connection = await StreamPeer.connect(sbc.port, '127.0.0.1', '127.0.0.2');
  expect(await connection.end()).toBe('');
  await until(() => sbc.driver.counters.of('refused') === 2);
  expect([sbc.core.story, stranger.got, refused(sbc)]).toEqual([[], [], { 'unknown-source': 2 }]);
  await stranger.close();
  await sbc.close();
});

test('or the core is asked, which says 403, a few times a second', async () => {
  const sbc = await scene('unknown-sources: refuse, limits: {stranger-rate: 3}');
  const stranger = await UdpPeer.open('127.0.0.2');
  for (let i = 0; i < 10; i++) stranger.send(request('OPTIONS', { callId: `c${i}` }), sbc.port);
  await until(() => sbc.core.events.length + sbc.driver.counters.of('refused') === 10);
  expect([sbc.core.story, refused(sbc)]).toEqual([
    ['udp OPTIONS', 'udp OPTIONS', 'udp OPTIONS'],
    { rate: 7 },
  ]);
  await stranger.close();
  await sbc.close();
});

test.each([
  ['what is no SIP', 'hello, world', '', { 'not-sip': 1 }, ''],
  ['another method', request('INFO'), 'methods: [INVITE]', { method: 1 }, 'SIP/2.0 405 Method Not Allowed'],
  [
    'a message too large',
    request('MESSAGE', { body: 'x'.repeat(600) }),
    'limits: {message-octets: 600}',
    { 'too-large': 1 },
    'SIP/2.0 513 Message Too Large',
  ],
  [
    'a flood of headers',
    request('OPTIONS', { headers: Array.from({ length: 300 }, () => 'X: y') }),
    '',
    { 'too-many-headers': 1 },
    '',
  ],
  [
    'a header section too long',
    request('OPTIONS', { headers: [`X: ${'y'.repeat(600)}`] }),
    'limits: {header-octets: 600}',
    { 'too-many-headers': 1 },
    '',
  ],
  [
    'a datagram that is cut off',
    request('MESSAGE', { length: '10', body: 'short' }),
    '',
    { incomplete: 1 },
    'SIP/2.0 400 Bad Request',
  ],
  ['a request without Call-ID', request('OPTIONS').replace('Call-ID', 'X'), '', { 'no-call-id': 1 }, ''],
  ['a request without Via', request('OPTIONS').replace('Via', 'X'), '', { 'no-via': 1 }, ''],
  ['a response without Via', 'SIP/2.0 200 OK\r\nCall-ID: x\r\n\r\n', '', { 'no-via': 1 }, ''],
])('%s does not reach the core', async (_, octets, inline, counts, status) => {
  const sbc = await scene(inline);
  const peer = await UdpPeer.open();
  peer.send(octets, sbc.port);
  await until(() => sbc.driver.counters.of('refused') === 1);
  if (status !== '') await peer.nth(1);
  peer.send(
    'SIP/2.0 180 Ringing\r\nVia: x\r\nFrom: x\r\nTo: x\r\nCall-ID: x\r\nCSeq: 1 INVITE\r\n\r\n',
    sbc.port,
  );
  await until(() => sbc.core.events.length === 1);
  expect([sbc.core.story, refused(sbc), peer.got.map((got) => got.split('\r\n')[0])]).toEqual([
    ['udp 180'],
    counts,
    status === '' ? [] : [status],
  ]);
  await peer.close();
  await sbc.close();
});

test.each([
  [
    'no Content-Length',
    request('MESSAGE', { transport: 'TCP', length: null }),
    'no-content-length',
    '400 Bad Request',
  ],
  [
    'a Content-Length too large',
    request('MESSAGE', { transport: 'TCP', length: '100000' }),
    'message-too-long',
    '513 Message Too Large',
  ],
  ['another protocol', 'GET / HTTP/1.1\r\n\r\n', 'not-sip', null],
  [
    'a header section without end',
    `OPTIONS sip:a@b SIP/2.0\r\n${'X: y\r\n'.repeat(6000)}`,
    'header-too-long',
    null,
  ],
])('a connection with %s ends', async (_, octets, why, status) => {
  const sbc = await scene('');
  const peer = await StreamPeer.connect(sbc.port);
  peer.socket.write(octets);
  const got = await peer.end();
  await until(() => sbc.core.story.includes('connection-closed'));
  expect([got.split('\r\n')[0], refused(sbc), sbc.driver.counters.labels('connections-closed')]).toEqual([
    status === null ? '' : `SIP/2.0 ${status}`,
    { [why]: 1 },
    [[why, 1]],
  ]);
  await sbc.close();
});

test('who says nothing, and who does not come to the end of a message, is hung up on; who is busy is not', async () => {
  const port = await freePort();
  const clock = { at: 1000, now: () => clock.at };
  const policy = policyOf(`
adjacencies: [{name: a, local: ['127.0.0.1:${port}']}]
inline: {limits: {idle: 60s, slow-message: 10s}}`);
  const sbc = await run(policy, { clock });
  const [idle, slow, busy, mute] = await Promise.all([1, 2, 3, 4].map(() => StreamPeer.connect(port)));
  const options = request('OPTIONS', { transport: 'TCP' });
  slow!.socket.write(options.slice(0, 30));
  busy!.socket.write(options + options.slice(0, 30));
  await until(() => sbc.driver.counters.of('received') === 1 && sbc.transports.connectionCount === 4);
  idle!.socket.write('\r\n\r\n');
  await idle!.until(/\r\n/);
  clock.at = 10_000;
  busy!.socket.write(options.slice(30) + options.slice(0, 30));
  slow!.socket.write(options.slice(30, 40));
  await until(() => sbc.driver.counters.of('received') === 2);
  sbc.transports.look();
  expect(sbc.transports.connectionCount).toBe(4);
  clock.at = 12_000;
  sbc.transports.look();
  await slow!.end();
  busy!.socket.write(options.slice(30));
  await until(() => sbc.driver.counters.of('received') === 3);
  clock.at = 31_001;
  sbc.transports.look();
  await mute!.end();
  clock.at = 61_001;
  sbc.transports.look();
  await idle!.end();
  await until(() => sbc.transports.connectionCount === 1);
  expect(sbc.driver.counters.labels('connections-closed')).toEqual([
    ['slow-message', 1],
    ['never-spoke', 1],
    ['idle', 1],
  ]);
  busy!.close();
  await sbc.close();
});

test('connections have a cap, and those of one source', async () => {
  const port = await freePort();
  const policy = policyOf(`
adjacencies: [{name: a, local: ['127.0.0.1:${port}']}]
inline: {limits: {connections: 3, connections-per-source: 2}}`);
  const sbc = await run(policy);
  const peers: StreamPeer[] = [];
  for (const from of ['127.0.0.2', '127.0.0.2', '127.0.0.2', '127.0.0.3', '127.0.0.4'])
    peers.push(await StreamPeer.connect(port, '127.0.0.1', from));
  await until(() => sbc.driver.counters.of('refused') === 2);
  await Promise.all([peers[2]!.end(), peers[4]!.end()]);
  expect([refused(sbc), sbc.transports.connectionCount]).toEqual([
    { 'too-many-of-source': 1, 'too-many-connections': 1 },
    3,
  ]);
  for (const peer of peers) peer.close();
  await until(() => sbc.transports.connectionCount === 0);
  await sbc.close();
});

test('a peer that sends too fast on a connection is read from later, and loses nothing', async () => {
  const port = await freePort();
  const clock = { at: 0, now: () => clock.at };
  const policy = policyOf(`
adjacencies: [{name: a, local: ['127.0.0.1:${port}']}]
inline: {limits: {source-rate: 5}}`);
  const sbc = await run(policy, { clock });
  const peer = await StreamPeer.connect(port);
  const options = request('OPTIONS', { transport: 'TCP' });
  peer.socket.write(options.repeat(7));
  await until(() => sbc.core.events.length === 7);
  peer.socket.write(options);
  clock.at = 400;
  sbc.transports.look();
  // Two too many, and five a second: after 0.6 s there is room for one.
  clock.at = 601;
  sbc.transports.look();
  await until(() => sbc.core.events.length === 8);
  peer.close();
  await sbc.close();
});

test('when memory is short new requests are refused, and what is up goes on', async () => {
  const sbc = await scene('limits: {memory: 100}');
  const peer = await UdpPeer.open();
  sbc.driver.look(101);
  peer.send(request('INVITE'), sbc.port);
  expect((await peer.nth(1)).split('\r\n')).toEqual([
    'SIP/2.0 503 Service Unavailable',
    `Via: SIP/2.0/UDP 127.0.0.1:5099;branch=z9hG4bK1;rport=${peer.port};received=127.0.0.1`,
    'From: <sip:alice@example.com>;tag=a',
    expect.stringMatching(/^To: <sip:bob@example\.com>;tag=[0-9a-f]{16}$/),
    'Call-ID: c1',
    'CSeq: 1 INVITE',
    'Retry-After: 10',
    'Content-Length: 0',
    '',
    '',
  ]);
  peer.send(request('INVITE', { toTag: 'b' }), sbc.port);
  peer.send(request('CANCEL'), sbc.port);
  await until(() => sbc.core.events.length === 2);
  sbc.driver.look(95);
  peer.send(request('INVITE'), sbc.port);
  await until(() => sbc.driver.counters.of('refused', 'overload') === 2);
  sbc.driver.look(80);
  peer.send(request('INVITE'), sbc.port);
  await until(() => sbc.core.events.length === 3);
  expect(sbc.core.story).toEqual(['udp INVITE', 'udp CANCEL', 'udp INVITE']);
  await peer.close();
  await sbc.close();
});

test('an error of the core costs the message that it happens with', async () => {
  const sbc = await scene('');
  const peer = await UdpPeer.open();
  sbc.core.more = (event) => {
    if (event.kind === 'received' && event.message.callId === 'bad') throw new Error('oops');
    return [];
  };
  peer.send(request('OPTIONS', { callId: 'bad' }), sbc.port);
  peer.send(request('OPTIONS', { callId: 'good' }), sbc.port);
  expect((await peer.nth(1)).includes('Call-ID: good')).toBe(true);
  expect([peer.got.length, sbc.driver.counters.of('core-failures')]).toEqual([1, 1]);
  await peer.close();
  await sbc.close();
});

test('made-up sources do not fill the memory; who was there a moment ago is not forgotten', () => {
  const rates = new SourceRates(100);
  const busy = rates.source('192.0.2.1', true, 2, 0);
  expect([take(busy, 0, false), take(busy, 0, false), take(busy, 0, false)]).toEqual([true, true, false]);
  for (let i = 0; i < 10_000; i++) {
    rates.source(`10.0.${i >> 8}.${i & 255}`, true, 2, 0);
    if (i % 20 === 0) expect(take(rates.source('192.0.2.1', true, 2, 0), 0, false)).toBe(false);
  }
  expect(rates.size).toBeLessThanOrEqual(100);
  expect(take(busy, 500, false)).toBe(true);
});
