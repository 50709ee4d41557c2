// Calls through `sipspect inline` on the loopback, and through Kamailio (a stateful, record-routing proxy) where it is installed:
// calls a second, and what a call costs the server. The user agents are of this process, dumb, and as fast as it goes.
// `npm run build && node test/bench/inline.mjs [calls]`
import { execFileSync, spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const CALLS = Number(process.argv[2] ?? 20_000);
/** Calls that are up at once. */
const WINDOW = 100;
const PORT = 25_060;
const SDP = [
  ...['v=0', 'o=- 1 1 IN IP4 127.0.0.10', 's=-', 'c=IN IP4 127.0.0.10', 't=0 0'],
  ...['m=audio 6000 RTP/AVP 0', 'a=rtpmap:0 PCMU/8000', ''],
].join('\r\n');
const folder = mkdtempSync(join(tmpdir(), 'sipspect-bench-'));

const POLICY = `
adjacencies:
  - {name: callers, local: ['127.0.0.20:${PORT};transport=udp'], peers: [127.0.0.10], record-route-passthrough: MODE}
  - {name: callees, local: ['127.0.0.21:${PORT};transport=udp'], peers: [127.0.0.30], next-hops: ['127.0.0.30:${PORT}']}
cac: [{caller-privacy: never, callee-privacy: never}]
routes: [{match: {inbound-adjacency: callers}, adjacency: callees}]
inline: {limits: {source-rate: 10000000}}
`;
const KAMAILIO = `
debug=0
log_stderror=yes
children=CHILDREN
disable_tcp=yes
auto_aliases=no
dns=no
rev_dns=no
listen=udp:127.0.0.20:${PORT}
loadmodule "tm.so"
loadmodule "sl.so"
loadmodule "rr.so"
loadmodule "maxfwd.so"
loadmodule "siputils.so"
loadmodule "pv.so"
request_route {
  if (!mf_process_maxfwd_header("10")) { sl_send_reply("483", "Too Many Hops"); exit; }
  if (has_totag()) {
    if (loose_route() || t_check_trans()) t_relay();
    exit;
  }
  t_check_trans();
  record_route();
  $du = "sip:127.0.0.30:${PORT}";
  t_relay();
}
`;

try {
  for (const [name, start] of [
    ['sipspect inline', () => startSipspect(false)],
    ['sipspect inline, passthrough', () => startSipspect(true)],
    ['kamailio, 1 process', () => startKamailio(1)],
    ['kamailio, 2 processes', () => startKamailio(2)],
  ]) {
    const server = await start();
    if (server === null) {
      console.log(`${name}: not installed`);
      continue;
    }
    await drive(Math.min(CALLS, 2000));
    const before = cpuSeconds(server.pid);
    const { seconds, messages } = await drive(CALLS);
    const cpu = cpuSeconds(server.pid) - before;
    const perCall = ((1e6 * cpu) / CALLS).toFixed(0);
    console.log(
      `${name}: ${Math.round(CALLS / seconds)} calls/s, ${Math.round(messages / seconds)} messages/s, ${perCall} µs of CPU a call, ${Math.round(messages / cpu)} messages/s of a core`,
    );
    server.kill('SIGINT');
    await once(server, 'exit');
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function startSipspect(passthrough) {
  const policy = join(folder, 'sbc.yaml');
  writeFileSync(policy, POLICY.replace('MODE', String(passthrough)));
  const bin = fileURLToPath(new URL('../../bin/sipspect.cjs', import.meta.url));
  const server = spawn(process.execPath, [bin, 'inline', '--policy', policy], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  for await (const text of server.stderr) if (String(text).includes('inline/listening')) break;
  return server;
}

async function startKamailio(children) {
  try {
    execFileSync('kamailio', ['-v'], { stdio: 'ignore' });
  } catch {
    return null;
  }
  const config = join(folder, 'kamailio.cfg');
  writeFileSync(config, KAMAILIO.replace('CHILDREN', String(children)));
  const options = ['-f', config, '-DD', '-E', '-m', '512', '-P', join(folder, 'kamailio.pid')];
  const server = spawn('kamailio', options, { stdio: 'ignore' });
  await new Promise((resolve) => setTimeout(resolve, 2000));
  return server;
}

/** Of a process and its children. */
function cpuSeconds(pid) {
  const pids = [pid, ...readdirSync(`/proc/${pid}/task`).flatMap((task) => childrenOf(pid, task))];
  return pids.reduce((sum, one) => {
    const fields = readFileSync(`/proc/${one}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ');
    return sum + (Number(fields[11]) + Number(fields[12])) / 100;
  }, 0);
}

function childrenOf(pid, task) {
  const text = readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').trim();
  return text === '' ? [] : text.split(' ');
}

/** So many calls: INVITE, 180, 200, ACK, BYE, 200. What is not answered within a second is sent again. */
async function drive(calls) {
  const [caller, callee] = [await open('127.0.0.10'), await open('127.0.0.30')];
  const run = Math.random().toString(36).slice(2);
  const up = new Map();
  let [begun, ended, messages] = [0, 0, 0];
  let finish;
  const finished = new Promise((resolve) => {
    finish = resolve;
  });
  const send = (call, text) => {
    call.last = text;
    call.at = Date.now();
    messages++;
    caller.send(text, PORT, '127.0.0.20');
  };
  const begin = () => {
    const id = `${run}-${begun++}`;
    const call = {
      id,
      last: '',
      at: 0,
      to: '<sip:bob@example.com>',
      uri: `sip:bob@127.0.0.20:${PORT}`,
      routes: [],
    };
    up.set(id, call);
    send(call, request(call, 'INVITE', 1, SDP));
  };
  caller.on('message', (octets) => {
    messages++;
    const text = octets.latin1Slice(0, octets.length);
    const call = up.get(/^Call-ID: (\S+)/im.exec(text)?.[1]);
    const status = text.slice(8, 11);
    if (call === undefined || status[0] === '1') return;
    const isInvite = /^CSeq: 1 INVITE/im.test(text);
    if (isInvite && call.routes.done !== true) {
      call.to = /^To: (.*)\r$/im.exec(text)[1];
      call.uri = /^Contact: <([^>]*)>/im.exec(text)[1];
      call.routes = [...text.matchAll(/^Record-Route: (.*)\r$/gim)].map(([, value]) => value).reverse();
      call.routes.done = true;
      call.last = '';
      messages++;
      caller.send(request(call, 'ACK', 1, ''), PORT, '127.0.0.20');
      send(call, request(call, 'BYE', 2, ''));
    } else if (!isInvite) {
      up.delete(call.id);
      ended++;
      if (begun < calls) begin();
      else if (up.size === 0) finish();
    }
  });
  callee.on('message', (octets, from) => {
    messages++;
    const text = octets.latin1Slice(0, octets.length);
    if (text.startsWith('ACK') || text.startsWith('SIP/2.0')) return;
    const kept = text.match(/^(Via|From|Call-ID|CSeq|Record-Route): .*\r\n/gim).join('');
    const to = /^To: (.*)\r$/im.exec(text)[1];
    const tag = to.includes(';tag=') ? '' : ';tag=b';
    const answer = (line, body) =>
      `SIP/2.0 ${line}\r\n${kept}To: ${to}${tag}\r\nContact: <sip:bob@127.0.0.30:${PORT}>\r\n${body === '' ? '' : 'Content-Type: application/sdp\r\n'}Content-Length: ${body.length}\r\n\r\n${body}`;
    if (text.startsWith('INVITE')) {
      messages++;
      callee.send(answer('180 Ringing', ''), from.port, from.address);
    }
    messages++;
    callee.send(answer('200 OK', text.startsWith('INVITE') ? SDP : ''), from.port, from.address);
  });
  const again = setInterval(() => {
    for (const call of up.values())
      if (call.last !== '' && Date.now() - call.at > 1000) send(call, call.last);
  }, 500);
  const start = performance.now();
  for (let i = 0; i < Math.min(WINDOW, calls); i++) begin();
  await finished;
  const seconds = (performance.now() - start) / 1000;
  clearInterval(again);
  caller.close();
  callee.close();
  if (ended < calls) throw new Error(`${calls - ended} calls are not over`);
  return { seconds, messages };
}

function request({ id, to, uri, routes }, method, cseq, body) {
  const lines = [
    `${method} ${uri} SIP/2.0`,
    `Via: SIP/2.0/UDP 127.0.0.10:${PORT};branch=z9hG4bK${id}${method}`,
    'Max-Forwards: 70',
    ...routes.map((route) => `Route: ${route}`),
    `From: "Alice" <sip:alice@example.com>;tag=a${id}`,
    `To: ${to}`,
    `Call-ID: ${id}`,
    `CSeq: ${cseq} ${method}`,
    `Contact: <sip:alice@127.0.0.10:${PORT}>`,
    ...(body === '' ? [] : ['Content-Type: application/sdp']),
    ...[`Content-Length: ${body.length}`, '', body],
  ];
  return lines.join('\r\n');
}

async function open(host) {
  const socket = createSocket({
    type: 'udp4',
    recvBufferSize: 4 << 20,
    lookup: (name, _, done) => done(null, name, 4),
  });
  await new Promise((resolve) => socket.bind(PORT, host, resolve));
  return socket;
}
