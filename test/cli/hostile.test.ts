// Text from the wire never acts on the terminal, and secrets are not shown, whatever the verb.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { datagram, pcap, request, sip } from './captures.ts';
import { done, scratchFolder, sipspect } from './program.ts';

const folder = scratchFolder();
const EVIL = '\x1b]0;owned\x07\x1b[2J\x9b31m\x00\x08\x7f\u202e';

const hostile = join(folder, 'hostile.pcap');
writeFileSync(
  hostile,
  pcap([
    datagram(
      request(
        'INVITE',
        [
          `Subject: ${EVIL}`,
          `X-${EVIL}: value`,
          `Contact: "${EVIL}" <sip:${EVIL}@10.0.0.1>`,
          'Content-Type: application/sdp',
        ],
        `v=0\r\no=${EVIL} 1 1 IN IP4 10.0.0.1\r\ns=${EVIL}\r\nc=IN IP4 10.0.0.1\r\nt=0 0\r\nm=${EVIL} 4000 RTP/AVP 0\r\na=${EVIL}\r\n`,
      ),
    ),
    datagram(
      sip([
        `SIP/2.0 404 ${EVIL}`,
        'Via: SIP/2.0/UDP 10.0.0.1;branch=z9hG4bK1',
        'From: <sip:alice@example.com>;tag=a',
        `To: "${EVIL}" <sip:bob@example.com>;tag=b${EVIL}`,
        'Call-ID: call-1@10.0.0.1',
        'CSeq: 1 INVITE',
      ]),
      { src: '10.0.0.2', dst: '10.0.0.1' },
    ),
    datagram(
      sip(
        [
          `${EVIL} sip:${EVIL}@example.com SIP/2.0`,
          `MESSAGE sip:${EVIL}@example.com SIP/2.0`,
          `Via: SIP/2.0/UDP ${EVIL};branch=z9hG4bK${EVIL}`,
          `From: "${EVIL}" <sip:${EVIL}@example.com>;tag=${EVIL}`,
          `To: ${EVIL}`,
          `Call-ID: ${EVIL}`,
          `CSeq: 1 ${EVIL}`,
          `Content-Type: text/${EVIL}`,
        ].slice(1),
        EVIL,
      ),
    ),
    datagram(Buffer.concat([request('OPTIONS', [`Via: ${EVIL}`, `User-Agent: a\rb\rc`]), Buffer.from(EVIL)])),
  ]),
);

test.concurrent.for<readonly string[]>([
  [],
  ['calls'],
  ['calls', '--json'],
  ['ladder'],
  ['ladder', '--ascii', '--alias', `${EVIL.replaceAll('\0', '')}=10.0.0.1`],
  ...['svg', 'html', 'mermaid', 'plantuml', 'json'].map((format) => ['ladder', '--format', format]),
  ['show'],
  ['show', '--explain', '--secrets'],
  ['messages'],
  ['messages', '--json'],
  ['packets'],
  ['packets', '--json'],
  ['stats'],
  ['stats', '--json'],
  ['stats', '--format', 'svg'],
  ['stats', '--format', 'html'],
  ...['table', 'json', 'ndjson', 'sarif', 'junit', 'csv', 'markdown'].map((format) => [
    'audit',
    '--fail-on',
    'never',
    '--format',
    format,
  ]),
  ...[['--ladder', '--all'], ['--json'], ['--what-if', 'privacy=on', '--all']].map((options) => [
    ...['replay', '--as', 'x=10.0.0.2', '--fail-on', 'never'],
    ...options,
  ]),
])('%j gives no octet that acts on a terminal', async (args) => {
  const { stdout, stderr, status } = await sipspect([...args, hostile]);
  expect(status).toBe(0);
  expect(stdout.length).toBeGreaterThan(60);
  // CSV ends its lines with CRLF (RFC 4180).
  expect(ACTING.exec((stdout + stderr).replaceAll('\r\n', '\n'))).toBe(null);
});

