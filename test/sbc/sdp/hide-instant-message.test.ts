import fc from 'fast-check';
import { expect, it } from 'vitest';
import { hideInstantMessage } from '../../../src/sbc/sdp/hide-instant-message.ts';
import { hideTopology } from '../../../src/sbc/sdp/hide-topology.ts';
import { isInstantMessaging } from '../../../src/sdp/instant-message.ts';
import { parseSdp } from '../../../src/sdp/session.ts';
import { anySdp } from '../../sdp/any-sdp.ts';
import { own, sdp } from './text.ts';

// Cisco IM, Privacy for SIP Instant Messaging: both examples. The first prints a media-level c= of the local address under
// m=, while the text has all others removed (rules.md §16 Q2).
it('hides the offer of the chapter', () => {
  const offer = sdp(
    'v=0',
    'o=- 0 0 IN IP4 192.168.1.121',
    's=session',
    'c=IN IP4 192.168.1.121',
    't=0 0',
    'm=message 5060 sip sip:caller@caller.com',
    'c=IN IP4 192.168.1.122',
  );
  expect(hideInstantMessage(offer, own('192.168.10.10')).toString()).toBe(
    sdp(
      'v=0',
      'o=- 0 0 IN IP4 192.168.10.10',
      's=session',
      'c=IN IP4 192.168.10.10',
      't=0 0',
      'm=message 5060 sip sip:anonymous@192.168.10.10',
    ).toString(),
  );
});

it('hides the answer of the chapter, whose media type stays', () => {
  const answer = sdp(
    'v=0',
    'o=- 0 0 IN IP4 192.168.2.200',
    's=session',
    'c=IN IP4 192.168.2.200',
    't=0 0',
    'm=x-ms-message 5060 sip null',
  );
  expect(hideInstantMessage(answer, own('192.168.2.20')).toString()).toBe(
    sdp(
      'v=0',
      'o=- 0 0 IN IP4 192.168.2.20',
      's=session',
      'c=IN IP4 192.168.2.20',
      't=0 0',
      'm=x-ms-message 5060 sip sip:anonymous@192.168.2.20',
    ).toString(),
  );
});

const RICH = sdp(
  'v=0',
  'o=alice 2890844526 2890844527 IN IP4 10.1.3.33',
  's=Chat with Alice',
  'i=about',
  'u=http://alice.example',
  'e=alice@example.com',
  'p=+1 555 0100',
  'c=IN IP4 10.1.3.33',
  'c=IN IP4 10.1.3.34',
  'b=AS:64',
  't=0 0',
  'k=clear:secret',
  'a=group:BUNDLE 1 2',
  'a=tool:phone 1.0',
  'a=sendrecv',
  'nonsense of alice',
  'm=audio 0 RTP/AVP 0',
  'c=IN IP4 10.1.3.35',
  'a=rtcp:5001 IN IP4 10.1.3.35',
  'm=message 0 sip sip:old@caller.example',
  'm=message 7777 sip sip:alice@caller.example',
  'i=mine',
  'c=IN IP4 10.1.3.36',
  'b=AS:1',
  'a=accept-types:text/plain message/cpim',
  'a=X-host:10-1-3-33 10.1.3.33',
  'a=X-page:https://alice.example',
  'a=mid:2',
  'm=message 5061 sip sip:alice2@caller.example',
  'a=mid:3',
);

it('makes one line of several, and leaves no line that tells who or where', () => {
  const hidden = hideInstantMessage(
    RICH,
    own('2001:db8::20', { imPort: 5070, sessionId: '7', version: '8' }),
  );
  expect(hidden.toString()).toBe(
    sdp(
      'v=0',
      'o=- 7 8 IN IP6 2001:db8::20',
      's=-',
      'c=IN IP6 2001:db8::20',
      'b=AS:64',
      't=0 0',
      'a=sendrecv',
      'm=audio 0 RTP/AVP 0',
      'm=message 5070 sip sip:anonymous@[2001:db8::20]',
      'b=AS:1',
      'a=accept-types:text/plain message/cpim',
      'a=mid:2',
    ).toString(),
  );
});

