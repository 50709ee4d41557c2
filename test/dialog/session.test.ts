// The session kept in few words is the one that the scan of the whole description gives.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sessionOf } from '../../src/dialog/session/session.ts';
import { reserveKinds, SessionKinds } from '../../src/dialog/session/session-kinds.ts';
import { scanMedia } from '../../src/sdp/scan.ts';
import { messageOf } from '../../src/sip/parse.ts';

const line = fc.constantFrom(
  'v=0',
  'o=- 1 1 IN IP4 10.0.0.1',
  's=-',
  'c=IN IP4 10.0.0.1',
  'c=IN IP4 224.2.1.1/127',
  'c=IN IP6 2001:db8::1',
  'c=IN IP4 host.example.com',
  't=0 0',
  'a=sendonly',
  'a=setup:active',
  'a=rtcp:4001',
  'a=bundle-only',
  'a=path:msrp://10.0.0.1:4000/s;tcp',
  'a=inactive',
  'a=rtpmap:0 PCMU/8000',
  'a=rtpmap:96 H264/90000',
  'm=audio 4000 RTP/AVP 0 96',
  'm=audio 4002 RTP/AVP 0 96',
  'm=video 4000 RTP/AVP 0 96',
  'm=audio 4000/2 RTP/AVP 0',
  'm=audio 0 RTP/AVP 0',
  'm=audio',
  'm=message 5060 sip sip:alice@example.com',
  'm=message 5060 sip sip:bob@example.com ',
  'm=message 5060  sip sip:bob@example.com',
  'm=message 5060 sip',
  'm=x-ms-message 5060 sip null',
  'm=messages 5060 sip null',
  'm=message 1234 TCP/MSRP *',
);

test('whatever lines a description has', () => {
  const kinds = new SessionKinds(reserveKinds());
  fc.assert(
    fc.property(
      fc.array(line, { maxLength: 9 }),
      fc.array(fc.constantFrom('\r\n', '\r\n', '\r\n', '\n', '\r'), { minLength: 9 }),
      (lines, ends) => {
        const body = Buffer.from(lines.map((one, index) => one + ends[index]).join(''));
        const message = messageOf(`INVITE sip:a@b SIP/2.0\r\nContent-Type: application/sdp\r\n\r\n${body}`);
        const session = message === null ? null : sessionOf(message);
        const expected = scanMedia(body, 0, body.length).map(
          ({ media, protocol, codecs, address, port, direction, im }) => {
            return {
              side: 'caller',
              media,
              protocol,
              codecs,
              address,
              port: Number.isNaN(port) ? 0 : port,
              direction,
              im,
            };
          },
        );
        expect(session?.media('caller') ?? []).toEqual(expected);
        expect(session?.im ?? false).toBe(expected.some(({ im }) => im));
        if (message === null) return;
        // The same where another thread noted the kind, and again once that kind is known.
        message.src = SENDER;
        kinds.note(message);
        for (let time = 0; time < 2; time++) expect(sessionOf(message)).toEqual(session);
      },
    ),
    { numRuns: 2000 },
  );
});

test('in a multipart body too', () => {
  const message = messageOf(
    [
      'INVITE sip:a@b SIP/2.0',
      'Content-Type: multipart/mixed;boundary=x',
      '',
      '--x',
      'Content-Type: text/plain',
      '',
      'm=audio 1 RTP/AVP 0',
      '--x',
      'Content-Type: Application/SDP ; charset=utf-8',
      '',
      'v=0',
      'c=IN IP4 10.0.0.9',
      'm=audio 4000 RTP/AVP 8',
      '--x--',
      '',
    ].join('\r\n'),
  );
  expect(sessionOf(message!)?.media('callee')).toEqual([
    {
      side: 'callee',
      media: 'audio',
      protocol: 'RTP/AVP',
      codecs: ['PCMA/8000'],
      address: '10.0.0.9',
      port: 4000,
      direction: 'sendrecv',
      im: false,
    },
  ]);
});

test('descriptions of one kind, and of no common one', () => {
  const before = reserveKinds();
  const kinds = new SessionKinds(before);
  const kindOf = (sdp: string, ip: string) => {
    const message = messageOf(`INVITE sip:a@b SIP/2.0\r\nContent-Type: application/sdp\r\n\r\n${sdp}`)!;
    message.src = { ...SENDER, ip };
    kinds.note(message);
    return [message.sessionKind, message.sessionPort];
  };
  const sdp = (ip: string, rest: string) => `v=0\r\nc=IN IP4 ${ip}\r\nm=${rest}\r\n`;
  expect([
    kindOf(sdp('10.0.0.1', 'audio 4000 RTP/AVP 8'), '10.0.0.1'),
    kindOf(sdp('10.0.0.2', 'audio 4002 RTP/AVP 8\r\na=ptime:20'), '10.0.0.2'),
    kindOf(sdp('10.0.0.2', 'audio 4002 RTP/AVP 8\r\na=sendonly'), '10.0.0.2'),
    kindOf(sdp('10.0.0.2', 'video 4002 RTP/AVP 8'), '10.0.0.2'),
    kindOf(sdp('10.0.0.2', 'audio 4002 RTP/AVP 8'), '10.0.0.1'),
    kindOf('', '10.0.0.1'),
  ]).toEqual([
    [before + 1, 4000],
    [before + 1, 4002],
    [before + 2, 4002],
    [before + 3, 4002],
    [0, 0],
    [0, 0],
  ]);
});

const SENDER = { ip: '10.0.0.1', port: 5060, text: '10.0.0.1:5060', version: 4 as const };
