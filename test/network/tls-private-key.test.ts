// SIP over TLS whose keys were sent under the RSA key of the server: with that key, and no key log.
import { spawnSync } from 'node:child_process';
import { createPrivateKey, generateKeyPairSync, X509Certificate } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DecryptionSecrets } from '../../src/capture/pcapng-annotation.ts';
import { PRIVATE_KEYS, TLS_KEY_LOG } from '../../src/capture/pcapng-block.ts';
import { scratchFolder } from '../cli/program.ts';
import { connectionByHand } from './tls-by-hand.ts';
import { damaged, EXPECTED, message, read, segmentsOf, TURNS } from './tls-reading.ts';
import { selfSigned, type Talk, talk } from './tls-talk.ts';

const hasOpenssl = spawnSync('openssl', ['version']).status === 0;
const skipped = hasOpenssl ? '' : ' (SKIPPED: there is no openssl to make certificates with)';
const folder = scratchFolder();
const RSA = hasOpenssl ? selfSigned(folder, 'rsa') : { key: Buffer.alloc(0), cert: Buffer.alloc(0) };
const EC = hasOpenssl ? selfSigned(folder, 'ec') : RSA;
const OURS = pem(RSA.key);
const WHOLE = { seen: EXPECTED, outcomes: ['sip', 'tls'], codes: [] };
const NOTHING = { seen: [], outcomes: ['tls-no-keys'] };
/** OpenSSL's SSL_OP_NO_EXTENDED_MASTER_SECRET. */
const PLAIN_MASTER = 1;

function contextOf(cipher: string, version: 'TLSv1' | 'TLSv1.1' | 'TLSv1.2' = 'TLSv1.2') {
  return { ...RSA, minVersion: version, maxVersion: version, ciphers: `${cipher}:@SECLEVEL=0` };
}

