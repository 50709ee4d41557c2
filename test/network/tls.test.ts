// SIP over TLS, as OpenSSL speaks it: every version and kind of cipher suite, with the secrets of its key log.
import { spawnSync } from 'node:child_process';
import { createCipheriv, createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { TLS_KEY_LOG } from '../../src/capture/pcapng-block.ts';
import type { OutcomeName } from '../../src/network/outcome.ts';
import type { OpenStream } from '../../src/network/tcp-consumer.ts';
import { tlsStreams } from '../../src/network/tls.ts';
import { TlsSecrets } from '../../src/network/tls-secrets.ts';
import { webSockets } from '../../src/network/web-socket.ts';
import { sipStreams } from '../../src/sip/framing.ts';
import { SipMessage } from '../../src/sip/message.ts';
import { scratchFolder } from '../cli/program.ts';
import { type Segment, TcpWire } from './tcp-wire.ts';
import { type Flight, selfSigned, type Talk, type Turn, talk } from './tls-talk.ts';

const hasOpenssl = spawnSync('openssl', ['version']).status === 0;
const folder = scratchFolder();
const RSA = hasOpenssl ? selfSigned(folder, 'rsa') : null;
const EC = hasOpenssl ? selfSigned(folder, 'ec') : null;
const skipped = hasOpenssl ? '' : ' (SKIPPED: there is no openssl to make certificates with)';

const TLS_1_3 = { ...RSA!, minVersion: 'TLSv1.3', maxVersion: 'TLSv1.3' } as const;
const TLS_1_2 = { ...RSA!, minVersion: 'TLSv1.2', maxVersion: 'TLSv1.2' } as const;

test('openssl is there where CI is set', () => {
  expect(hasOpenssl || process.env['CI'] !== 'true').toBe(true);
});

describe.skipIf(!hasOpenssl)(`SIP over TLS${skipped}`, () => {
  test.each([
    ['TLSv1.3', 'TLS_AES_128_GCM_SHA256'],
    ['TLSv1.3', 'TLS_AES_256_GCM_SHA384'],
    ['TLSv1.3', 'TLS_CHACHA20_POLY1305_SHA256'],
    ['TLSv1.3', 'TLS_AES_128_CCM_SHA256'],
    ['TLSv1.2', 'ECDHE-RSA-AES128-GCM-SHA256'],
    ['TLSv1.2', 'AES256-GCM-SHA384'],
    ['TLSv1.2', 'ECDHE-RSA-CHACHA20-POLY1305'],
    ['TLSv1.2', 'ECDHE-RSA-AES256-SHA384'],
    ['TLSv1.2', 'AES128-SHA256'],
    ['TLSv1.2', 'AES128-SHA'],
    ['TLSv1.2', 'AES128-CCM8'],
    ['TLSv1.2', 'AES256-CCM'],
    ['TLSv1.2', 'ECDHE-ECDSA-AES128-CCM8'],
    ['TLSv1.2', 'ECDHE-ECDSA-AES256-GCM-SHA384'],
    ['TLSv1.1', 'AES256-SHA'],
    ['TLSv1', 'ECDHE-RSA-AES256-SHA'],
    ['TLSv1', 'AES128-SHA'],
  ] as const)('%s with %s', async (version, cipher) => {
    const ciphers = version === 'TLSv1.3' ? cipher : `${cipher}:@SECLEVEL=0`;
    const context = {
      ...(/ECDSA/.test(cipher) ? EC! : RSA!),
      minVersion: version,
      maxVersion: version,
      ciphers,
    };
    const { seen, outcomes, codes } = read(await talk(context, TURNS));
    expect({ seen, outcomes, codes }).toEqual({ seen: EXPECTED, outcomes: ['sip', 'tls'], codes: [] });
  });

  test('a HelloRetryRequest', async () => {
    const server = { ...TLS_1_3, ecdhCurve: 'P-256' };
    const { seen, outcomes } = read(await talk(server, TURNS, { ecdhCurve: 'X25519:P-256' }));
    expect({ seen, outcomes }).toEqual({ seen: EXPECTED, outcomes: ['sip', 'tls'] });
  });

  test.each([TLS_1_3, TLS_1_2])('a session that is resumed: $minVersion', async (version) => {
    const context = { ...version, sessionIdContext: 'sip', ticketKeys: Buffer.alloc(48, 7) };
    const { session } = await talk(context, TURNS);
    expect(session).toBeDefined();
    const { seen, outcomes } = read(await talk(context, TURNS, { session }));
    expect({ seen, outcomes }).toEqual({ seen: EXPECTED, outcomes: ['sip', 'tls'] });
  });

  test('a connection that is negotiated anew', async () => {
    const turns = TURNS.map((turn, index) => ({ ...turn, renegotiates: index === 2 }));
    const { seen, outcomes } = read(await talk(TLS_1_2, turns));
    expect({ seen, outcomes }).toEqual({ seen: EXPECTED, outcomes: ['sip', 'tls'] });
  });

  test('keys that are updated', async () => {
    const { flights, keyLog, session } = await talk(TLS_1_3, TURNS);
    let secret: Buffer = Buffer.from(/^CLIENT_TRAFFIC_SECRET_0 \S+ (\S+)/m.exec(keyLog)![1]!, 'hex');
    const more: Flight[] = [];
    for (const text of [message('5', 20), message('6', 10_000)]) {
      secret = label(secret, 'traffic upd', 48);
      more.push({ fromClient: true, octets: sealed(secret, text) });
    }
    const { seen } = read({ flights: [...flights, ...more], keyLog, session });
    expect(seen.slice(4)).toEqual(['MESSAGE m5 20', 'MESSAGE m6 10000']);
  });

  test('without the secrets of the handshake', async () => {
    const { flights, keyLog, session } = await talk(TLS_1_3, TURNS);
    const { seen, outcomes } = read({ flights, keyLog: keyLog.replace(/^.*HANDSHAKE.*$/gm, ''), session });
    expect({ seen, outcomes }).toEqual({ seen: EXPECTED, outcomes: ['sip', 'tls-no-keys', 'tls'] });
  });

  test('with the secrets of other connections, or of none', async () => {
    const [one, other] = [await talk(TLS_1_3, TURNS), await talk(TLS_1_3, TURNS)];
    for (const keyLog of [other.keyLog, '# nothing\n'])
      expect(read({ ...one, keyLog })).toMatchObject({ seen: [], outcomes: ['tls-no-keys'], codes: [] });
  });

  test('what is not SIP', async () => {
    const turns = [
      { fromClient: true, text: 'GET / HTTP/1.1\r\nHost: example.com\r\n\r\n' },
      { fromClient: false, text: 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n' },
      { fromClient: true, text: '\x01\x02\x03' },
    ];
    expect(read(await talk(TLS_1_2, turns))).toMatchObject({ seen: [], outcomes: ['not-sip', 'tls'] });
  });

  test('a WebSocket', async () => {
    const said = read(await talk(TLS_1_3, WEB_SOCKET));
    expect([said.seen, said.transports]).toEqual([['MESSAGE m1 30'], ['wss']]);
  });

  test.each([
    ['TLS 1.3', TLS_1_3, ''],
    ['TLS 1.2', TLS_1_2, ''],
    ['TLS 1.2 with CBC', TLS_1_2, 'AES128-SHA:@SECLEVEL=0'],
  ])('%s with a packet lost: what comes after it is read', async (_, context, ciphers) => {
    const { flights, ...rest } = await talk(ciphers === '' ? context : { ...context, ciphers }, MANY);
    // The request of the second turn.
    const lost = flights.filter(({ fromClient }) => fromClient).length - 8;
    let sent = 0;
    const segments = segmentsOf(flights, 1 << 16).filter(({ from }) => from !== 1 || sent++ !== lost);
    const { seen, codes } = read({ flights, ...rest }, segments);
    expect(seen.length).toBeGreaterThan(MANY.length - 3);
    expect(seen.slice(-8)).toEqual(MANY_EXPECTED.slice(-8));
    expect(codes).toContain('tcp/gap');
  });

  test('records of many connections that never become whole', async () => {
    const { flights, keyLog, session } = await talk(TLS_1_3, TURNS);
    const half = segmentsOf(flights, 1460).slice(0, -12);
    const held = read({ flights, keyLog, session }, half, 4000);
    expect(held.codes).toContain('tls/buffer-full');
    expect(held.outcomes).toContain('tls-no-keys');
  });

  test('however it is cut into segments, these reordered and doubled', async () => {
    const talks = [await talk(TLS_1_3, TURNS), await talk(TLS_1_2, TURNS)];
    fc.assert(
      fc.property(
        fc.nat(1),
        fc.integer({ min: 20, max: 9000 }),
        fc.array(fc.nat(200)),
        (which, size, moves) => {
          const one = talks[which]!;
          const segments = segmentsOf(one.flights, size);
          for (const at of moves) {
            const [first, second] = [segments[at], segments[at + 1]];
            if (first === undefined || second === undefined) continue;
            // Neighbours of one direction change places; others are sent again.
            if (first.from === second.from) segments.splice(at, 2, second, first);
            else segments.splice(at + 1, 0, first);
          }
          expect(read(one, segments).seen).toEqual(EXPECTED);
        },
      ),
      { numRuns: 60 },
    );
  });

  test('damaged octets never throw, and each packet settles once', async () => {
    const talks = [await talk(TLS_1_3, TURNS), await talk(TLS_1_2, TURNS)];
    fc.assert(
      fc.property(
        fc.nat(1),
        fc.integer({ min: 100, max: 9000 }),
        fc.array(fc.tuple(fc.nat(60), fc.nat(9000), fc.nat(255)), { minLength: 1 }),
        fc.array(fc.nat(60)),
        (which, size, damage, lost) => {
          const one = talks[which]!;
          const segments = segmentsOf(one.flights, size).map((segment) => ({
            ...segment,
            data: Buffer.from(segment.data ?? ''),
          }));
          for (const [index, at, octet] of damage) {
            const data = segments[index]?.data;
            if (data !== undefined && data.length > 0) data[at % data.length] = octet;
          }
          read(
            one,
            segments.filter((_, index) => !lost.includes(index)),
          );
        },
      ),
      { numRuns: 200 },
    );
  });
});

interface Said {
  /** `MESSAGE m1 30`: what, Call-ID, octets of the body. */
  readonly seen: string[];
  readonly transports: string[];
  /** Of packets with octets, all that occurred, in their own order. */
  readonly outcomes: OutcomeName[];
  readonly codes: string[];
}

function read({ flights, keyLog }: Talk, segments = segmentsOf(flights, 1460), heldInAll = 1 << 20): Said {
  const seen: string[] = [];
  const transports = new Set<string>();
  const message = new SipMessage();
  const block = { type: TLS_KEY_LOG, data: Buffer.from(keyLog) };
  const wire = new TcpWire((self) => {
    const { ledger, onDiagnostic } = self;
    const common = { ledger, onDiagnostic };
    const onMessage = (payload: Parameters<SipMessage['read']>[0]): boolean => {
      if (!message.read(payload)) return false;
      seen.push(`${message.method || message.status} ${message.callId} ${message.body.length}`);
      transports.add(message.transport);
      return true;
    };
    const sip = sipStreams({ ...common, onMessage });
    const webSocket = webSockets({ ...common, onMessage });
    const open: OpenStream = (direction, carrier) =>
      carrier === 'tls'
        ? tls(direction, carrier)
        : carrier === 'web-socket'
          ? webSocket(direction)
          : sip(direction, carrier);
    const secrets = new TlsSecrets(() => [block]);
    const tls = tlsStreams({ ...common, openContent: open, secrets, heldInAll });
    return open;
  });
  // SYN and SYN-ACK come first.
  wire.send({ ...CLIENT, seq: 0, flags: 'S' }, { ...SERVER, seq: 0, ack: 1, flags: 'S' }, ...segments).end();
  expect([wire.ledger.settled, wire.fates.includes(undefined)]).toEqual([wire.ledger.read, false]);
  const outcomes = wire.ledger.occurred().flatMap(([name]) => (name === 'empty' ? [] : [name]));
  return { seen, transports: [...transports], outcomes, codes: [...new Set(wire.codes)] };
}

/** With the octets of each flight in segments of at most `size` octets, each acknowledging what came before it. */
function segmentsOf(flights: readonly Flight[], size: number): Segment[] {
  const segments: Segment[] = [];
  const next = { client: 1, server: 1 };
  for (const { fromClient, octets } of flights) {
    const [own, other] = fromClient ? (['client', 'server'] as const) : (['server', 'client'] as const);
    const ends = fromClient ? CLIENT : SERVER;
    for (let at = 0; at < octets.length; at += size) {
      const data = octets.subarray(at, at + size);
      segments.push({ ...ends, seq: next[own], ack: next[other], data });
      next[own] += data.length;
    }
  }
  return segments;
}

const CLIENT = { from: 1, to: 2, fromPort: 40_000, toPort: 5061 };
const SERVER = { from: 2, to: 1, fromPort: 5061, toPort: 40_000 };

/** A TLS 1.3 record of application data, with keys of its own making: TLS_AES_256_GCM_SHA384, the first of its secret. */
function sealed(secret: Buffer, text: string): Buffer {
  const plain = Buffer.from(`${text}\x17`);
  const header = Buffer.from([23, 3, 3, (plain.length + 16) >> 8, (plain.length + 16) & 0xff]);
  const cipher = createCipheriv('aes-256-gcm', label(secret, 'key', 32), label(secret, 'iv', 12));
  cipher.setAAD(header);
  return Buffer.concat([header, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

/** RFC 8446 §7.1 with SHA-384, for no more than one block. */
function label(secret: Buffer, name: string, length: number): Buffer {
  const info = Buffer.from(`\0${String.fromCharCode(length, name.length + 6)}tls13 ${name}\0\x01`, 'latin1');
  return createHmac('sha384', secret).update(info).digest().subarray(0, length);
}

function message(id: string, length: number): string {
  const head = [
    'MESSAGE sip:bob@example.com SIP/2.0',
    'Via: SIP/2.0/TLS 192.0.2.1;branch=z9hG4bK1',
    'From: <sip:alice@example.com>;tag=1',
    'To: <sip:bob@example.com>',
    `Call-ID: m${id}`,
    'CSeq: 1 MESSAGE',
    `Content-Length: ${length}`,
  ];
  return `${head.join('\r\n')}\r\n\r\n${'x'.repeat(length)}`;
}

function answer(id: string): string {
  return message(id, 0).replace('MESSAGE sip:bob@example.com SIP/2.0', 'SIP/2.0 200 OK');
}

const TURNS: Turn[] = [
  { fromClient: true, text: message('1', 30) },
  { fromClient: false, text: answer('1') },
  { fromClient: true, text: message('2', 40_000) },
  { fromClient: false, text: answer('2') },
];
const EXPECTED = ['MESSAGE m1 30', '200 m1 0', 'MESSAGE m2 40000', '200 m2 0'];

const MANY: Turn[] = Array.from({ length: 10 }, (_, index) => [
  { fromClient: true, text: message(`${index}`, 200) },
  { fromClient: false, text: answer(`${index}`) },
]).flat();
const MANY_EXPECTED = MANY.map(({ fromClient }, index) => {
  const id = `m${index >> 1}`;
  return fromClient ? `MESSAGE ${id} 200` : `200 ${id} 0`;
});

/** RFC 6455 §4 and §5.2: a handshake, then a text frame of the server, which has no mask. */
const HANDSHAKE = 'Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Protocol: sip\r\n';
const KEY = 'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n';
const IN_FRAME = Buffer.from(message('1', 30));
const WEB_SOCKET: Turn[] = [
  { fromClient: true, text: `GET / HTTP/1.1\r\nHost: a\r\n${HANDSHAKE}${KEY}\r\n` },
  { fromClient: false, text: `HTTP/1.1 101 Switching Protocols\r\n${HANDSHAKE}\r\n` },
  { fromClient: false, text: Buffer.concat([Buffer.from([0x81, 126, 0, IN_FRAME.length]), IN_FRAME]) },
];
