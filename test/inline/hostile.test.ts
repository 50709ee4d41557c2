// Nothing from the wire can crash it: the real core under the driver, with messages that were damaged on the way in.
import { expect, test } from 'vitest';
import { systemClock } from '../../src/inline/clock.ts';
import { InlineDriver } from '../../src/inline/driver.ts';
import type { Log } from '../../src/inline/log.ts';
import { endpointOf } from '../../src/inline/peer-table.ts';
import { RandomIdentifiers } from '../../src/inline/random-identifiers.ts';
import { SbcCore } from '../../src/sbc/core.ts';
import type { Flow } from '../../src/sbc/flow.ts';
import { SeededRandom } from '../differential/seeded-random.ts';
import { policyOf, request } from './scene.ts';

const POLICY = policyOf(`
adjacencies:
  - {name: a, local: [127.0.0.20], peers: [127.0.0.10], next-hops: [127.0.0.10], registered-subscribers: true}
  - {name: b, local: [127.0.0.21], peers: [127.0.0.30], next-hops: [127.0.0.30], record-route-passthrough: true}
cac: [{caller-privacy: always}]
routes:
  - {match: {inbound-adjacency: a}, adjacency: b}
  - {match: {inbound-adjacency: b}, adjacency: a}
inline: {limits: {source-rate: 1000000}}
`);
const flow = (end: 'a' | 'b', transport: 'udp' | 'tcp' = 'udp'): Flow => ({
  transport,
  local: endpointOf(end === 'a' ? '127.0.0.20' : '127.0.0.21', 5060),
  remote: endpointOf(end === 'a' ? '127.0.0.10' : '127.0.0.30', 5060),
  connection: transport === 'tcp' ? 1 : 0,
});

const SDP = [
  ...['v=0', 'o=- 1 1 IN IP4 127.0.0.10', 's=-', 'c=IN IP4 127.0.0.10', 't=0 0'],
  ...['m=x-ms-message 5060 sip null', 'a=accept-types:text/plain', ''],
].join('\r\n');
const METHODS = [
  'INVITE',
  'ACK',
  'BYE',
  'CANCEL',
  'OPTIONS',
  'REGISTER',
  'PRACK',
  'SUBSCRIBE',
  'NOTIFY',
  'MESSAGE',
];
const MORE = ['INFO', 'UPDATE', 'REFER', 'PUBLISH', 'FOO'];
const HEADERS = [
  ...[
    'Contact: <sip:alice@127.0.0.10>;expires=60',
    'Expires: 60',
    'Event: presence',
    'Privacy: id;header;critical',
  ],
  ...['Content-Type: application/sdp', 'Record-Route: <sip:127.0.0.99;lr>', 'Route: <sip:127.0.0.20;lr>'],
  ...['Refer-To: <sip:carol@example.com?Replaces=x%3Bto-tag%3Dy>', 'RAck: 1 1 INVITE', 'Session-Expires: 90'],
  ...[
    'P-Asserted-Identity: "A" <sip:a@example.com>',
    'Require: foo',
    'Max-Forwards: 0',
    'Via: SIP/2.0/UDP x',
  ],
];

