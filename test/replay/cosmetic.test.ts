// Which differences are let pass, and which are not though they are near.
import { expect, test } from 'vitest';
import { cosmeticReason, type Setting } from '../../src/replay/cosmetic.ts';
import { differencesOf } from '../../src/replay/difference.ts';
import { messageOf } from '../../src/sip/parse.ts';

const REQUEST = `INVITE sip:bob@192.0.2.4 SIP/2.0
Via: SIP/2.0/UDP 192.0.2.1:5060;rport;branch=z9hG4bKa
Record-Route: <sip:p1@192.0.2.8;lr>, <sip:p2@192.0.2.9;lr>
From: "Alice" <sip:alice@a.example.com>;tag=1
To: <sip:bob@example.com>
Call-ID: x@y
CSeq: 1 INVITE
Contact: <sip:alice@192.0.2.1:5060>
Supported: timer, 100rel
Content-Type: application/sdp

v=0
o=- 1 1 IN IP4 192.0.2.7
s=-
c=IN IP4 192.0.2.7
m=audio 7 RTP/AVP 0
`;
const RESPONSE = `SIP/2.0 200 OK
Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKa;received=192.0.2.1;rport=5060
From: <sip:alice@example.com>;tag=1
To: <sip:bob@example.com>;tag=2
Call-ID: x@y
CSeq: 1 INVITE
Contact: <sip:bob@192.0.2.4>
Content-Length: 0

`;

const TRYING = `SIP/2.0 100 Trying
Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKa
From: <sip:alice@example.com>;tag=1
To: <sip:bob@example.com>
Call-ID: x@y
CSeq: 1 INVITE
Content-Length: 0

`;

test.each([
  [
    'a 100 with a tag and more',
    TRYING,
    [['To: <sip:bob@example.com>', 'Supported: timer\nTo: <sip:bob@example.com>;tag=5']],
    true,
  ],
  ['a 100 to another', TRYING, [['To: <sip:bob@example.com>', 'To: <sip:carol@example.com>;tag=5']], false],
  [
    'received where it need not be',
    TRYING,
    [['branch=z9hG4bKa', 'branch=z9hG4bKa;received=192.0.2.1']],
    true,
  ],

  [
    'default port and transport',
    REQUEST,
    [['bob@192.0.2.4 SIP', 'bob@192.0.2.4:5060;transport=udp SIP']],
    true,
  ],
  ['another port', REQUEST, [['bob@192.0.2.4 SIP', 'bob@192.0.2.4:5070 SIP']], false],
  [
    'the default port of a name, which asks for other records',
    REQUEST,
    [['To: <sip:bob@example.com>', 'To: <sip:bob@example.com:5060>']],
    true,
  ],
  ['own Via without rport', REQUEST, [[':5060;rport;branch', ';branch']], true],
  ['own Via with another branch', REQUEST, [['z9hG4bKa', 'z9hG4bKb']], false],
  ['own Via with another host', REQUEST, [['UDP 192.0.2.1:5060', 'UDP 192.0.2.2:5060']], false],
  ['CSeq ahead as before', REQUEST, [['CSeq: 1 ', 'CSeq: 101 ']], true],
  ['CSeq ahead by another amount', REQUEST, [['CSeq: 1 ', 'CSeq: 102 ']], false],
  ['a set in another order', REQUEST, [['timer, 100rel', '100rel, timer']], true],
  ['a set without one of its values', REQUEST, [['timer, 100rel', 'timer']], false],
  [
    'routes in another order',
    REQUEST,
    [['<sip:p1@192.0.2.8;lr>, <sip:p2@192.0.2.9;lr>', '<sip:p2@192.0.2.9;lr>, <sip:p1@192.0.2.8;lr>']],
    false,
  ],
  [
    'headers in another order, spelled otherwise',
    REQUEST,
    [['Call-ID: x@y\nCSeq: 1 INVITE', 'CSeq: 1 INVITE\ni: x@y']],
    true,
  ],
  ['another host of the same user', REQUEST, [['alice@a.example.com', 'alice@sbc.example.com']], true],
  ['another user', REQUEST, [['alice@a.example.com', 'carol@a.example.com']], false],
  [
    'media relayed by the box',
    REQUEST,
    [['192.0.2.7\ns=-\nc=IN IP4 192.0.2.7\nm=audio 7 ', '192.0.2.99\ns=-\nc=IN IP4 192.0.2.99\nm=audio 8 ']],
    true,
  ],
  ['media at an address of others', REQUEST, [['c=IN IP4 192.0.2.7', 'c=IN IP4 192.0.2.6']], false],
  ['another reason phrase', RESPONSE, [['200 OK', '200 Fine']], true],
  ['another status', RESPONSE, [['200 OK', '202 OK']], false],
  [
    'seen from behind a translation',
    RESPONSE,
    [['received=192.0.2.1;rport=5060', 'rport=6;received=203.0.113.1']],
    true,
  ],
  ['rport not filled in', RESPONSE, [['received=192.0.2.1;rport=5060', 'rport']], false],
  ['an address without brackets', RESPONSE, [['To: <sip:bob@example.com>', 'To: sip:bob@example.com']], true],
  ['a Contact elsewhere', RESPONSE, [['bob@192.0.2.4', 'bob@192.0.2.5']], false],
] as const)('%s', (_, text, changes, passes) => {
  let changed: string = text;
  for (const [from, to] of changes) {
    expect(changed).toContain(from);
    changed = changed.replace(from, to);
  }
  const [predicted, recorded] = [text, changed].map((one) => messageOf(one.replaceAll('\n', '\r\n'))!);
  const setting: Setting = {
    ...{ predicted: predicted!, recorded: recorded!, cseqOffset: 100, rewrites: true },
    wasTold: () => false,
    isRelay: (address) => address === '192.0.2.99',
  };
  const found = differencesOf(predicted!, recorded!);
  expect(found.length).toBeGreaterThan(0);
  expect(found.filter((one) => cosmeticReason(one, setting) === null).length === 0).toBe(passes);
});
