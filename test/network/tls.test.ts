// SIP over TLS, as OpenSSL speaks it: every version and kind of cipher suite, with the secrets of its key log.
import { spawnSync } from 'node:child_process';
import { createCipheriv, createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { scratchFolder } from '../cli/program.ts';
import { answer, damaged, EXPECTED, message, read, segmentsOf, TURNS } from './tls-reading.ts';
import { type Flight, selfSigned, type Turn, talk } from './tls-talk.ts';

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

  test.each([TLS_1_3, TLS_1_2])(
    'secrets that come one by one, late or never: $minVersion',
    async (version) => {
      const said = await talk(version, TURNS);
      const lines = said.keyLog.trim().split('\n');
      for (const later of [lines, ['', said.keyLog], ['', '', '', said.keyLog]]) {
        const { seen, outcomes } = read(said, { later: later.map((text) => `${text}\n`) });
        expect({ seen: seen.sort(), outcomes }).toEqual({
          seen: [...EXPECTED].sort(),
          outcomes: ['sip', 'tls'],
        });
      }
      expect(read(said, { later: [] })).toMatchObject({ seen: [], outcomes: ['tls-no-keys'], codes: [] });
      const held = segmentsOf(said.flights, 500);
      const tight = read(said, { later: [], segments: held, heldInAll: 3000 });
      expect(tight).toMatchObject({ seen: [], outcomes: ['tls-no-keys'], codes: ['tls/buffer-full'] });
    },
  );

  test('what is not SIP', async () => {
    const turns = [
      { fromClient: true, text: 'GET / HTTP/1.1\r\nHost: example.com\r\n\r\n' },
      { fromClient: false, text: 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n' },
      { fromClient: true, text: '\x01\x02\x03' },
    ];
    const said = await talk(TLS_1_2, turns);
    expect(read(said)).toMatchObject({ seen: [], outcomes: ['not-sip', 'tls'], codes: [] });
    // What follows is not decrypted: that it cannot be is not seen.
    const flights = said.flights.map(({ fromClient, octets }, index) => {
      const damaged = Buffer.from(octets);
      if (index >= said.flights.length - 1) damaged.fill(0xff, 5);
      return { fromClient, octets: damaged };
    });
    expect(read({ ...said, flights })).toMatchObject({ seen: [], outcomes: ['not-sip', 'tls'], codes: [] });
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
    const { seen, codes } = read({ flights, ...rest }, { segments });
    expect(seen.length).toBeGreaterThan(MANY.length - 3);
    expect(seen.slice(-8)).toEqual(MANY_EXPECTED.slice(-8));
    expect(codes).toContain('tcp/gap');
  });

  test('records of many connections that never become whole', async () => {
    const { flights, keyLog, session } = await talk(TLS_1_3, TURNS);
    const half = segmentsOf(flights, 1460).slice(0, -12);
    const held = read({ flights, keyLog, session }, { segments: half, heldInAll: 4000 });
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
          expect(read(one, { segments }).seen).toEqual(EXPECTED);
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
          const segments = damaged(segmentsOf(one.flights, size), damage);
          read(one, { segments: segments.filter((_, index) => !lost.includes(index)) });
        },
      ),
      { numRuns: 200 },
    );
  });
});

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
