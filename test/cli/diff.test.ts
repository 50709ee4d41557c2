// `diff` on real captures: both sides of a proxy, an ALG that rewrites, packets that got lost, clocks that are apart, two runs.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CaptureSet } from '../../src/capture/capture-set.ts';
import type { Packet } from '../../src/capture/packet.ts';
import { writePcapHeader, writePcapRecord } from '../../src/capture/pcap-writer.ts';
import { displayWidth } from '../../src/ladder/display-width.ts';
import { datagram, pcap, request, sip } from './captures.ts';
import { ROOT, refused, scratchFolder, sipspect } from './program.ts';

const folder = scratchFolder();
const PLAIN = 'samples/plain-call/call.pcap';
const UDP = 'samples/proxied-call/udp.pcapng';
const TCP = 'samples/proxied-call/tcp.pcap.gz';

/** A copy of a capture in the scratch folder, of the packets that `keeps` takes, `milliseconds` later. */
async function copy(
  name: string,
  capture: string,
  keeps: (packet: Packet) => boolean,
  milliseconds = 0,
): Promise<string> {
  const records: Buffer[] = [];
  let file = { linkType: 1, fcsLength: 0, snapLength: 0, nanoseconds: true };
  await new CaptureSet([join(ROOT, capture)], { onDiagnostic: () => {} }).each((packet) => {
    if (!keeps(packet)) return;
    file = { ...file, linkType: packet.iface.linkType };
    const { data, start, end, originalLength } = packet;
    const nanoseconds = packet.nanoseconds + (milliseconds % 1000) * 1e6;
    const seconds = packet.seconds + Math.floor(milliseconds / 1000) + Math.floor(nanoseconds / 1e9);
    records.push(
      writePcapRecord(file, { data, start, end, originalLength, seconds, nanoseconds: nanoseconds % 1e9 }),
    );
  });
  return built(name, Buffer.concat([writePcapHeader(file), ...records]));
}

function built(name: string, octets: Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, octets);
  return path;
}

/** Whether an address is one of the packet's two: its octets stand in the header. */
function isAt(address: string): (packet: Packet) => boolean {
  const octets = Buffer.from(address.split('.').map(Number));
  return ({ data, start, end }) => data.subarray(start, Math.min(end, start + 40)).includes(octets);
}

/** Output without the names of files in the scratch folder. */
async function diff(...args: readonly string[]): Promise<{ status: number | null; lines: string[] }> {
  const { stdout, stderr, status } = await sipspect(['diff', ...args]);
  expect(stderr).toBe('');
  return { status, lines: stdout.replaceAll(`${folder}/`, '').trimEnd().split('\n') };
}

type Json = ReturnType<typeof JSON.parse>;

async function records(...args: readonly string[]): Promise<Json[]> {
  const { lines } = await diff('--json', ...args);
  return lines.map((line) => JSON.parse(line));
}

test('both sides of a proxy: what it changed, what it answered by itself, how long it took', async () => {
  const before = await copy('caller.pcap', UDP, isAt('127.0.0.10'));
  const after = await copy('callee.pcap', UDP, isAt('127.0.0.40'));
  expect(await diff(before, after)).toEqual({
    status: 1,
    lines: [
      'before    caller.pcap: 1 call, 7 messages',
      'after     callee.pcap: 1 call, 6 messages',
      'calls     1 in both (by Call-ID), 1 of them differs, none in one only',
      'messages  6 in both, 6 of them changed, 1 only in before, 0 only in after',
      'transit   before → after: median 0.277 ms, 0.247 ms to 6.9 ms (3 messages)',
      '          after → before: median 0.144 ms, 0.081 ms to 0.150 ms (3 messages)',
      '',
      'Changed most, in so many messages',
      '  6  Via           changed    + SIP/2.0/UDP 127.0.0.20;branch=z9hG4bK7039.21ba0…',
      '  3  Max-Forwards  changed    70 → 69',
      '  2  Route         gone       - <sip:127.0.0.20;lr=on;ftag=40a1>',
      '  1  Record-Route  added      + <sip:127.0.0.20;lr=on;ftag=40a1>',
      '  1  Request-URI   changed    example.com → 127.0.0.40',
      '',
      'call 1 │ 1  sip:alice@example.com → sip:bob@example.com',
      '  by Call-ID 1-40@127.0.0.10',
      '  INVITE (1)  packet 1 │ 1  6.9 ms',
      '    Request-URI   - sip:bob@example.com',
      '                  + sip:bob@127.0.0.40',
      '    Via           + SIP/2.0/UDP 127.0.0.20;branch=z9hG4bK7039.21ba08672af712ed16',
      '                    8f5db411f0e1cd.0',
      '    Max-Forwards  - 70',
      '                  + 69',
      '    Record-Route  + <sip:127.0.0.20;lr=on;ftag=40a1>',
      '  - 100 trying -- your call is important to us (1 INV…  packet 2, only in before',
      '  180 Ringing (1 INVITE)  packet 3 │ 2  -0.081 ms',
      '    as above: Via',
      '  200 OK (1 INVITE)  packet 4 │ 3  -0.150 ms',
      '    as above: Via',
      '  ACK (1)  packet 5 │ 4  0.247 ms',
      '    Route         - <sip:127.0.0.20;lr=on;ftag=40a1>',
      '    as above: Via, Max-Forwards',
      '  BYE (2)  packet 6 │ 5  0.277 ms',
      '    as above: Via, Max-Forwards, Route',
      '  200 OK (2 BYE)  packet 7 │ 6  -0.144 ms',
      '    as above: Via',
    ],
  });
});