describe.skipIf(!hasOpenssl)(`the private key of the server${skipped}`, () => {
  test.each([
    ['TLSv1.2', 'AES128-SHA'],
    ['TLSv1.2', 'AES256-SHA256'],
    ['TLSv1.2', 'AES128-GCM-SHA256'],
    ['TLSv1.2', 'AES256-GCM-SHA384'],
    ['TLSv1.2', 'AES128-CCM8'],
    ['TLSv1.2', 'AES256-CCM'],
    ['TLSv1.1', 'AES256-SHA'],
    ['TLSv1', 'AES128-SHA'],
  ] as const)('%s with %s', async (version, cipher) => {
    const context = contextOf(cipher, version);
    for (const secureOptions of [0, PLAIN_MASTER]) {
      const said = await talk({ ...context, secureOptions }, TURNS);
      expect(read(said, { secrets: OURS })).toMatchObject(WHOLE);
      expect(read(said, { secrets: pem(EC.key) })).toMatchObject({ ...NOTHING, codes: ['tls/private-key'] });
    }
  });

  test('clients that show a certificate', async () => {
    const said = await talk({ ...contextOf('AES128-SHA256'), requestCert: true }, TURNS, RSA);
    const ofClient = said.flights.flatMap(({ fromClient, octets }) => (fromClient ? [octets] : []));
    expect(Buffer.concat(ofClient).includes(new X509Certificate(RSA.cert).raw)).toBe(true);
    expect(read(said, { secrets: OURS })).toMatchObject(WHOLE);
  });

  test('a connection that is negotiated anew', async () => {
    const turns = TURNS.map((turn, index) => ({ ...turn, renegotiates: index === 2 }));
    expect(read(await talk(contextOf('AES128-SHA'), turns), { secrets: OURS })).toMatchObject(WHOLE);
  });

  test('sessions that are resumed by their ticket, if the capture has where they began', async () => {
    const context = { ...contextOf('AES256-SHA'), sessionIdContext: 'sip', ticketKeys: Buffer.alloc(48, 7) };
    const first = await talk(context, TURNS);
    const second = await talk(context, TURNS, { session: first.session! });
    const third = await talk(context, TURNS, { session: second.session! });
    expect(second.flights[1]!.octets.length).toBeLessThan(first.flights[1]!.octets.length / 2);
    const segments = [first, second, third].flatMap(({ flights }, index) =>
      segmentsOf(flights, 1460, 40_000 + index),
    );
    expect(read(first, { segments, secrets: OURS })).toMatchObject({
      ...WHOLE,
      seen: [...EXPECTED, ...EXPECTED, ...EXPECTED],
    });
    expect(read(second, { secrets: OURS })).toMatchObject({ ...NOTHING, codes: [] });
  });

  test('the directions captured in another order', async () => {
    for (const secureOptions of [0, PLAIN_MASTER]) {
      const { flights, ...rest } = await talk({ ...contextOf('AES128-SHA'), secureOptions }, TURNS);
      const [clientHello, serverHello, exchange, finished, ...said] = segmentsOf(flights, 1 << 16);
      for (const segments of [
        [clientHello!, exchange!, serverHello!, finished!, ...said],
        [clientHello!, serverHello!, finished!, exchange!, ...said],
      ])
        expect(read({ flights, ...rest }, { segments, secrets: OURS })).toMatchObject(WHOLE);
    }
  });

  test('keys that are agreed by Diffie-Hellman: said once', async () => {
    const both = await Promise.all([talk(contextOf('ECDHE-RSA-AES128-SHA'), TURNS), talk(RSA, TURNS)]);
    const segments = both.flatMap(({ flights }, index) => segmentsOf(flights, 1460, 40_000 + index));
    const said = read(both[0], { segments, secrets: OURS });
    expect(said).toMatchObject({ ...NOTHING, codes: ['tls/forward-secrecy'] });
  });

  test('beside certificates and other keys, as PKCS #1 and in lines of Windows', async () => {
    const said = await talk(contextOf('AES128-SHA'), TURNS);
    const other = generateKeyPairSync('rsa', {
      modulusLength: 2048,
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
      publicKeyEncoding: { type: 'spki', format: 'pem' },
    });
    const old = createPrivateKey(RSA.key).export({ type: 'pkcs1', format: 'pem' });
    for (const text of [
      `subject=CN = sip.example.com\n${RSA.cert}${other.privateKey}${RSA.key}`,
      `${old}${RSA.cert}`,
      String(RSA.key).replaceAll('\n', '\r\n'),
    ])
      expect(read(said, { secrets: pem(text) })).toMatchObject(WHOLE);
  });

  test.each([
    ['encrypted', () => encryptedKey('pkcs8')],
    ['encrypted as it was before', () => encryptedKey('pkcs1')],
    ['a certificate alone', () => String(RSA.cert)],
    ['cut off', () => String(RSA.key).slice(0, 900)],
    ['damaged', () => String(RSA.key).replace(/[a-z]/g, 'x')],
    ['begun a thousand times', () => '-----BEGIN PRIVATE KEY-----\n'.repeat(1000)],
  ])('%s: it says so, and opens nothing', async (_, text) => {
    const said = await talk(contextOf('AES128-SHA'), TURNS);
    expect(read(said, { secrets: pem(text()) })).toMatchObject({ ...NOTHING, codes: ['tls/private-key'] });
  });

  test('a key log of old programs, which names the secret that was encrypted', async () => {
    const flights = byHand(1, { text: message('1', 30) });
    const client = Buffer.concat(flights.flatMap(({ fromClient, octets }) => (fromClient ? [octets] : [])));
    const encrypted = client.toString('hex', client.indexOf(Buffer.from([1, 2, 1, 0])) + 4).slice(0, 16);
    const keyLog = `RSA ${encrypted} ${PREMASTER.toString('hex')}\n`;
    const secrets = [{ type: TLS_KEY_LOG, data: Buffer.from(keyLog) }];
    expect(read(asTalk(flights), { secrets })).toMatchObject({ ...WHOLE, seen: ['MESSAGE m1 30'] });
  });

  test('3DES, and a session that is resumed by its ID', () => {
    const first = byHand(1, { text: message('1', 30) });
    const second = byHand(11, { text: message('2', 31), resumed: true });
    const segments = [first, second].flatMap((flights, index) => segmentsOf(flights, 1460, 40_000 + index));
    const seen = ['MESSAGE m1 30', 'MESSAGE m2 31'];
    expect(read(asTalk(first), { segments, secrets: OURS })).toMatchObject({ ...WHOLE, seen });
    expect(read(asTalk(second), { secrets: OURS })).toMatchObject({ ...NOTHING, codes: [] });
  });

  test('however it is cut into segments, damaged or not: each packet settles once', async () => {
    const one = await talk(contextOf('AES128-SHA'), TURNS);
    fc.assert(
      fc.property(
        fc.integer({ min: 20, max: 9000 }),
        fc.array(fc.tuple(fc.nat(60), fc.nat(9000), fc.nat(255))),
        fc.array(fc.nat(60)),
        (size, damage, lost) => {
          const segments = damaged(segmentsOf(one.flights, size), damage);
          const kept = segments.filter((_, index) => !lost.includes(index));
          const { seen } = read(one, { segments: kept, secrets: OURS });
          if (damage.length === 0 && kept.length === segments.length) expect(seen).toEqual(EXPECTED);
        },
      ),
      { numRuns: 200 },
    );
  });
});

const PREMASTER = Buffer.concat([Buffer.from([3, 3]), Buffer.alloc(46, 5)]);

function byHand(seed: number, rest: { text: string; resumed?: boolean }) {
  const sessionId = Buffer.alloc(32, 6);
  return connectionByHand({ certificate: RSA.cert, premaster: PREMASTER, sessionId, seed, ...rest });
}

function asTalk(flights: Talk['flights']): Talk {
  return { flights, keyLog: '', session: undefined };
}

function pem(text: string | Buffer): DecryptionSecrets[] {
  return [{ type: PRIVATE_KEYS, data: Buffer.from(text) }];
}

function encryptedKey(type: 'pkcs1' | 'pkcs8'): string {
  const key = createPrivateKey(RSA.key);
  return String(key.export({ type, format: 'pem', cipher: 'aes-256-cbc', passphrase: 'secret' }));
}