test('damaged requests, responses and what follows from them cost nothing but themselves', () => {
  const random = new SeededRandom(11);
  const errors: unknown[] = [];
  const log: Log = {
    write(level, code, fields) {
      if (level === 'error') errors.push([code, fields]);
    },
  };
  const identifiers = new RandomIdentifiers();
  const clock = systemClock();
  const core = new SbcCore({ policy: POLICY, identifiers, limits: { transactions: 2000, sessions: 200 } });
  const driver = new InlineDriver({ policy: POLICY, core, clock, log, identifiers, resolve: () => [] });
  const sent: Buffer[] = [];
  driver.carrier = {
    send(way, octets, send) {
      if (random.below(20) === 0) {
        driver.sendFailed(send, 'ECONNREFUSED');
        return null;
      }
      if (sent.length < 500) sent.push(octets);
      else sent[random.below(500)] = octets;
      return way;
    },
    alias() {},
  };
  let received = 0;
  for (let turn = 0; turn < 20_000; turn++) {
    const seed = turn % 3 === 0 || sent.length === 0 ? made(random) : heard(random, sent);
    const octets = random.below(3) === 0 ? seed : damaged(random, seed);
    const way = flow(random.below(2) === 0 ? 'a' : 'b', random.below(4) === 0 ? 'tcp' : 'udp');
    driver.received(way, octets, 0, octets.length);
    received++;
    if (random.below(500) === 0) driver.closed(flow('a', 'tcp'), 'ECONNRESET', true);
  }
  driver.close();
  expect(errors).toEqual([]);
  expect(driver.counters.of('core-failures')).toBe(0);
  const { transactions = 0, dialogs = 0, setups = 0 } = driver.pending;
  // Some room is kept for what is up already.
  expect([transactions <= 4000, dialogs <= 220, setups <= 220]).toEqual([true, true, true]);
  expect(received).toBe(20_000);
});

/** A request of any method, with any headers. */
function made(random: SeededRandom): Buffer {
  const method = random.below(8) === 0 ? pick(random, MORE) : pick(random, METHODS);
  const headers = HEADERS.filter(() => random.below(4) === 0);
  const text = request(method, {
    headers,
    callId: `c${random.below(300)}`,
    body: random.below(2) === 0 ? SDP : '',
    ...(random.below(4) === 0 && { toTag: `t${random.below(5)}` }),
  });
  return Buffer.from(text.replace('z9hG4bK1', `z9hG4bK${random.below(1000)}`));
}

/** What the core sent comes back, or is answered. */
function heard(random: SeededRandom, sent: readonly Buffer[]): Buffer {
  const octets = pick(random, sent);
  const text = octets.toString('latin1');
  if (text.startsWith('SIP/2.0') || random.below(4) === 0) return octets;
  const status = pick(random, [
    '100 Trying',
    '180 Ringing',
    '200 OK',
    '302 Moved',
    '407 No',
    '488 No',
    '603 No',
  ]);
  const kept = text.split('\r\n').filter((line) => /^(via|from|to|call-id|cseq|record-route):/i.test(line));
  const lines = kept.map((line) => (/^to:/i.test(line) && !line.includes('tag=') ? `${line};tag=z` : line));
  const contact = `Contact: <sip:bob@127.0.0.30>`;
  return Buffer.from(
    [`SIP/2.0 ${status}`, ...lines, contact, `Content-Length: ${SDP.length}`, '', SDP].join('\r\n'),
  );
}

function damaged(random: SeededRandom, seed: Buffer): Buffer {
  let octets = Buffer.from(seed);
  for (let left = 1 + random.below(4); left > 0; left--) {
    const at = random.below(octets.length);
    const to = Math.min(octets.length, at + random.below(40));
    switch (random.below(6)) {
      case 0:
        octets[at] = random.below(256);
        break;
      case 1:
        octets = Buffer.concat([octets.subarray(0, at), octets.subarray(to)]);
        break;
      case 2:
        octets = Buffer.concat([octets.subarray(0, to), octets.subarray(at)]);
        break;
      case 3:
        octets[at] = pick(random, [0, 9, 10, 13, 32, 34, 44, 58, 59, 60, 61, 62, 64, 255]);
        break;
      case 4: {
        const lines = octets.toString('latin1').split('\r\n');
        lines.splice(random.below(lines.length), 1, pick(random, lines), pick(random, lines));
        octets = Buffer.from(lines.join('\r\n'), 'latin1');
        break;
      }
      default:
        octets = octets.subarray(0, Math.max(at, 1));
    }
    if (octets.length === 0) return Buffer.from('x');
  }
  return octets;
}

function pick<Item>(random: SeededRandom, list: readonly Item[]): Item {
  return list[random.below(list.length)]!;
}
