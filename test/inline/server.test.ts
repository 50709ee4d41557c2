// The SBC as it runs: calls through it, another policy while they are up, a restart, the end of them, and what it serves over HTTP.

import { once } from 'node:events';
import { readFileSync as read, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { connect as connectTls } from 'node:tls';
import { afterAll, expect, test } from 'vitest';
import { NO_LOG } from '../../src/inline/log.ts';
import { InlineServer } from '../../src/inline/server.ts';
import { messageOf } from '../../src/sip/parse.ts';
import { certificate, folder, freePort, policyOf, request, StreamPeer, UdpPeer, until } from './scene.ts';

const files = folder();
afterAll(() => files.remove());

/** A caller, a callee, and the SBC between them, all on UDP. */
async function scene(more = '') {
  const [caller, callee] = [await UdpPeer.open('127.0.0.10'), await UdpPeer.open('127.0.0.30')];
  const [near, far] = [await freePort('127.0.0.20'), await freePort('127.0.0.21')];
  const text = (extra = ''): string => `
adjacencies:
  - {name: callers, local: ['127.0.0.20:${near}'], peers: [127.0.0.10], record-route-passthrough: false}
  - {name: callees, local: ['127.0.0.21:${far}'], peers: [127.0.0.30], next-hops: ['127.0.0.30:${callee.port}']}
${extra}
routes:
  - {match: {inbound-adjacency: callers}, adjacency: callees}
inline:
  drain: 10s
  ${more}
`;
  const begin = (): Promise<InlineServer> =>
    InlineServer.start({ policy: policyOf(text()), folder: files.path, log: NO_LOG, version: '1.2.3' });
  return { caller, callee, near, far, text, begin };
}

type Scene = Awaited<ReturnType<typeof scene>>;

/** The caller sends a request; `to`: the response that said who the other side is, '' before. */
function say({ caller, near }: Scene, callId: string, method: string, to: string, cseq: number): void {
  const lines = [
    `${method} ${to === '' ? `sip:bob@127.0.0.20:${near}` : contactOf(to)} SIP/2.0`,
    `Via: SIP/2.0/UDP 127.0.0.10:${caller.port};branch=z9hG4bK${callId}${method}${cseq};rport`,
    'Max-Forwards: 70',
    'From: <sip:alice@example.com>;tag=a',
    `To: ${to === '' ? '<sip:bob@example.com>' : toOf(to)}`,
    `Call-ID: ${callId}`,
    `CSeq: ${cseq} ${method}`,
    `Contact: <sip:alice@127.0.0.10:${caller.port}>`,
    ...['Content-Length: 0', '', ''],
  ];
  caller.send(lines.join('\r\n'), near, '127.0.0.20');
}

/** A call is set up: gives the 200 that the caller got. */
async function call(place: Scene): Promise<string> {
  const { caller, callee, far } = place;
  say(place, 'c1', 'INVITE', '', 1);
  answer(callee, await callee.nth(1), far, 'b');
  // After a 100.
  const ok = await caller.nth(2);
  say(place, 'c1', 'ACK', ok, 1);
  await callee.nth(2);
  return ok;
}

function answer(callee: UdpPeer, request: string, far: number, tag = ''): void {
  const m = messageOf(request)!;
  const kept = request.split('\r\n').filter((line) => /^(via|from|call-id|cseq|record-route):/i.test(line));
  const to = `To: ${m.headerValue(m.toRow)}${tag === '' ? '' : `;tag=${tag}`}`;
  const contact = `Contact: <sip:bob@127.0.0.30:${callee.port}>`;
  const lines = ['SIP/2.0 200 OK', ...kept, to, contact, 'Content-Length: 0', '', ''];
  callee.send(lines.join('\r\n'), far, '127.0.0.21');
}

function contactOf(response: string): string {
  const { contacts } = messageOf(response)!;
  return contacts === '*' ? '' : contacts[0]!.uri.text;
}

async function bye(place: Scene, ok: string): Promise<void> {
  const { caller, callee, far } = place;
  const [before, beforeCallee] = [caller.got.length, callee.got.length];
  say(place, 'c1', 'BYE', ok, 2);
  const there = await callee.nth(beforeCallee + 1);
  expect(there.split(' ')[0]).toBe('BYE');
  answer(callee, there, far);
  expect((await caller.nth(before + 1)).split('\r\n')[0]).toBe('SIP/2.0 200 OK');
}

async function closing(place: Scene, server: InlineServer): Promise<void> {
  await server.stop();
  await Promise.all([place.caller.close(), place.callee.close()]);
}

test('a call goes through, and another policy does not end it', async () => {
  const place = await scene();
  const server = await place.begin();
  const up = await call(place);
  const extra = await freePort('127.0.0.22');
  await server.reload(policyOf(place.text(`  - {name: more, local: ['127.0.0.22:${extra};transport=udp']}`)));
  expect(server.transports.listening).toEqual([
    `udp 127.0.0.20 ${place.near}`,
    `udp 127.0.0.21 ${place.far}`,
    `udp 127.0.0.22 ${extra}`,
    `tcp 127.0.0.20 ${place.near}`,
    `tcp 127.0.0.21 ${place.far}`,
  ]);
  await bye(place, up);
  await server.reload(policyOf(place.text()));
  expect(server.transports.listening.length).toBe(4);
  await closing(place, server);
});

test('a policy that asks for what cannot be had changes nothing', async () => {
  const place = await scene();
  const server = await place.begin();
  const up = await call(place);
  const extra = await freePort('127.0.0.22');
  const taken = await UdpPeer.open('127.0.0.22');
  const policy = policyOf(
    place.text(
      `  - {name: more, local: ['127.0.0.22:${extra};transport=udp', '127.0.0.22:${taken.port};transport=udp']}`,
    ),
  );
  await expect(server.reload(policy)).rejects.toThrow(
    `cannot listen on udp 127.0.0.22 ${taken.port}: EADDRINUSE`,
  );
  expect(server.transports.listening.length).toBe(4);
  await bye(place, up);
  await taken.close();
  await closing(place, server);
});

test('a BYE after a restart still passes', async () => {
  const place = await scene('store: calls.sqlite');
  const first = await place.begin();
  const up = await call(place);
  await first.stop();
  const second = await place.begin();
  expect(second.driver.pending['dialogs']).toBe(1);
  await bye(place, up);
  await second.stop();
  const third = await place.begin();
  expect(third.driver.pending['dialogs']).toBe(0);
  await closing(place, third);
});

test('a registration is there after a restart', async () => {
  const [near, far] = [await freePort('127.0.0.20'), await freePort('127.0.0.21')];
  const [phone, registrar] = [await UdpPeer.open('127.0.0.10'), await UdpPeer.open('127.0.0.30')];
  const policy = policyOf(`
adjacencies:
  - {name: phones, local: ['127.0.0.20:${near}'], registered-subscribers: true, rewrite-register: true}
  - {name: core, local: ['127.0.0.21:${far}'], peers: [127.0.0.30], next-hops: ['127.0.0.30:${registrar.port}']}
routes: [{adjacency: core}]
inline: {store: bindings.sqlite}`);
  const begin = (): Promise<InlineServer> =>
    InlineServer.start({ policy, folder: files.path, log: NO_LOG, version: '1' });
  const first = await begin();
  const by = `127.0.0.10:${phone.port}`;
  phone.send(
    request('REGISTER', { by, headers: [`Contact: <sip:alice@${by}>`, 'Expires: 600'] }).replaceAll(
      'bob',
      'alice',
    ),
    near,
    '127.0.0.20',
  );
  const register = await registrar.nth(1);
  const kept = register.split('\r\n').filter((line) => /^(via|from|to|call-id|cseq|contact):/i.test(line));
  registrar.send(
    ['SIP/2.0 200 OK', ...kept, 'Expires: 600', 'Content-Length: 0', '', ''].join('\r\n'),
    far,
    '127.0.0.21',
  );
  await phone.nth(1);
  expect(first.driver.pending['bindings']).toBe(1);
  await first.stop();
  const second = await begin();
  expect(second.driver.pending['bindings']).toBe(1);
  await second.stop();
  await Promise.all([phone.close(), registrar.close()]);
});

test('to drain is to take nothing new, and to wait for the calls that are up', async () => {
  const port = await freePort();
  const place = await scene(`metrics: 127.0.0.1:${port}`);
  const server = await place.begin();
  const health = async (): Promise<unknown> => {
    const response = await fetch(`http://127.0.0.1:${port}/health`);
    return [response.status, await response.json()];
  };
  const up = await call(place);
  const rest = { uptimeSeconds: expect.any(Number), bindings: 0, connections: 0 };
  expect(await health()).toEqual([200, { status: 'ok', dialogs: 1, ...rest }]);
  let isDrained = false;
  const drained = server.drain().then(() => {
    isDrained = true;
  });
  expect(await health()).toEqual([503, { status: 'draining', dialogs: 1, ...rest }]);
  const before = place.caller.got.length;
  say(place, 'c2', 'INVITE', '', 1);
  expect((await place.caller.nth(before + 1)).split('\r\n')[0]).toBe('SIP/2.0 503 Service Unavailable');
  expect(isDrained).toBe(false);
  await bye(place, up);
  await drained;
  await closing(place, server);
});

test('metrics, and nothing else, over HTTP', async () => {
  const port = await freePort();
  const place = await scene(`metrics: 127.0.0.1:${port}`);
  const server = await place.begin();
  await bye(place, await call(place));
  place.caller.send('nonsense', place.near, '127.0.0.20');
  await until(() => server.driver.counters.of('refused') === 1);
  const response = await fetch(`http://127.0.0.1:${port}/metrics?x`);
  const text = await response.text();
  const samples = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  expect([
    response.headers.get('content-type'),
    samples.filter((line) => /messages|refused/.test(line)),
  ]).toEqual([
    'text/plain; version=0.0.4; charset=utf-8',
    [
      'sipspect_messages_received_total{kind="INVITE"} 1',
      'sipspect_messages_received_total{kind="2xx"} 2',
      'sipspect_messages_received_total{kind="ACK"} 1',
      'sipspect_messages_received_total{kind="BYE"} 1',
      'sipspect_messages_sent_total{kind="1xx"} 1',
      'sipspect_messages_sent_total{kind="INVITE"} 1',
      'sipspect_messages_sent_total{kind="2xx"} 2',
      'sipspect_messages_sent_total{kind="ACK"} 1',
      'sipspect_messages_sent_total{kind="BYE"} 1',
      'sipspect_refused_total{why="not-sip"} 1',
    ],
  ]);
  // Each line is one of the text format, each metric has its help and its type before it.
  const form = /^(# HELP \w+ .+|# TYPE \w+ (counter|gauge)|\w+(\{\w+="[^"\\]*"\})? [0-9.e+-]+)$/;
  expect(
    text
      .trimEnd()
      .split('\n')
      .filter((line) => !form.test(line)),
  ).toEqual([]);
  expect(samples.includes('sipspect_build_info{version="1.2.3"} 1')).toBe(true);
  const other = async (path: string, method = 'GET'): Promise<number> =>
    (await fetch(`http://127.0.0.1:${port}${path}`, { method })).status;
  expect([await other('/'), await other('/metrics', 'POST'), await other('/metrics', 'HEAD')]).toEqual([
    404, 405, 200,
  ]);
  await closing(place, server);
});

test('what the SBC says by itself names it, where the policy gives it a name', async () => {
  const port = await freePort();
  const policy = policyOf(`
adjacencies: [{name: a, local: ['127.0.0.1:${port}']}]
inline: {user-agent: border-1, methods: [OPTIONS, INVITE]}`);
  const server = await InlineServer.start({ policy, folder: files.path, log: NO_LOG, version: '1' });
  const peer = await UdpPeer.open();
  const by = `127.0.0.1:${peer.port}`;
  peer.send(request('OPTIONS', { by }).replace('sip:bob@example.com SIP', `sip:127.0.0.1:${port} SIP`), port);
  peer.send(request('INFO', { by, callId: 'c2' }), port);
  peer.send(request('INVITE', { by, callId: 'c3' }), port);
  await peer.nth(3);
  const heads = peer.got.map((text) =>
    text.split('\r\n').filter((line) => /^(SIP|Server|User-Agent)/.test(line)),
  );
  expect(heads.sort()).toEqual([
    ['SIP/2.0 200 OK', 'Server: border-1'],
    ['SIP/2.0 404 Not Found', 'Server: border-1'],
    ['SIP/2.0 405 Method Not Allowed', 'Server: border-1'],
  ]);
  await peer.close();
  await server.stop();
});

test('what the policy asks for and cannot be had is said, and nothing stays open', async () => {
  const [port, tls] = [await freePort(), await freePort()];
  const start = (text: string): Promise<InlineServer> =>
    InlineServer.start({ policy: policyOf(text), folder: files.path, log: NO_LOG, version: '1' });
  const taken = await UdpPeer.open('127.0.0.1', port);
  await expect(start(`adjacencies: [{name: a, local: ['127.0.0.1:${port}']}]`)).rejects.toThrow(
    `cannot listen on udp 127.0.0.1 ${port}: EADDRINUSE`,
  );
  await taken.close();
  await expect(start(`adjacencies: [{name: a, local: ['127.0.0.1:${tls};transport=tls']}]`)).rejects.toThrow(
    `adjacency a: TLS on 127.0.0.1:${tls} needs a certificate and a key`,
  );
  await expect(
    start(`{adjacencies: [{name: a, local: ['127.0.0.1:${port}']}], inline: {metrics: '192.0.2.1:9090'}}`),
  ).rejects.toThrow('cannot serve metrics on 192.0.2.1:9090: EADDRNOTAVAIL');
  const again = await start(`adjacencies: [{name: a, local: ['127.0.0.1:${port}']}]`);
  await again.stop();
});

test('a call goes from TLS to TCP, over one connection each', async () => {
  certificate(files.path, 'sbc.example.com', null);
  const [near, far] = [await freePort('127.0.0.20'), await freePort('127.0.0.21')];
  const hop = createServer().listen(0, '127.0.0.30');
  await once(hop, 'listening');
  const accepted: StreamPeer[] = [];
  hop.on('connection', (socket) => accepted.push(new StreamPeer(socket)));
  const { port } = hop.address() as { port: number };
  const policy = policyOf(`
adjacencies:
  - {name: callers, local: ['127.0.0.20:${near};transport=tls'], record-route-passthrough: false}
  - {name: callees, local: ['127.0.0.21:${far};transport=tcp'], next-hops: ['127.0.0.30:${port};transport=tcp']}
routes: [{adjacency: callees}]
inline: {tls: {certificate: sbc.example.com.crt, key: sbc.example.com.key}}`);
  const server = await InlineServer.start({ policy, folder: files.path, log: NO_LOG, version: '1' });
  const ca = read(join(files.path, 'sbc.example.com.crt'));
  const caller = new StreamPeer(
    connectTls({ port: near, host: '127.0.0.20', ca, servername: 'sbc.example.com' }),
  );
  caller.socket.write(
    request('INVITE', { transport: 'TLS', headers: ['Contact: <sip:alice@127.0.0.10:5061;transport=tls>'] }),
  );
  await until(() => accepted.length === 1);
  const invite = await accepted[0]!.until(/\r\n\r\n$/);
  const lines = invite.split('\r\n');
  const kept = lines.filter((line) => /^(via|from|to|call-id|cseq|record-route):/i.test(line));
  const tagged = kept.map((line) => (line.startsWith('To:') ? `${line};tag=b` : line));
  const contact = `Contact: <sip:bob@127.0.0.30:${port};transport=tcp>`;
  accepted[0]!.socket.write(['SIP/2.0 200 OK', ...tagged, contact, 'Content-Length: 0', '', ''].join('\r\n'));
  const got = await caller.until(/SIP\/2\.0 200[\s\S]*\r\n\r\n$/);
  const ok = got.slice(got.indexOf('SIP/2.0 200'));
  const ack = request('ACK', { transport: 'TLS' }).replace('sip:bob@example.com SIP', `${contactOf(ok)} SIP`);
  caller.socket.write(
    ack.replace('To: <sip:bob@example.com>', `To: ${toOf(ok)}`).replace('z9hG4bK1', 'z9hG4bK2'),
  );
  const all = await accepted[0]!.until(/ACK/);
  expect([
    invite.split(' ')[0],
    lines.find((line) => line.startsWith('Via'))?.replace(/z9hG4bK.*/, ''),
    /\r\n\r\nACK /.test(all),
    server.transports.connectionCount,
    server.driver.pending['dialogs'],
  ]).toEqual(['INVITE', `Via: SIP/2.0/TCP 127.0.0.21:${far};rport;branch=`, true, 2, 1]);
  caller.close();
  accepted[0]!.close();
  hop.close();
  await server.stop();
});

test('certificates are taken from their files again with the policy', async () => {
  certificate(files.path, 'one', null);
  const port = await freePort();
  const text = `
adjacencies: [{name: a, local: ['127.0.0.1:${port};transport=tls'], tls: {certificate: sbc.crt, key: sbc.key}}]`;
  const copy = (name: string): void => {
    certificate(files.path, name, null);
    for (const end of ['crt', 'key'])
      writeFileSync(join(files.path, `sbc.${end}`), read(join(files.path, `${name}.${end}`)));
  };
  copy('one');
  const server = await InlineServer.start({
    ...{ policy: policyOf(text), folder: files.path, log: NO_LOG, version: '1' },
  });
  const subject = async (): Promise<string> => {
    const socket = connectTls({ port, host: '127.0.0.1', rejectUnauthorized: false });
    const peer = new StreamPeer(socket);
    await new Promise((done) => socket.once('secureConnect', done));
    const name = String(socket.getPeerCertificate().subject.CN);
    peer.close();
    return name;
  };
  expect(await subject()).toBe('one');
  copy('two');
  await server.reload(policyOf(text));
  expect(await subject()).toBe('two');
  await server.stop();
});

function toOf(text: string): string {
  const m = messageOf(text)!;
  return m.headerValue(m.toRow);
}
