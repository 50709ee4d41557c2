// In which fields two messages differ, and what is masked of two runs.
import { describe, expect, test } from 'vitest';
import { type FieldChange, fieldChanges } from '../../src/diff/field-changes.ts';
import type { SipMessage } from '../../src/sip/message.ts';
import { messageOf } from '../../src/sip/parse.ts';

const REQUEST = 'INVITE sip:bob@example.com SIP/2.0';
const SDP = [
  'v=0',
  'o=- 1 1 IN IP4 10.0.0.1',
  's=-',
  'c=IN IP4 10.0.0.1',
  't=0 0',
  'm=audio 4000 RTP/AVP 0 8',
];

function message(lines: readonly string[], body = ''): SipMessage {
  return messageOf([...lines, '', body].join('\r\n'))!;
}

function withSdp(...lines: readonly string[]): SipMessage {
  return message([REQUEST, 'Content-Type: application/sdp'], lines.map((line) => `${line}\r\n`).join(''));
}

function changes(
  before: SipMessage,
  after: SipMessage,
  { masked = false, ignored = [] }: { masked?: boolean; ignored?: readonly string[] } = {},
): string[] {
  return fieldChanges(before, after, { masked, ignored: new Set(ignored) }).map(words);
}

/** `Via changed - a + b`. */
function words({ name, change, before, after, secret }: FieldChange): string {
  const values = [...before.map((value) => `- ${value}`), ...after.map((value) => `+ ${value}`)];
  return [name, change, ...(secret ? ['secret'] : values)].join(' ');
}

describe('headers', () => {
  test.each<
    readonly [name: string, before: readonly string[], after: readonly string[], changed: readonly string[]]
  >([
    [
      'compact and folded names are the same',
      ['v: SIP/2.0/UDP a;branch=z', 'Subject: a b'],
      ['VIA: SIP/2.0/UDP a;branch=z', 'subject: a', '  b'],
      [],
    ],
    ['the order between names does not matter', ['Subject: a', 'X-One: 1'], ['X-One: 1', 'Subject: a'], []],
    ['values in a row or in several', ['Allow: INVITE, ACK'], ['Allow: INVITE', 'Allow: ACK'], []],
    [
      'the order of values does',
      ['Route: <sip:a>, <sip:b>'],
      ['Route: <sip:b>, <sip:a>'],
      ['Route reordered - <sip:a> - <sip:b> + <sip:b> + <sip:a>'],
    ],
    [
      'gone, added and changed',
      ['X-Gone: 1', 'Subject: a'],
      ['Subject: b', 'X-New: 2'],
      ['X-Gone gone - 1', 'Subject changed - a + b', 'X-New added + 2'],
    ],
    [
      'only the values that differ',
      ['Via: SIP/2.0/UDP a'],
      ['Via: SIP/2.0/UDP p, SIP/2.0/UDP a'],
      ['Via changed + SIP/2.0/UDP p'],
    ],
    ['an empty header is one', ['Supported:'], [], ['Supported gone - ']],
    [
      'lines that are no header',
      ['nonsense', 'Subject: a'],
      ['other nonsense', 'Subject: a'],
      ['line without colon changed - nonsense + other nonsense'],
    ],
    [
      'credentials are compared, and not shown',
      ['Authorization: Digest username="a", response="0001"'],
      ['Authorization: Digest username="a", response="0002"'],
      ['Authorization changed secret'],
    ],
    [
      'what stands beside them is shown',
      ['Authorization: Digest username="a", response="0001"'],
      ['Authorization: Digest username="b", response="0002"'],
      ['Authorization changed - Digest username="a", response=****** + Digest username="b", response=******'],
    ],
  ])('%s', (_, before, after, changed) => {
    expect(changes(message([REQUEST, ...before]), message([REQUEST, ...after]))).toEqual(changed);
  });

  test('ignored ones are left out', () => {
    const [before, after] = [message([REQUEST, 'v: a', 'X-A: 1']), message([REQUEST, 'v: b', 'x-a: 2'])];
    expect(changes(before, after, { ignored: ['via', 'x-a'] })).toEqual([]);
  });

  test('start lines', () => {
    expect(changes(message([REQUEST]), message(['INVITE sip:bob@10.0.0.9 SIP/2.0']))).toEqual([
      'Request-URI changed - sip:bob@example.com + sip:bob@10.0.0.9',
    ]);
    expect(changes(message(['SIP/2.0 200 OK']), message(['SIP/2.0 200 Fine']))).toEqual([
      'reason phrase changed - OK + Fine',
    ]);
  });

  test('of a message that the capture cut only what both show', () => {
    const before = message([REQUEST, 'Subject: a', 'Contact: <sip:a@10.0.0.1>', 'X-Last: 12345'], 'body');
    const after = message([REQUEST, 'Subject: b', 'Contact: <sip:a@10.0']);
    after.truncated = true;
    expect(changes(before, after)).toEqual(['Subject changed - a + b']);
  });
});