test('nothing differs', async () => {
  expect(await diff(UDP, UDP)).toEqual({
    status: 0,
    lines: [
      'before    samples/proxied-call/udp.pcapng: 1 call, 13 messages',
      'after     samples/proxied-call/udp.pcapng: 1 call, 13 messages',
      'calls     1 in both (by Call-ID), none of them differs, none in one only',
      'messages  13 in both, none of them changed, none in one only',
      'transit   before → after: median 0 ms, 0 ms to 0 ms (6 messages)',
      '          after → before: median 0 ms, 0 ms to 0 ms (7 messages)',
      '',
      'Nothing differs.',
    ],
  });
});

test('an ALG that rewrote addresses, in headers and session descriptions', async () => {
  // As many octets, so that lengths stay: this is what comes of a translator that knows SIP.
  const octets = readFileSync(join(ROOT, PLAIN), 'latin1')
    .replaceAll('127.0.0.10', '192.0.2.10')
    .replaceAll('Call-ID: 1-21@192.0.2.10', 'Call-ID: 1-21@127.0.0.10');
  const after = built('alg.pcap', Buffer.from(octets, 'latin1'));
  const { lines } = await diff(PLAIN, after);
  expect(lines.slice(6, 20)).toEqual([
    '',
    'Changed most, in so many messages',
    '  7  Via      changed    127.0.0.10 → 192.0.2.10',
    '  1  Contact  changed    127.0.0.10 → 192.0.2.10',
    '  1  SDP c=   changed    127.0.0.10 → 192.0.2.10',
    '  1  SDP o=   changed    127.0.0.10 → 192.0.2.10',
    '',
    'call 1 │ 1  sip:alice@example.com → sip:bob@127.0.0.40',
    '  by Call-ID 1-21@127.0.0.10',
    '  INVITE (1)  packet 1 │ 1  0 ms',
    '    Via      - SIP/2.0/UDP 127.0.0.10:5060;branch=z9hG4bK-21-1-0',
    '             + SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bK-21-1-0',
    '    Contact  - <sip:alice@127.0.0.10:5060>',
    '             + <sip:alice@192.0.2.10:5060>',
  ]);
  const { status, lines: none } = await diff(
    ...['--ignore', 'v', '--ignore', 'contact', '--filter', 'sip.Method == "OPTIONS"'],
    ...[PLAIN, after],
  );
  expect([status, none[2]]).toEqual([0, 'calls     0 in both, none of them differs, none in one only']);
});

test('packets that got lost, and clocks that are apart', async () => {
  const after = await copy('lost.pcap', UDP, ({ frame }) => frame !== 6 && frame !== 7, 5000);
  const [pair, summary, ...none] = await records(UDP, after);
  expect(none).toEqual([]);
  const { messages, ...rest } = pair!;
  expect(messages.filter(({ kind }: Json) => kind !== 'same')).toEqual(
    [6, 7].map((before) => ({
      kind: 'only-before',
      label: '200 OK (1 INVITE)',
      before,
      after: null,
      transit: null,
      cut: false,
      changes: [],
    })),
  );
  expect(messages[0]).toEqual({
    kind: 'same',
    label: 'INVITE (1)',
    before: 1,
    after: 1,
    transit: 5000,
    cut: false,
    changes: [],
  });
  expect(rest).toEqual({
    v: 1,
    type: 'pair',
    by: 'call-id',
    same: false,
    compared: true,
    beyond: 0,
    before: { ...CALL, start: '2026-11-21T04:46:37.627356000Z', messages: 13 },
    after: { ...CALL, start: '2026-11-21T04:46:42.627356000Z', messages: 11 },
    facts: [{ name: 'media of the callee', before: 'audio PCMU/8000', after: '' }],
    delays: [],
  });
  expect(summary).toEqual({
    v: 1,
    type: 'summary',
    before: { calls: 1, messages: 13, only: 0 },
    after: { calls: 1, messages: 11, only: 0 },
    pairs: { byCallId: 1, byParties: 0, same: 0, differing: 1, uncompared: 0 },
    messages: { matched: 11, changed: 0, onlyBefore: 2, onlyAfter: 0, uncompared: 0 },
    transit: { offset: 5000, away: NO_TIME(6), back: NO_TIME(5) },
    changes: [],
  });
});

