import { expect, test } from 'vitest';
import { holdOf, isHeld } from '../../src/sdp/hold.ts';
import { compareOfferAnswer } from '../../src/sdp/offer-answer.ts';
import { parseSdp } from '../../src/sdp/session.ts';

test('an answer that takes one stream and refuses another', () => {
  const offer = sdp(
    'a=group:BUNDLE 1 2',
    'm=audio 4000 RTP/AVP 0 8 97',
    'a=mid:1',
    'a=rtpmap:97 iLBC/8000',
    'm=video 4002 RTP/AVP 31',
    'a=mid:2',
  );
  const answer = sdp(
    'a=group:BUNDLE 1',
    'm=audio 5000 RTP/AVP 98 8',
    'a=mid:1',
    'a=rtpmap:98 ILBC/8000/1',
    'a=recvonly',
    'm=video 0 RTP/AVP 31',
  );
  const { media, ...rest } = compareOfferAnswer(offer, answer);
  expect(rest).toEqual({ offered: 2, answered: 2, bundled: ['1'], breaches: [] });
  expect(media.map(({ offer: _offer, answer: _answer, ...pair }) => pair)).toEqual([
    {
      index: 0,
      accepted: true,
      sameMedia: true,
      sameProtocol: true,
      sameMid: true,
      commonCodecs: ['ILBC/8000', 'PCMA/8000'],
      offerDirection: 'sendrecv',
      answerDirection: 'recvonly',
      directionAllowed: true,
    },
    {
      index: 1,
      accepted: false,
      sameMedia: true,
      sameProtocol: true,
      sameMid: false,
      commonCodecs: ['H261/90000'],
      offerDirection: 'sendrecv',
      answerDirection: 'sendrecv',
      directionAllowed: true,
    },
  ]);
});

test.each<[string, string[], string[], string[]]>([
  [
    'count',
    ['m=audio 1 RTP/AVP 0', 'm=video 2 RTP/AVP 31'],
    ['m=audio 1 RTP/AVP 0'],
    ['media-count -1 RFC 3264 §6: 1 media in the answer to 2 offered'],
  ],
  [
    'media type',
    ['m=audio 1 RTP/AVP 0'],
    ['m=video 0 RTP/AVP 0'],
    ['media-type 0 RFC 3264 §6.1: m=video answers m=audio'],
  ],
  [
    'revived',
    ['m=audio 0 RTP/AVP 0'],
    ['m=audio 9 RTP/AVP 0'],
    ['revived 0 RFC 3264 §8.2: m=audio was offered with port 0, answered with 9'],
  ],
  ['bundle-only is no revival', ['m=audio 0 RTP/AVP 0', 'a=bundle-only'], ['m=audio 9 RTP/AVP 0'], []],
  [
    'protocol',
    ['m=audio 1 RTP/SAVP 0'],
    ['m=audio 1 RTP/AVP 0'],
    ['protocol 0 RFC 3264 §6: RTP/AVP answers RTP/SAVP'],
  ],
  [
    'codec',
    ['m=audio 1 RTP/AVP 0 8'],
    ['m=audio 1 RTP/AVP 18'],
    ['no-common-codec 0 RFC 3264 §6.1: none of G729/8000 was offered (PCMU/8000 PCMA/8000)'],
  ],
  [
    'direction',
    ['m=audio 1 RTP/AVP 0', 'a=sendonly'],
    ['m=audio 1 RTP/AVP 0', 'a=sendonly'],
    ['direction 0 RFC 3264 §6.1: sendonly answers sendonly'],
  ],
  [
    'direction of the session',
    ['a=inactive', 'm=audio 1 RTP/AVP 0'],
    ['m=audio 1 RTP/AVP 0'],
    ['direction 0 RFC 3264 §6.1: sendrecv answers inactive'],
  ],
  [
    'mid',
    ['m=audio 1 RTP/AVP 0', 'a=mid:a'],
    ['m=audio 1 RTP/AVP 0', 'a=mid:b'],
    ['mid 0 RFC 5888 §9.1: a=mid:b for a'],
  ],
  [
    'bundle',
    ['m=audio 1 RTP/AVP 0'],
    ['a=group:BUNDLE z', 'm=audio 1 RTP/AVP 0'],
    ['bundle -1 RFC 9143 §7.3: z is bundled in the answer, but was not in the offer'],
  ],
  ['IM over SIP has no codecs', ['m=message 5060 sip sip:a@example.com'], ['m=message 5060 sip null'], []],
  ['MSRP', ['m=message 7654 TCP/MSRP *'], ['m=message 7655 TCP/MSRP *'], []],
])('breach: %s', (_name, offer, answer, expected) => {
  const { breaches } = compareOfferAnswer(sdp(...offer), sdp(...answer));
  expect(
    breaches.map(({ code, index, clause, message }) => `${code} ${index} ${clause}: ${message}`),
  ).toEqual(expected);
});

test('the time of a session is not negotiated', () => {
  const answer = parseSdp(Buffer.from('v=0\r\nt=3724394400 0\r\n'));
  expect(compareOfferAnswer(sdp(), answer).breaches).toEqual([
    { code: 'time', index: -1, clause: 'RFC 3264 §6', message: 't=3724394400 0 answers t=0 0' },
  ]);
});

test.each([
  ['m=audio 1 RTP/AVP 0', undefined, false],
  ['m=audio 1 RTP/AVP 0|a=sendonly', 'direction', true],
  ['m=audio 1 RTP/AVP 0|a=inactive', 'direction', true],
  ['m=audio 1 RTP/AVP 0|c=IN IP4 0.0.0.0', 'address', true],
  ['m=audio 0 RTP/AVP 0|a=sendonly', undefined, false],
  ['m=audio 1 RTP/AVP 0|a=recvonly', undefined, false],
  ['m=audio 1 RTP/AVP 0|a=inactive|m=video 2 RTP/AVP 31', 'direction', false],
])('hold: %s', (lines, hold, held) => {
  const sd = sdp(...lines.split('|'));
  expect([holdOf(sd.media[0]), isHeld(sd)]).toEqual([hold, held]);
});

function sdp(...lines: string[]) {
  return parseSdp(
    Buffer.from(
      ['v=0', 'o=- 1 1 IN IP4 192.0.2.1', 's=-', 'c=IN IP4 192.0.2.1', 't=0 0', ...lines, ''].join('\r\n'),
    ),
  );
}
