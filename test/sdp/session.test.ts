import fc from 'fast-check';
import { expect, test } from 'vitest';
import { describeSdp } from '../../src/sdp/describe.ts';
import { im, mixed } from '../../src/sdp/instant-message.ts';
import { compareOfferAnswer } from '../../src/sdp/offer-answer.ts';
import { eachMediaAddress, mediaKinds, scanMedia } from '../../src/sdp/scan.ts';
import { secretRanges } from '../../src/sdp/secret.ts';
import { parseSdp, type SessionDescription } from '../../src/sdp/session.ts';
import { summarizeMedia } from '../../src/sdp/summary.ts';
import { writeSdp } from '../../src/sdp/write.ts';
import { anySdp } from './any-sdp.ts';

const FULL = [
  'v=0',
  'o=jdoe 3724394400 3724394405 IN IP4 198.51.100.1',
  's=Call to John Smith',
  'i=SDP Offer #1',
  'u=http://www.jdoe.example.com/home.html',
  'e=Jane Doe <jane@jdoe.example.com>',
  'p=+1 617 555-6011',
  'c=IN IP4 233.252.0.1/127/3',
  'b=AS:128',
  't=3724394400 3724398000',
  'r=7d 1h 0 25h',
  'z=3730928400 -1h 3749680800 0',
  'k=prompt',
  'a=group:BUNDLE a v',
  'a=sendonly',
  'm=audio 49180/2 RTP/AVP 0 9 97 101',
  'i=Voice',
  'c=IN IP6 2001:db8::1',
  'b=TIAS:50780',
  'a=rtpmap:97 opus/48000/2',
  'a=rtpmap:101 telephone-event/8000',
  'a=ptime:20',
  'a=mid:a',
  'a=recvonly',
  'm=image 40008 udptl t38',
  '',
].join('\r\n');

test('every line of RFC 8866 is read', () => {
  const sd = parseSdp(Buffer.from(FULL));
  expect({
    version: sd.version,
    origin: sd.origin,
    name: sd.name,
    information: sd.information,
    uri: sd.uri,
    emails: sd.emails,
    phones: sd.phones,
    connection: sd.connection,
    bandwidths: sd.bandwidths,
    timings: sd.timings,
    key: sd.key,
    direction: sd.ownDirection,
    media: sd.media.map((media) => ({
      ...media.connection,
      title: media.information,
      ports: media.portCount,
    })),
  }).toEqual({
    version: 0,
    origin: {
      username: 'jdoe',
      sessionId: '3724394400',
      sessionVersion: '3724394405',
      networkType: 'IN',
      addressType: 'IP4',
      address: '198.51.100.1',
      valid: true,
    },
    name: 'Call to John Smith',
    information: 'SDP Offer #1',
    uri: 'http://www.jdoe.example.com/home.html',
    emails: ['Jane Doe <jane@jdoe.example.com>'],
    phones: ['+1 617 555-6011'],
    connection: {
      networkType: 'IN',
      addressType: 'IP4',
      address: '233.252.0.1',
      ttl: 127,
      addressCount: 3,
      valid: true,
    },
    bandwidths: [{ modifier: 'AS', value: 128 }],
    timings: [
      {
        start: 3724394400,
        stop: 3724398000,
        repeats: [{ interval: 604800, duration: 3600, offsets: [0, 90000] }],
        zones: [
          { time: 3730928400, offset: -3600 },
          { time: 3749680800, offset: 0 },
        ],
      },
    ],
    key: 'prompt',
    direction: 'sendonly',
    media: [
      {
        networkType: 'IN',
        addressType: 'IP6',
        address: '2001:db8::1',
        valid: true,
        title: 'Voice',
        ports: 2,
      },
      { title: undefined, ports: 1 },
    ],
  });
  expect(sd.diagnostics).toEqual([]);
});

