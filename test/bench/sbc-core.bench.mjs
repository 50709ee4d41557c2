// The SBC core in process, no sockets: messages in and out a second, in passthrough, without, and in privacy mode. The user agents
// are dumb texts made before the clock starts; replies are made from what the core sent, and are not counted as its time.
// `node test/bench/sbc-core.bench.mjs [calls]`
import { parsePolicy } from '../../src/policy/parse-policy.ts';
import { SbcCore } from '../../src/sbc/core.ts';
import { messageOf } from '../../src/sip/parse.ts';

const CALLS = Number(process.argv[2] ?? 20_000);
/** Calls that are up at once. */
const OPEN = 500;

function rate(passthrough, privacy) {
  const core = new SbcCore({
    policy: policy(passthrough, privacy),
    identifiers: counting(),
    persists: false,
  });
  const timers = [];
  let spent = 0n;
  let messages = 0;
  let at = 0;
  const feed = (flow, text) => {
    const octets = Buffer.from(text);
    const begun = process.hrtime.bigint();
    // To read the message is part of the work.
    const commands = core.handle({ kind: 'received', at, flow, message: messageOf(octets).keep() });
    spent += process.hrtime.bigint() - begun;
    messages++;
    let sent = '';
    for (const command of commands) {
      if (command.kind === 'send') {
        messages++;
        sent = command.octets.toString('latin1');
      } else if (command.kind === 'set-timer') timers.push(command);
    }
    return sent;
  };
  let oldest = 0;
  const pass = (ms) => {
    at += ms;
    timers.sort((a, b) => a.at - b.at);
    while (oldest < timers.length && timers[oldest].at <= at) {
      const begun = process.hrtime.bigint();
      for (const command of core.handle({ kind: 'timer-fired', at, timer: timers[oldest].timer })) {
        if (command.kind === 'set-timer') timers.push(command);
      }
      spent += process.hrtime.bigint() - begun;
      oldest++;
    }
    timers.splice(0, oldest);
    oldest = 0;
  };
  const open = [];
  for (let i = 0; i < CALLS; i++) {
    const call = { i };
    call.invite = feed(A, invite(i));
    call.ringing = feed(B, reply(call.invite, '180 Ringing', `b${i}`));
    call.ok = feed(B, reply(call.invite, '200 OK', `b${i}`, ANSWER));
    feed(A, inside('ACK', call, 1));
    open.push(call);
    if (open.length > OPEN) {
      const over = open.shift();
      const bye = feed(A, inside('BYE', over, 2));
      feed(B, reply(bye, '200 OK', ''));
    }
    if (i % 100 === 99) pass(500);
  }
  return messages / (Number(spent) / 1e9);
}

function invite(i) {
  return [
    'INVITE sip:bob@example.com SIP/2.0',
    `Via: SIP/2.0/UDP 127.0.0.10:5060;branch=z9hG4bKa${i}`,
    'Max-Forwards: 70',
    `From: "Alice" <sip:alice@example.com>;tag=a${i}`,
    'To: "Bob" <sip:bob@example.com>',
    `Call-ID: ${i}-call@127.0.0.10`,
    'CSeq: 1 INVITE',
    'Contact: <sip:alice@127.0.0.10:5060>',
    'Record-Route: <sip:127.0.0.10;lr>',
    'Allow: INVITE, ACK, CANCEL, BYE, OPTIONS, MESSAGE',
    'Supported: timer, 100rel',
    'User-Agent: bench/1.0',
    'Content-Type: application/sdp',
    `Content-Length: ${OFFER.length}`,
    '',
    OFFER,
  ].join('\r\n');
}

/** What a dumb user agent answers to what the core sent. */
function reply(request, status, tag, body = '') {
  const lines = [`SIP/2.0 ${status}`];
  for (const line of request.split('\r\n\r\n', 1)[0].split('\r\n')) {
    if (/^(?:Via|Record-Route|From|Call-ID|CSeq):/.test(line)) lines.push(line);
    else if (line.startsWith('To:')) lines.push(tag === '' ? line : `${line};tag=${tag}`);
  }
  lines.push('Contact: <sip:bob@127.0.0.40:5060>');
  if (body !== '') lines.push('Content-Type: application/sdp');
  lines.push(`Content-Length: ${body.length}`, '', body);
  return lines.join('\r\n');
}

function inside(method, { i, ok }, cseq) {
  const to = /^To: (.*)\r$/m.exec(ok)[1];
  const target = /^Contact: .*?<(.*?)>/m.exec(ok)[1];
  return [
    `${method} ${target} SIP/2.0`,
    `Via: SIP/2.0/UDP 127.0.0.10:5060;branch=z9hG4bK${method}${i}`,
    'Max-Forwards: 70',
    `From: "Alice" <sip:alice@example.com>;tag=a${i}`,
    `To: ${to}`,
    `Call-ID: ${i}-call@127.0.0.10`,
    `CSeq: ${cseq} ${method}`,
    'User-Agent: bench/1.0',
    'Content-Length: 0',
    '',
    '',
  ].join('\r\n');
}

function policy(passthrough, privacy) {
  return parsePolicy(
    `
adjacencies:
  - { name: a, local: [127.0.0.20], peers: [127.0.0.10], next-hops: [127.0.0.10], record-route-passthrough: ${passthrough}, topology-hiding: false }
  - { name: b, local: [127.0.0.30], peers: [127.0.0.40], next-hops: [127.0.0.40], topology-hiding: false }
cac: [{ name: all, caller-privacy: ${privacy} }]
`,
    'bench.yaml',
  ).policy;
}

function counting() {
  let n = 0;
  return { next: ({ kind }) => `${kind === 'branch' ? 'z9hG4bK' : kind}${(++n).toString(36)}` };
}

function endpoint(ip) {
  return { ip, port: 5060, text: `${ip}:5060`, version: 4 };
}

function flow(local, remote) {
  return { transport: 'udp', local: endpoint(local), remote: endpoint(remote), connection: 0 };
}

const A = flow('127.0.0.20', '127.0.0.10');
const B = flow('127.0.0.30', '127.0.0.40');
const OFFER = [
  'v=0',
  'o=alice 1 1 IN IP4 127.0.0.10',
  's=-',
  'c=IN IP4 127.0.0.10',
  't=0 0',
  'm=message 5060 sip sip:alice@127.0.0.10',
  '',
].join('\r\n');
const ANSWER = OFFER.replaceAll('alice', 'bob').replaceAll('127.0.0.10', '127.0.0.40');

for (const [name, passthrough, privacy] of [
  ['passthrough', true, 'never'],
  ['rewriting', false, 'never'],
  ['privacy', false, 'always'],
]) {
  const rates = [];
  for (let run = 0; run < 3; run++) rates.push(rate(passthrough, privacy));
  console.log(
    `${name.padEnd(12)} ${Math.round(Math.max(...rates)).toLocaleString('en')} messages/s in and out`,
  );
}
