import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseSdp, type SessionDescription } from '../../src/sdp/session.ts';
import { summarizeMedia } from '../../src/sdp/summary.ts';

const GOOD = ['v=0', 'o=- 1 1 IN IP4 192.0.2.1', 's=-', 'c=IN IP4 192.0.2.1', 't=0 0'];

test.each<[string, string[], string[]]>([
  ['nothing wrong', [...GOOD, 'm=audio 4000 RTP/AVP 0'], []],
  [
    'order',
    ['v=0', 'o=- 1 1 IN IP4 192.0.2.1', 's=-', 't=0 0', 'c=IN IP4 192.0.2.1'],
    ['5 error sdp/line-order c= after t='],
  ],
  ['twice', ['v=0', ...GOOD], ['2 error sdp/line-order a second v=']],
  ['several t= with r=', [...GOOD, 'r=7d 1h 0', 't=0 0', 'a=tool:x'], []],
  ['several c= in media', [...GOOD, 'm=audio 1 RTP/AVP 0', 'c=IN IP4 192.0.2.1', 'c=IN IP4 192.0.2.2'], []],
  [
    'two c= in session',
    [...GOOD.slice(0, 4), 'c=IN IP4 192.0.2.2', 't=0 0'],
    ['5 error sdp/line-order a second c='],
  ],
  [
    'media: c= after a=',
    [...GOOD, 'm=audio 1 RTP/AVP 0', 'a=mid:1', 'c=IN IP4 192.0.2.1'],
    ['8 error sdp/line-order c= after a='],
  ],
  [
    'missing lines',
    ['v=0', 'c=IN IP4 192.0.2.1'],
    [
      '1 error sdp/mandatory-line no o= line at session level',
      '1 error sdp/mandatory-line no s= line at session level',
      '1 error sdp/mandatory-line no t= line at session level',
    ],
  ],
  [
    'no line',
    [...GOOD, 'hello', '', 'x=1'],
    [
      '6 error sdp/bad-line not <type>=<value>: "hello"',
      '7 warning sdp/blank-line a blank line',
      '8 error sdp/unknown-type no line has the type x=',
    ],
  ],
  [
    'fields',
    ['v=1', 'o=a b c', 's=', 'c=IN IP4 2001:db8::1', 'b=64', 't=x', 'a=:1', 'm=audio x RTP/AVP 0'],
    [
      '1 error sdp/bad-version the version is not 0: "1"',
      '2 error sdp/bad-origin not six fields with numeric identifiers: "a b c"',
      '3 warning sdp/empty-name s= must not be empty',
      '4 error sdp/bad-connection not <net> <type> <address>: "IN IP4 2001:db8::1"',
      '5 error sdp/bad-bandwidth not <type>:<number>: "64"',
      '6 error sdp/bad-time not two numbers: "x"',
      '7 error sdp/bad-attribute no attribute name: ":1"',
      '8 error sdp/bad-media not <media> <port> <proto> <fmt>…: "audio x RTP/AVP 0"',
    ],
  ],
  [
    'no connection',
    [
      'v=0',
      'o=- 1 1 IN IP4 192.0.2.1',
      's=-',
      't=0 0',
      'm=audio 1 RTP/AVP 0',
      'm=video 0 RTP/AVP 31',
      'm=message 5060 sip null',
    ],
    [
      '5 error sdp/connection-missing m=audio has no c=, and the session has none',
      '7 warning sdp/connection-missing m=message has no c=, and the session has none',
    ],
  ],
  [
    'directions',
    [...GOOD, 'm=audio 1 RTP/AVP 0', 'a=sendonly', 'a=inactive'],
    ['8 warning sdp/direction-conflict a=inactive contradicts a=sendonly'],
  ],
  [
    'payload types',
    [
      ...GOOD,
      'm=audio 1 RTP/AVP 0 96 97',
      'a=rtpmap:96 x/8000',
      'a=rtpmap:96 y/8000',
      'a=rtpmap:98 z/8000',
      'a=rtpmap:0 GSM/8000',
      'a=rtpmap:97',
    ],
    [
      '8 error sdp/rtpmap a second a=rtpmap for payload type 96',
      '9 error sdp/rtpmap payload type 98 is not on the m= line',
      '10 error sdp/rtpmap payload type 0 is PCMU/8000, not GSM',
      '11 error sdp/rtpmap not <payload type> <encoding>/<clock>: "97"',
      '6 error sdp/rtpmap payload type 97 has no a=rtpmap',
    ],
  ],
])('%s', (_name, lines, expected) => {
  const sd = parseSdp(Buffer.from(lines.map((line) => `${line}\r\n`).join('')));
  expect(
    sd.diagnostics.map(
      ({ at, severity, code, message }) => `${lineAt(sd, at)} ${severity} ${code} ${message}`,
    ),
  ).toEqual(expected);
});

test('line ends other than CRLF are told once', () => {
  const sd = parseSdp(Buffer.from(GOOD.join('\n')));
  expect(sd.diagnostics).toEqual([
    { code: 'sdp/line-end', severity: 'info', message: 'a line ends without CRLF', at: 3 },
  ]);
});

const TORTURE = '../shared/torture';

test.skipIf(!existsSync(TORTURE)).each<[string, string[], string[]]>([
  [
    'rfc5118/ipv6-in-sdp',
    ['audio 6000 2001:db8::20 G726-32/8000', 'video 6024 2001:db8::20 H263-1998/90000'],
    [],
  ],
  [
    'rfc5118/mult-ip-in-sdp',
    ['audio 22334 192.0.2.1 PCMU/8000', 'video 6024 2001:db8::1 H263-1998/90000'],
    ['sdp/empty-name'],
  ],
  [
    'rfc4475/sdp01.dat',
    ['audio 49217 192.0.2.5 PCMU/8000,QCELP/8000', 'video 3227 192.0.2.5 H261/90000'],
    ['sdp/rtpmap'],
  ],
])('torture: %s', (file, media, codes) => {
  const message = readFileSync(`${TORTURE}/${file}`);
  const [head] = /^[\s\S]*?\r?\n\r?\n/.exec(message.toString('latin1')) ?? [''];
  const sd = parseSdp(message, head.length);
  expect(summarizeMedia(sd).map((one) => `${one.media} ${one.port} ${one.address} ${one.codecs}`)).toEqual(
    media,
  );
  const serious = sd.diagnostics.filter((diagnostic) => diagnostic.severity !== 'info');
  expect(serious.map((diagnostic) => diagnostic.code)).toEqual(codes);
});

// Number of the line that starts at an offset, from 1; 0 for none.
function lineAt(sd: SessionDescription, at = -1): number {
  return sd.allLines.findIndex((line) => line.start === at) + 1;
}