test('two runs of one scenario, over UDP and over TCP', async () => {
  const { lines } = await diff(UDP, TCP);
  expect(lines.slice(0, 23)).toEqual([
    'before    samples/proxied-call/udp.pcapng: 1 call, 13 messages',
    'after     samples/proxied-call/tcp.pcap.gz: 1 call, 13 messages',
    'calls     1 in both (by who calls whom), 1 of them differs, none in one only',
    'messages  13 in both, 13 of them changed, none in one only',
    '',
    'Changed most, in so many messages',
    '  13  Via           changed    UDP → TCP',
    '   6  Contact       changed    UDP → TCP',
    '   5  Record-Route  changed    + transport=tcp;',
    '   5  Request-URI   changed    + ;transport=tcp',
    '   2  Route         changed    + transport=tcp;',
    '',
    'call 1 │ 1  sip:alice@example.com → sip:bob@example.com',
    '  by who calls whom  Call-ID 1-40@127.0.0.10 │ 1-81@127.0.0.10',
    '  INVITE (1)  packet 1 │ 4',
    '    Via           - SIP/2.0/UDP 127.0.0.10:5060;branch=…',
    '                  + SIP/2.0/TCP 127.0.0.10:5060;branch=…',
    '    Contact       - <sip:alice@127.0.0.10:5060;transport=UDP>',
    '                  + <sip:alice@127.0.0.10:5060;transport=TCP>',
    '  100 trying -- your call is important to us (1 INVITE)  packet 2 │ 6',
    '    as above: Via',
    '  INVITE (1)  packet 3 │ 10',
    '    Request-URI   - sip:bob@127.0.0.40',
  ]);
  const [plain, all, without] = await Promise.all([
    records(UDP, TCP),
    records('--all', UDP, TCP),
    records('--ignore', 'v', '--ignore', 'CONTACT', UDP, TCP),
  ]);
  const names = (list: Json[]): string[] => list.at(-1)!.changes.map(({ name }: Json) => name);
  expect(names(plain)).toEqual(['Via', 'Contact', 'Record-Route', 'Request-URI', 'Route']);
  expect(names(all)).toEqual(['Call-ID', 'From', 'Via', 'To', ...names(plain).slice(1)]);
  expect(names(without)).toEqual(['Record-Route', 'Request-URI', 'Route']);
});

test('calls that only one capture has, and how many are told', async () => {
  const { status, lines } = await diff('--limit', '2', 'samples/failed-calls/failed-calls.pcapng', PLAIN);
  expect(status).toBe(1);
  expect(lines).toEqual([
    'before    samples/failed-calls/failed-calls.pcapng: 5 calls, 38 messages',
    'after     samples/plain-call/call.pcap: 1 call, 7 messages',
    'calls     0 in both, none of them differs, 5 only in before, 1 only in after',
    'messages  0 in both, none of them changed, 38 only in before, 7 only in after',
    '',
    'Only in before',
    '  1  sip:alice@example.com → sip:nobody@example.com',
    '     call rejected, 404 Not Found from 127.0.0.20:5060, 3 messages, packet 1 at',
    '     04:42:57.270',
    '     Call-ID 1-36@127.0.0.10',
    '  2  sip:alice@example.com → sip:busy@example.com',
    '     call busy, 486 Busy Here from 127.0.0.40:5060, 9 messages, packet 4 at',
    '     04:42:57.787',
    '     Call-ID 1-45@127.0.0.10',
    '… and 3 more such calls: see --limit',
    '',
    'Only in after',
    '  1  sip:alice@example.com → sip:bob@127.0.0.40',
    '     call completed, BYE by the caller, 7 messages, packet 1 at 04:23:09.858',
    '     Call-ID 1-21@127.0.0.10',
  ]);
});