test('names of files and what filters say are safe as well', async () => {
  const name = EVIL.replaceAll('\0', '');
  mkdirSync(join(folder, name));
  const runs = await Promise.all([
    sipspect(['calls', join(folder, name)]),
    sipspect(['calls', join(folder, `${name}.pcap`)]),
    sipspect(['calls', '--filter', `sip.${name} == 1`, hostile]),
    sipspect(['calls', '--filter', `sip.Method == "${name}" nonsense`, hostile]),
    sipspect(['calls', `--${name}`, hostile]),
    sipspect(['ladder', '--index', name, hostile]),
    sipspect(['ladder', '--width', name, hostile]),
    sipspect(['ladder', '--time', name, hostile]),
    sipspect(['ladder', '--alias', name, hostile]),
    sipspect(['ladder', '--hosts', join(folder, name), hostile]),
    sipspect(['audit', join(folder, name)]),
    sipspect(['audit', '--only', name, hostile]),
    sipspect(['audit', '--format', name, hostile]),
    sipspect(['audit', '--rules', name, hostile]),
    sipspect(['audit', '--policy', name, hostile]),
    sipspect(['audit', '--baseline', name, hostile]),
    sipspect(['explain', name]),
    sipspect(['rules', name]),
    sipspect(['extract', '-w', join(folder, name, name, 'x.pcap'), hostile]),
  ]);
  for (const { stdout, stderr, status } of runs) {
    expect({ stdout, status }).toEqual({ stdout: '', status: 2 });
    expect(stderr).toMatch(/^sipspect: /);
    expect(ACTING.exec(stderr)).toBe(null);
  }
});

test('with colour, the only sequences are those of colours', async () => {
  for (const verb of ['calls', 'ladder', 'show']) {
    const { stdout } = await sipspect([verb, '--color', 'always', hostile]);
    expect(stdout).toContain('\x1b[');
    expect(ACTING.exec(stdout.replace(/\x1b\[[\d;]*m/g, ''))).toBe(null);
  }
});

const SECRETS = [
  'proof4711',
  'QWxhZGRpbjpvcGVu',
  'urlpassword',
  'WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz',
  'icepassword4711',
  'clearkey4711',
];
const secret = join(folder, 'secret.pcap');
writeFileSync(
  secret,
  pcap([
    datagram(
      request(
        'INVITE',
        [
          'Authorization: Digest username="alice", realm="r", nonce="n", uri="sip:r", response="proof4711"',
          'Proxy-Authorization: Basic QWxhZGRpbjpvcGVu',
          'Contact: <sip:alice:urlpassword@10.0.0.1>',
          'Content-Type: application/sdp',
        ],
        [
          'v=0\r\no=- 1 1 IN IP4 10.0.0.1\r\ns=-\r\nc=IN IP4 10.0.0.1\r\nt=0 0\r\nk=clear:clearkey4711\r\n',
          'm=audio 4000 RTP/SAVP 0\r\na=ice-pwd:icepassword4711\r\n',
          'a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz\r\n',
        ].join(''),
      ),
    ),
  ]),
);

test('show masks credentials and keys unless --secrets is given', async () => {
  const found = async (...options: string[]) => {
    const { stdout } = await sipspect(['show', ...options, secret]);
    return SECRETS.filter((word) => stdout.includes(word));
  };
  expect(await found()).toEqual([]);
  expect(await found('--explain')).toEqual([]);
  expect(await found('--secrets')).toEqual(SECRETS);
  expect(await found('--raw')).toEqual(SECRETS);
});

test('no other verb gives them', async () => {
  for (const args of [
    ['ladder'],
    ['calls', '--json'],
    ['messages', '--json'],
    ['messages'],
    ['stats', '--json'],
    ...['table', 'json', 'sarif', 'junit', 'csv', 'markdown'].map((format) => ['audit', '--format', format]),
    ...['passthrough=on', 'privacy=on'].map((change) => {
      return ['replay', '--as', 'x=10.0.0.2', '--what-if', change, '--json'];
    }),
    ['replay', '--as', 'x=10.0.0.2', '--what-if', 'passthrough=on', '--all', '--ladder'],
  ]) {
    const { stdout } = await sipspect([...args, secret]);
    expect(SECRETS.filter((word) => stdout.includes(word))).toEqual([]);
  }
});

test('show --raw gives the octets as they are', async () => {
  const one = request('MESSAGE', ['Subject: ä\xff'], Buffer.from([0, 27, 255, 13, 10]));
  const two = request('OPTIONS', [`Subject: ${EVIL}`]);
  const file = join(folder, 'raw.pcap');
  writeFileSync(file, pcap([datagram(one), datagram(two)]));
  const [first, all] = await Promise.all([
    sipspect(['show', '--raw', '--frame', '1', file], { octets: true }),
    sipspect(['show', '--raw', file], { octets: true }),
  ]);
  expect(first).toEqual(done(one.toString('latin1')));
  expect(all).toEqual(done(one.toString('latin1') + two.toString('latin1')));
});

/** Controls but for the line end, and what turns the direction of text. */
const ACTING = /[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/;