test('media are summarized', () => {
  expect(summarizeMedia(parseSdp(Buffer.from(FULL)))).toEqual([
    {
      media: 'audio',
      port: 49180,
      protocol: 'RTP/AVP',
      formats: ['0', '9', '97', '101'],
      codecs: ['PCMU/8000', 'G722/8000', 'opus/48000/2', 'telephone-event/8000'],
      address: '2001:db8::1',
      direction: 'recvonly',
      im: false,
      rejected: false,
    },
    {
      media: 'image',
      port: 40008,
      protocol: 'udptl',
      formats: ['t38'],
      codecs: ['t38'],
      address: '233.252.0.1',
      direction: 'sendonly',
      im: false,
      rejected: false,
    },
  ]);
});

test.each([
  ['m=message 5060 sip sip:caller@example.com', true, false],
  ['m=x-ms-message 5060 sip null', true, false],
  ['m=message 7654 TCP/MSRP *', true, false],
  ['m=Message 5060 sip null', false, false],
  ['m=message 5060 sip null\r\nm=audio 0 RTP/AVP 0', true, true],
  ['m=audio 4000 RTP/AVP 0', false, false],
])('instant messaging: %s', (lines, isIm, isMixed) => {
  const sd = parseSdp(Buffer.from(`v=0\r\n${lines}\r\n`));
  expect([im(sd), mixed(sd)]).toEqual([isIm, isMixed]);
});

test('whatever the octets, nothing throws and writing gives them back', () => {
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array({ maxLength: 400 }), anySdp()), fc.nat(5), (octets, padding) => {
      const data = Buffer.concat([Buffer.alloc(padding, 'm='), octets]);
      const sd = parseSdp(data, padding);
      exerciseAll(sd);
      expect(writeSdp(sd).equals(Buffer.from(octets))).toBe(true);
      expect(sd.allLines.length === 0 || sd.allLines[0].start === padding).toBe(true);
    }),
    { numRuns: 1000 },
  );
});

test('one pass over the octets gives the same summaries', () => {
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array({ maxLength: 200 }), anySdp()), (octets) => {
      const data = Buffer.from(octets);
      const full = summarizeMedia(parseSdp(data));
      expect(scanMedia(data, 0, data.length)).toEqual(full);
      const wanted: [string, number][] = [];
      eachMediaAddress(data, 0, data.length, (address, port) => wanted.push([address, port]));
      expect(wanted).toEqual(full.map(({ address, port }) => [address, port]));
      const kinds = full.map((one) =>
        one.im ? 4 : one.media === 'audio' ? 1 : one.media === 'video' ? 2 : 8,
      );
      expect(mediaKinds(data, 0, data.length)).toBe(kinds.reduce((sum, kind) => sum | kind, 0));
    }),
    { numRuns: 2000 },
  );
});

test('a description of nothing but line ends stays bounded', () => {
  const data = Buffer.alloc(2_000_000, '\n');
  const sd = parseSdp(data);
  expect([sd.allLines.length, sd.diagnostics.length, writeSdp(sd).equals(data)]).toEqual([8193, 64, true]);
  expect(scanMedia(data, 0, data.length)).toEqual([]);
});

test('lines can be changed and left out, the rest stays as it is', () => {
  const sd = parseSdp(
    Buffer.from('v=0\no=- 0 0 IN IP4 192.0.2.1\r\nc=IN IP4 192.0.2.1\rm=message 5060 sip null'),
  );
  const written = writeSdp(sd, (line) =>
    line.type === 'o' ? null : line.type === 'c' ? 'IN IP4 203.0.113.9' : undefined,
  );
  expect(written.toString()).toBe('v=0\nc=IN IP4 203.0.113.9\rm=message 5060 sip null');
});

function exerciseAll(sd: SessionDescription): void {
  for (const part of [
    sd.diagnostics,
    sd.timings,
    sd.origin,
    describeSdp(sd),
    secretRanges(sd),
    summarizeMedia(sd),
  ]) {
    void part;
  }
  compareOfferAnswer(sd, sd);
}