it('keeps the other lines as refused ones in an answer that has them, and no attribute where none is to stay', () => {
  expect(hideInstantMessage(RICH, own('sbc.example', { attributes: 'strip' }), true).toString()).toBe(
    sdp(
      'v=0',
      'o=- 0 0 IN IP4 sbc.example',
      's=-',
      'c=IN IP4 sbc.example',
      'b=AS:64',
      't=0 0',
      'm=audio 0 RTP/AVP 0',
      'm=message 0 sip sip:anonymous@sbc.example',
      'm=message 5060 sip sip:anonymous@sbc.example',
      'b=AS:1',
      'm=message 0 sip sip:anonymous@sbc.example',
    ).toString(),
  );
});

it('keeps port 0 of a line that is refused, puts in what is missing, and takes line ends as they come', () => {
  const answer = Buffer.from('v=0\nm=message 0 sip null');
  expect(hideInstantMessage(answer, own('192.0.2.1')).toString()).toBe(
    'v=0\no=- 0 0 IN IP4 192.0.2.1\nc=IN IP4 192.0.2.1\nm=message 0 sip sip:anonymous@192.0.2.1\n',
  );
  expect(hideInstantMessage(Buffer.from('s=x\r\nt=0 0'), own('192.0.2.1')).toString()).toBe(
    'o=- 0 0 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0',
  );
  expect(hideInstantMessage(Buffer.alloc(0), own('192.0.2.1')).toString()).toBe(
    'o=- 0 0 IN IP4 192.0.2.1\r\nc=IN IP4 192.0.2.1\r\n',
  );
});

it('leaves one connection, one origin and one live IM line of any description', () => {
  fc.assert(
    fc.property(anySdp(), fc.boolean(), (octets, slots) => {
      const hidden = parseSdp(hideInstantMessage(Buffer.from(octets), own('192.0.2.1'), slots));
      const of = (type: string): string[] =>
        hidden.allLines.filter((line) => line.type === type).map((line) => hidden.text(line));
      expect(of('c')).toEqual(['IN IP4 192.0.2.1']);
      expect(of('o')).toEqual(['- 0 0 IN IP4 192.0.2.1']);
      expect([...of('i'), ...of('u'), ...of('e'), ...of('p'), ...of('k')]).toEqual([]);
      const messages = hidden.media.filter(({ media }) => isInstantMessaging(media));
      expect(messages.filter(({ rejected }) => !rejected).length).toBeLessThanOrEqual(1);
      for (const { formats, protocol } of messages)
        expect([protocol, ...formats]).toEqual(['sip', 'sip:anonymous@192.0.2.1']);
    }),
    { numRuns: 300 },
  );
});

it('hides who made a description of other media, and leaves where its media go', () => {
  const offer = sdp(
    'v=0',
    'o=alice 2890844526 2890844527 IN IP4 10.1.3.33',
    's=Alice calls',
    'i=about',
    'e=alice@example.com',
    'c=IN IP4 10.1.3.33',
    't=0 0',
    'a=tool:phone 1.0',
    'm=audio 49170 RTP/AVP 0',
    'i=mine',
    'a=candidate:1 1 UDP 1 10.1.3.33 49170 typ host',
    'a=ssrc:1 cname:alice@10.1.3.33',
    'a=ssrc:1 msid:x',
    'k=clear:media',
  );
  expect(hideTopology(offer, own('192.0.2.1', { sessionId: '4', version: '5' })).toString()).toBe(
    sdp(
      'v=0',
      'o=- 4 5 IN IP4 192.0.2.1',
      's=-',
      'c=IN IP4 10.1.3.33',
      't=0 0',
      'm=audio 49170 RTP/AVP 0',
      'a=candidate:1 1 UDP 1 10.1.3.33 49170 typ host',
      'a=ssrc:1 msid:x',
      'k=clear:media',
    ).toString(),
  );
  fc.assert(
    fc.property(anySdp(), (octets) => {
      const before = parseSdp(Buffer.from(octets));
      const after = parseSdp(hideTopology(Buffer.from(octets), own('192.0.2.1')));
      const media = (sd: typeof before): unknown[] =>
        sd.media.map((one) => [one.text(one.line), one.all('c'), one.all('k')]);
      expect(media(after)).toEqual(media(before));
      expect(after.all('c')).toEqual(before.all('c'));
    }),
    { numRuns: 300 },
  );
});
