// What decrypting TLS and framing the SIP inside do a second: `node test/bench/tls.bench.mjs [megabytes]`. The connection is made
// beforehand, in memory; figures are of octets on the wire and processor time, the test's own segments included.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TLS_KEY_LOG } from '../../src/capture/pcapng-block.ts';
import { tlsStreams } from '../../src/network/tls/tls.ts';
import { TlsSecrets } from '../../src/network/tls/tls-secrets.ts';
import { sipStreams } from '../../src/sip/framing/framing.ts';
import { TcpWire } from '../network/tcp-wire.ts';
import { selfSigned, talk } from '../network/tls-talk.ts';

const MEGABYTES = Number(process.argv[2] ?? 32);
const MESSAGE = message();
const folder = mkdtempSync(join(tmpdir(), 'sipspect-bench-'));
const certificate = selfSigned(folder, 'rsa');
rmSync(folder, { recursive: true });

for (const [version, ciphers] of [
  ['TLSv1.3', 'TLS_AES_256_GCM_SHA384'],
  ['TLSv1.3', 'TLS_CHACHA20_POLY1305_SHA256'],
  ['TLSv1.2', 'ECDHE-RSA-AES128-GCM-SHA256'],
  ['TLSv1.2', 'AES128-SHA'],
])
  await report(version, ciphers);

async function report(version, ciphers) {
  const context = { ...certificate, minVersion: version, maxVersion: version, ciphers };
  const count = Math.ceil((MEGABYTES * 1e6) / MESSAGE.length);
  // A record for each message, as programs write them.
  const turns = Array.from({ length: count }, () => ({ fromClient: true, text: MESSAGE }));
  const { flights, keyLog } = await talk(context, turns);
  const block = { type: TLS_KEY_LOG, data: Buffer.from(keyLog) };
  let framed = 0;
  const wire = new TcpWire(({ ledger, onDiagnostic }) => {
    const onMessage = () => ++framed > 0;
    const sip = sipStreams({ ledger, onDiagnostic, onMessage });
    const secrets = new TlsSecrets({ secrets: [block], lookAhead() {}, secretsGrow: false }, () => {});
    const tls = tlsStreams({ ledger, onDiagnostic, secrets, openContent: sip });
    return (direction, carrier) => (carrier === 'tls' ? tls : sip)(direction, carrier);
  });
  const next = [1, 1];
  wire.send({ seq: 0, flags: 'S' }, { from: 2, to: 1, seq: 0, ack: 1, flags: 'S' });
  let octets = 0;
  const before = process.cpuUsage();
  for (const { fromClient, octets: data } of flights) {
    const [own, other] = fromClient ? [0, 1] : [1, 0];
    const ends = fromClient ? {} : { from: 2, to: 1 };
    wire.send({ ...ends, seq: next[own], ack: next[other], data });
    next[own] += data.length;
    octets += data.length;
  }
  wire.end();
  const { user, system } = process.cpuUsage(before);
  if (framed !== count) throw new Error(`${framed} of ${count} messages were framed`);
  const seconds = (user + system) / 1e6;
  console.log(
    `${version} ${ciphers}`.padEnd(42),
    `${(octets / 1e6 / seconds).toFixed(0)} MB/s, ${((seconds / count) * 1e6).toFixed(1)} µs a message`,
  );
}

function message() {
  const body = 'v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nt=0 0\r\n'.padEnd(250, 'a=x\r\n');
  const head = `INVITE sip:bob@example.com SIP/2.0\r\nVia: SIP/2.0/TLS 192.0.2.1;branch=z9hG4bK1\r\nMax-Forwards: 70\r\nFrom: <sip:alice@example.com>;tag=1\r\nTo: <sip:bob@example.com>\r\nCall-ID: 1@192.0.2.1\r\nCSeq: 1 INVITE\r\n`;
  return `${head}Subject: ${'y'.repeat(150)}\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
}
