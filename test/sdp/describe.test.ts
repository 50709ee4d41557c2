import { expect, test } from 'vitest';
import { describeSdp } from '../../src/sdp/describe.ts';
import { iceDtlsOf } from '../../src/sdp/ice.ts';
import { msrpSession } from '../../src/sdp/msrp.ts';
import { rtcpPort } from '../../src/sdp/rtcp.ts';
import { secretRanges } from '../../src/sdp/secret.ts';
import { parseSdp } from '../../src/sdp/session.ts';
import { sourcesOf } from '../../src/sdp/source.ts';

const LINES = `v=0
o=alice 2890844526 2 IN IP4 host.example.com
s=-
c=IN IP4 233.252.0.1/127
b=TIAS:64000
t=3724394400 0
k=base64:c2VjcmV0
a=group:BUNDLE 1
m=audio 49170 RTP/SAVP 0 101
a=rtpmap:101 telephone-event/8000
a=fmtp:101 0-16
a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9|2^20|1:4 FEC_KEY=inline:QUJD|1:4;inline:REVG
a=key-mgmt:mikey AQAFgM0XflABAAAA
a=sendonly
a=candidate:2 1 UDP 1694498815 192.0.2.3 45664 typ srflx raddr 203.0.113.141 rport 8998
a=ice-ufrag:F7gI
a=ice-pwd:x9cml/YzichV2+XlhiMu8g
a=fingerprint:SHA-256 12:DF:3E
a=setup:actpass
a=rtcp:53020 IN IP6 2001:db8::1
a=ssrc:314159 cname:user@example.com
a=x-own:1
m=message 7654 TCP/MSRP *
a=path:msrps://relay.example.com:9000/aeuo;tcp msrp://a.example.com:7654/jshA7weztas;tcp
a=accept-types:message/cpim text/plain
m=x-ms-message 5060 sip null
m=video 0 RTP/AVP 31
oops`;

const sd = parseSdp(Buffer.from(LINES.replaceAll('\n', '\r\n')));

test('each line in words', () => {
  expect(
    describeSdp(sd)
      .map(({ text, meaning }) => `${text.slice(0, 24).padEnd(24)} | ${meaning}`)
      .join('\n'),
  ).toBe(
    `v=0                      | protocol version 0
o=alice 2890844526 2 IN  | session 2890844526 of alice, version 2, made at host.example.com
s=-                      | no session name
c=IN IP4 233.252.0.1/127 | media wanted at 233.252.0.1, TTL 127
b=TIAS:64000             | without lower layers at most 64000 bit/s
t=3724394400 0           | from 2018-01-08T10:00:00Z to any time
k=base64:c2VjcmV0        | encryption key (obsolete)
a=group:BUNDLE 1         | sections that belong together: BUNDLE 1
m=audio 49170 RTP/SAVP 0 | audio at port 49170, RTP/SAVP: PCMU/8000, telephone-event/8000
a=rtpmap:101 telephone-e | payload type 101 is telephone-event/8000
a=fmtp:101 0-16          | parameters of telephone-event/8000
a=crypto:1 AES_CM_128_HM | SRTP key 1 in clear: AES_CM_128_HMAC_SHA1_80
a=key-mgmt:mikey AQAFgM0 | key management message
a=sendonly               | sends only (on hold, when it was not before)
a=candidate:2 1 UDP 1694 | ICE candidate for RTP: srflx 192.0.2.3 port 45664 over UDP, based on 203.0.113.141 port 8998
a=ice-ufrag:F7gI         | ICE user name fragment
a=ice-pwd:x9cml/YzichV2+ | ICE password
a=fingerprint:SHA-256 12 | sha-256 fingerprint of the DTLS certificate
a=setup:actpass          | opens or waits for the connection
a=rtcp:53020 IN IP6 2001 | RTCP at port 53020 of 2001:db8::1
a=ssrc:314159 cname:user | RTP source 314159
a=x-own:1                | ${''}
m=message 7654 TCP/MSRP  | instant messaging (message) at port 7654, TCP/MSRP: MSRP session
a=path:msrps://relay.exa | MSRP path of 2 hop(s)
a=accept-types:message/c | takes messages of type message/cpim text/plain
m=x-ms-message 5060 sip  | instant messaging (x-ms-message) at port 5060, sip: null
m=video 0 RTP/AVP 31     | video: refused or removed (port 0)
oops                     | not an SDP line`,
  );
});

test('keys are found where they stand', () => {
  const found = secretRanges(sd).map(({ start, end, kind }) => [
    kind,
    sd.data.toString('latin1', start, end),
  ]);
  expect(found).toEqual([
    ['key', 'c2VjcmV0'],
    ['crypto', 'WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9'],
    ['crypto', 'QUJD'],
    ['crypto', 'REVG'],
    ['key-mgmt', 'AQAFgM0XflABAAAA'],
    ['ice-pwd', 'x9cml/YzichV2+XlhiMu8g'],
  ]);
});

test('attributes are typed when asked for', () => {
  const [audio, msrp] = sd.media;
  expect(iceDtlsOf(audio, sd)).toEqual({
    ufrag: 'F7gI',
    password: 'x9cml/YzichV2+XlhiMu8g',
    candidates: [
      {
        foundation: '2',
        component: 1,
        transport: 'UDP',
        priority: 1694498815,
        address: '192.0.2.3',
        port: 45664,
        type: 'srflx',
        relatedAddress: '203.0.113.141',
        relatedPort: 8998,
      },
    ],
    fingerprints: [{ hash: 'sha-256', value: '12:DF:3E' }],
    setup: 'actpass',
  });
  expect(rtcpPort(audio)).toBe(53020);
  expect(rtcpPort(msrp)).toBe(7655);
  expect(sourcesOf(audio)).toEqual([{ ssrc: 314159, name: 'cname', value: 'user@example.com' }]);
  expect(msrpSession(msrp)).toEqual({
    path: ['msrps://relay.example.com:9000/aeuo;tcp', 'msrp://a.example.com:7654/jshA7weztas;tcp'],
    acceptTypes: ['message/cpim', 'text/plain'],
    acceptWrappedTypes: [],
  });
});
