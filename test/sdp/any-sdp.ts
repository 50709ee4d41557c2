// Session descriptions that are nearly right: the lines of real ones in any order, with odd values and line ends.
import fc from 'fast-check';

export function anySdp(): fc.Arbitrary<Uint8Array> {
  const line = fc.oneof(
    fc.constantFrom(...LINES),
    fc
      .tuple(fc.constantFrom(...'vosiuepcbtrzkamx'), fc.string({ maxLength: 30 }))
      .map(([type, value]) => `${type}=${value}`),
    fc
      .tuple(fc.constantFrom(...NAMES), fc.string({ maxLength: 20 }))
      .map(([name, value]) => `a=${name}:${value}`),
    fc.string({ maxLength: 12 }),
  );
  return fc
    .array(fc.tuple(line, fc.constantFrom('\r\n', '\r\n', '\n', '\r', ' \r\n', '\t\n')), { maxLength: 25 })
    .map((lines) => Buffer.from(lines.map(([text, end]) => text + end).join(''), 'utf8'));
}

const NAMES = [
  'rtpmap',
  'fmtp',
  'candidate',
  'crypto',
  'group',
  'mid',
  'rtcp',
  'ssrc',
  'path',
  'key-mgmt',
  'sendonly',
];

const LINES = [
  'v=0',
  'o=- 0 0 IN IP4 192.0.2.1',
  's=-',
  'c=IN IP4 192.0.2.1',
  'c=IN IP4 224.2.1.1/127/3',
  'c=IN IP6 ff15::101/3',
  'c=IN  IP4 192.0.2.1',
  'c=IN IP4 192.0.2.1 ',
  't=0 0',
  'm=audio 49170 RTP/AVP 0 8 97',
  'm=video  49172/2  RTP/SAVPF 31 107',
  'm=audio 0 RTP/AVP 0',
  'm=message 5060 sip sip:caller@example.com',
  'm=x-ms-message 5060 sip null',
  'm=message 7654 TCP/MSRP *',
  'm=',
  'm=audio',
  'm=audio 99999 RTP/AVP 0',
  'm=application 9 UDP/DTLS/SCTP webrtc-datachannel',
  'a=rtpmap:97 opus/48000/2',
  'a=rtpmap:97 iLBC/8000',
  'a=rtpmap: 97 iLBC/8000',
  'a=rtpmap',
  'a=rtpmaq:97 opus/48000',
  'a=bundle-only',
  'a=sendonly',
  'a=inactive ',
  'a=recvonly:x',
  'a=setup:actpass',
  'a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:c2VjcmV0|2^20|1:4',
];
