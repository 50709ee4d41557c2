// SIP over TLS (frame, Call-ID, CSeq, method or status), against tshark with the same secrets: a key log, and the private key of the
// server. OpenSSL speaks it; what it no longer speaks is written by the tests.
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { scratchFolder } from '../cli/program.ts';
import { connectionByHand } from '../network/tls-by-hand.ts';
import { tlsCapture } from '../network/tls-capture.ts';
import { message, TURNS } from '../network/tls-reading.ts';
import { type Flight, selfSigned, talk } from '../network/tls-talk.ts';
import { differencesOf, readSipByFrame } from './sip-by-frame.ts';
import { readWithTshark, tsharkVersion } from './tshark.ts';

const folder = scratchFolder();
const version = tsharkVersion();
const isThere = version !== undefined && spawnSync('openssl', ['version']).status === 0;
const isCi = ['true', '1'].includes(process.env['CI'] ?? '');
const skipped = isThere ? '' : ' (SKIPPED: there is no tshark or no openssl)';

test.skipIf(!isThere && !isCi)(`SIP over TLS is what tshark ${version ?? ''} finds${skipped}`, async () => {
  expect(isThere, 'tshark and openssl are needed where CI is set').toBe(true);
  const rsa = selfSigned(folder, 'rsa');
  const connections: Flight[][] = [];
  let keyLog = '';
  for (const [version, cipher] of SPOKEN) {
    const ciphers = version === 'TLSv1.3' ? cipher : `${cipher}:@SECLEVEL=0`;
    const said = await talk({ ...rsa, minVersion: version, maxVersion: version, ciphers }, TURNS);
    connections.push(said.flights);
    keyLog += said.keyLog;
  }
  const byHand = { certificate: rsa.cert, premaster: Buffer.from([3, 3, ...Array(46).keys()]) };
  const session = { ...byHand, sessionId: Buffer.alloc(32, 6) };
  connections.push(connectionByHand({ ...session, seed: 1, text: message('3', 30) }));
  connections.push(connectionByHand({ ...session, seed: 11, text: message('4', 30), resumed: true }));

  const [path, keys] = [join(folder, 'tls.pcap'), join(folder, 'keys.txt')];
  writeFileSync(path, tlsCapture(connections));
  writeFileSync(keys, keyLog);
  const byLog = readWithTshark(path, '-o', `tls.keylog_file:${keys}`);
  expect(byLog.size).toBe(TURNS.length * SPOKEN.length);
  expect(differencesOf(await readSipByFrame(path, keys), byLog)).toEqual([]);
  const key = join(folder, 'rsa.key');
  const byKey = readWithTshark(path, '-o', `uat:rsa_keys:"${key}",""`);
  expect(byKey.size).toBe(TURNS.length * SPOKEN.filter(([, , byRsa]) => byRsa).length + 2);
  expect(differencesOf(await readSipByFrame(path, key), byKey)).toEqual([]);
});

/** Version, cipher suite, and whether the private key opens it. */
const SPOKEN = [
  ['TLSv1.3', 'TLS_AES_128_GCM_SHA256', false],
  ['TLSv1.3', 'TLS_AES_256_GCM_SHA384', false],
  ['TLSv1.3', 'TLS_CHACHA20_POLY1305_SHA256', false],
  ['TLSv1.3', 'TLS_AES_128_CCM_SHA256', false],
  ['TLSv1.2', 'ECDHE-RSA-AES128-GCM-SHA256', false],
  ['TLSv1.2', 'ECDHE-RSA-CHACHA20-POLY1305', false],
  ['TLSv1.2', 'ECDHE-RSA-AES256-SHA384', false],
  ['TLSv1.2', 'AES256-GCM-SHA384', true],
  ['TLSv1.2', 'AES128-GCM-SHA256', true],
  ['TLSv1.2', 'AES128-SHA256', true],
  ['TLSv1.2', 'AES128-SHA', true],
  ['TLSv1.2', 'AES128-CCM8', true],
  ['TLSv1.2', 'AES256-CCM', true],
  ['TLSv1.1', 'AES256-SHA', true],
  ['TLSv1', 'AES128-SHA', true],
] as const;