describe('session descriptions and other bodies', () => {
  test.each<
    readonly [name: string, before: readonly string[], after: readonly string[], changed: readonly string[]]
  >([
    [
      'an address that an ALG wrote',
      SDP,
      [
        SDP[0]!,
        'o=- 1 1 IN IP4 192.0.2.7',
        SDP[2]!,
        'c=IN IP4 192.0.2.7',
        SDP[4]!,
        'm=audio 62000 RTP/AVP 0 8',
      ],
      [
        'SDP o= changed - - 1 1 IN IP4 10.0.0.1 + - 1 1 IN IP4 192.0.2.7',
        'SDP c= changed - IN IP4 10.0.0.1 + IN IP4 192.0.2.7',
        'SDP audio m= changed - audio 4000 RTP/AVP 0 8 + audio 62000 RTP/AVP 0 8',
      ],
    ],
    [
      'a direction',
      [...SDP, 'a=sendrecv'],
      [...SDP, 'a=sendonly'],
      ['SDP audio direction changed - sendrecv + sendonly'],
    ],
    [
      'attributes by name',
      [...SDP, 'a=rtpmap:0 PCMU/8000', 'a=ptime:20'],
      [...SDP, 'a=ptime:30', 'a=rtpmap:0 PCMU/8000', 'a=rtcp-mux'],
      ['SDP audio a=ptime changed - 20 + 30', 'SDP audio a=rtcp-mux added + '],
    ],
    [
      'a medium more',
      SDP,
      [...SDP, 'm=video 4002 RTP/AVP 96', 'a=rtpmap:96 H264/90000'],
      ['SDP video added + video 4002 RTP/AVP 96'],
    ],
    [
      'media of one kind have numbers',
      [...SDP, 'm=audio 4002 RTP/AVP 8'],
      [...SDP, 'm=audio 4004 RTP/AVP 8'],
      ['SDP audio 2 m= changed - audio 4002 RTP/AVP 8 + audio 4004 RTP/AVP 8'],
    ],
    [
      'keys are not shown',
      [...SDP, 'a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:AAAA'],
      [...SDP, 'a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:BBBB'],
      ['SDP audio a=crypto changed secret'],
    ],
    ['what is no line of it', [...SDP, 'nonsense'], SDP, ['SDP audio line gone - nonsense']],
  ])('%s', (_, before, after, changed) => {
    expect(changes(withSdp(...before), withSdp(...after))).toEqual(changed);
  });

  test('a description that is gone, and other bodies by their length', () => {
    const text = ['MESSAGE sip:bob@example.com SIP/2.0', 'Content-Type: text/plain'];
    expect(changes(withSdp(...SDP), message([REQUEST, 'Content-Type: application/sdp']))).toEqual([
      'SDP gone - audio 4000 RTP/AVP 0 8',
    ]);
    expect(changes(message(text, 'one'), message(text, 'four'))).toEqual([
      'body text/plain changed - 3 octets + 4 octets',
    ]);
    expect(changes(message(text, 'one'), message(text, 'two'))).toEqual([
      'body text/plain changed - 3 octets + 3 octets',
    ]);
  });

  test('parts of a multipart', () => {
    const parts = (other: string): SipMessage =>
      message(
        [REQUEST, 'Content-Type: multipart/mixed;boundary=b'],
        `--b\r\nContent-Type: application/sdp\r\n\r\n${SDP.join('\r\n')}\r\n--b\r\nContent-Type: application/isup\r\n\r\n${other}\r\n--b--\r\n`,
      );
    expect(changes(parts('\x01\x02'), parts('\x01\x02\x03'))).toEqual([
      'body application/isup changed - 2 octets + 3 octets',
    ]);
  });
});