test('standard input is one of both; what cannot be read, and wrong usage', async () => {
  const piped = await sipspect(['diff', '-', PLAIN], { stdin: readFileSync(join(ROOT, PLAIN)) });
  expect([piped.status, piped.stderr, piped.stdout.split('\n')[7]]).toEqual([0, '', 'Nothing differs.']);
  const missing = join(folder, 'missing.pcap');
  expect(await sipspect(['diff', PLAIN, missing])).toEqual(
    refused(
      `sipspect: ${missing}: cannot be read: ENOENT: no such file or directory\nsipspect: no capture could be read\n`,
    ),
  );
  expect(await sipspect(['diff', '-', '-'])).toEqual(
    refused('sipspect: standard input (-) can be read only once\n'),
  );
  expect(await sipspect(['diff', PLAIN])).toEqual(refused("sipspect: missing required argument 'after'\n"));
  expect(await sipspect(['diff', '--limit', 'x', PLAIN, PLAIN])).toEqual(
    refused('sipspect: --limit takes a whole number, not "x"\n'),
  );
});

test('secrets of TLS are for both captures', async () => {
  const call = 'samples/tls-call/call.pcap';
  const { status, lines } = await diff('--with', 'samples/tls-call/keys.txt', call, call);
  expect([status, lines[2]]).toEqual([
    0,
    'calls     1 in both (by Call-ID), none of them differs, none in one only',
  ]);
});

const EVIL = '\x1b]0;owned\x07\u202e\x9b31m\r\x00';

test('text that acts on a terminal does not reach it, and lines are as wide as it is', async () => {
  const call = (text: string): Buffer =>
    pcap([
      datagram(request('INVITE', [`X-${text}: ${text}`, `Subject: ${text.repeat(40)}`, text])),
      datagram(
        sip([
          `SIP/2.0 486 Busy ${text}`,
          'Via: SIP/2.0/UDP 10.0.0.1;branch=z9hG4bK1',
          'From: <sip:alice@example.com>;tag=a',
          'To: <sip:bob@example.com>;tag=b',
          'Call-ID: call-1@10.0.0.1',
          'CSeq: 1 INVITE',
        ]),
        { src: '10.0.0.2', dst: '10.0.0.1' },
      ),
      datagram(request('MESSAGE', [`Call-ID: ${text}`])),
    ]);
  const [one, other] = [built('evil.pcap', call(EVIL)), built('tame.pcap', call('tame'))];
  for (const args of [[], ['--json'], ['--by', 'parties', '--all']]) {
    const { status, stdout, stderr } = await sipspect(['diff', ...args, one, other]);
    expect([status, stderr, ACTING.exec(stdout)]).toEqual([1, '', null]);
    if (args[0] !== '--json')
      expect(stdout.split('\n').filter((line) => displayWidth(line) > 80 && !line.includes(folder))).toEqual(
        [],
      );
  }
  const coloured = await sipspect(['diff', '--color', 'always', one, other]);
  expect(coloured.stdout).toContain('\x1b[31m');
  expect(ACTING.exec(coloured.stdout.replace(/\x1b\[[\d;]*m/g, ''))).toBe(null);
});

test('credentials and keys are compared, and not shown', async () => {
  const call = (secret: string): Buffer =>
    pcap([
      datagram(
        request(
          'INVITE',
          [
            `Authorization: Digest username="alice", nonce="n", response="${secret}"`,
            'Content-Type: application/sdp',
          ],
          `v=0\r\no=- 1 1 IN IP4 10.0.0.1\r\ns=-\r\nt=0 0\r\nm=audio 4000 RTP/SAVP 0\r\na=ice-pwd:${secret}\r\n`,
        ),
      ),
    ]);
  const [one, other] = [built('one.pcap', call('secret4711')), built('other.pcap', call('hidden4712'))];
  const { status, lines } = await diff(one, other);
  expect(status).toBe(1);
  expect(lines.slice(-4)).toEqual([
    '  by Call-ID call-1@10.0.0.1',
    '  INVITE (1)  packet 1 │ 1  0 ms',
    '    Authorization        differs in what is masked',
    '    SDP audio a=ice-pwd  differs in what is masked',
  ]);
  const [text, json] = [lines.join('\n'), JSON.stringify(await records('--all', one, other))];
  expect([text, json].filter((shown) => /secret4711|hidden4712/.test(shown))).toEqual([]);
});

const CALL = {
  id: 1,
  callId: '1-40@127.0.0.10',
  kind: 'call',
  method: 'INVITE',
  from: 'sip:alice@example.com',
  to: 'sip:bob@example.com',
  state: 'completed',
  cause: 'BYE by the caller',
  frame: 1,
};
const NO_TIME = (count: number) => ({ count, median: 0, lowest: 0, highest: 0 });
/** Controls but for the line end, and what turns the direction of text. */
const ACTING = /[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/;