describe('two runs', () => {
  test('what is new with every call is masked, all of it', () => {
    const run = (id: string): SipMessage => {
      const body = [
        ...['v=0', `o=- ${id} ${id} IN IP4 10.0.0.1`, 's=-', 'c=IN IP4 10.0.0.1', 't=0 0'],
        ...[`m=audio 4${id} RTP/SAVPF 0`, `a=rtcp:5${id} IN IP4 10.0.0.1`, `a=ice-ufrag:${id}`],
        ...[`a=ice-pwd:pwd${id}`, `a=candidate:${id} 1 udp 21${id} 10.0.0.1 4${id} typ host`],
        ...[`a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:key${id}`, `a=fingerprint:sha-256 AB:${id}`],
        ...[`a=ssrc:${id} cname:${id}`, `a=msid:${id} ${id}`, ''],
      ].join('\r\n');
      const proof = `nonce="${id}", uri="sip:b", response="${id}", cnonce=${id}, nc=000000${id[0]}1`;
      return message(
        [
          REQUEST,
          `Via: SIP/2.0/UDP 10.0.0.1;branch=z9hG4bK${id};rport=4${id}`,
          `Record-Route: <sip:10.0.0.2;lr;ftag=${id}>`,
          `From: <sip:a@example.com>;tag=${id}`,
          `To: <sip:b@example.com>;tag=t${id}`,
          `Call-ID: call-${id}@10.0.0.1`,
          `CSeq: ${id} INVITE`,
          `Date: Sat, 21 Nov 2026 0${id[0]}:00:00 GMT`,
          `Session-ID: ${id.padStart(32, '0')}`,
          `Authorization: Digest username="a", ${proof}`,
          `Replaces: other-${id};to-tag=${id};from-tag=${id}`,
          `X-Vendor: leg=call-${id}@10.0.0.1`,
          'Content-Type: application/sdp',
          `Content-Length: ${body.length}`,
        ],
        body,
      );
    };
    expect(changes(run('1234'), run('56789'), { masked: true })).toEqual([]);
    // All headers but Content-Type, and of the description those lines that hold the number.
    expect(changes(run('1234'), run('56789'))).toHaveLength(12 + 10);
  });

  test.each<readonly [before: string, after: string, changed: string]>([
    [
      'Via: SIP/2.0/UDP 10.0.0.1;branch=z9hG4bK1',
      'Via: SIP/2.0/TCP 10.0.0.1;branch=z9hG4bK2',
      'Via changed - SIP/2.0/UDP 10.0.0.1;branch=… + SIP/2.0/TCP 10.0.0.1;branch=…',
    ],
    ['From: <sip:a@x>;tag=1', 'From: <sip:a@y>;tag=2', 'From changed - <sip:a@x>;tag=… + <sip:a@y>;tag=…'],
    [
      'Authorization: Digest nonce="1", qop=auth',
      'Authorization: Digest nonce="2", algorithm=MD5',
      'Authorization changed - Digest nonce=…, qop=auth + Digest nonce=…, algorithm=MD5',
    ],
    ['Date: now', 'X-Date: now', 'Date gone - …'],
  ])('what is left of %s shows', (before, after, changed) => {
    const [first] = changes(message([REQUEST, before]), message([REQUEST, after]), { masked: true });
    expect(first).toBe(changed);
  });

  test('a port says that the medium is refused', () => {
    const refused = [...SDP.slice(0, 5), 'm=audio 0 RTP/AVP 0 8'];
    expect(changes(withSdp(...SDP), withSdp(...refused), { masked: true })).toEqual([
      'SDP audio m= changed - audio … RTP/AVP 0 8 + audio 0 RTP/AVP 0 8',
    ]);
  });
});
