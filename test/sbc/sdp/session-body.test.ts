import fc from 'fast-check';
import { expect, it } from 'vitest';
import { DEFAULT_DECISIONS } from '../../../src/policy/decisions.ts';
import { Draft } from '../../../src/sbc/message/draft.ts';
import { hasMsrp, type KindDecisions, offerKind } from '../../../src/sbc/sdp/offer-kind.ts';
import { editSessionBodies, sessionBody } from '../../../src/sbc/sdp/session-body.ts';
import type { SipMessage } from '../../../src/sip/message.ts';
import { messageOf } from '../../../src/sip/parse.ts';
import { HAS_TORTURE, tortureNames, tortureOctets } from '../../sip/torture-files.ts';
import { sdp } from './text.ts';

const MULTIPART = [
  'preamble',
  '--b1',
  'Content-Type: text/plain',
  '',
  'm=message 5060 sip sip:alice@h',
  '--b1 ',
  'Content-Type: application/sdp',
  'Content-Disposition: early-session',
  '',
  'early',
  '--b1',
  'content-type:application/SDP;x=y',
  '',
  'v=0',
  '',
  '--b1--',
  'epilogue',
].join('\r\n');

it('edits the descriptions of a multipart body and nothing around them', () => {
  const message = read('multipart/mixed;boundary="b1"', MULTIPART);
  expect(sessionBody(message)?.toString()).toBe('v=0\r\n');
  const draft = new Draft(message);
  const seen: string[] = [];
  const edited = editSessionBodies(draft, (description) => {
    seen.push(description.toString());
    return Buffer.from(`<${description.toString().trim()}>`);
  });
  expect([seen, edited]).toEqual([['early', 'v=0\r\n'], { found: 2, sealed: 0 }]);
  expect(draft.body.toString()).toBe(
    MULTIPART.replace('early\r\n--', '<early>\r\n--').replace('v=0\r\n', '<v=0>'),
  );
  expect(messageOf(draft.octets())?.contentLength).toBe(draft.body.length);
});

it('edits a description that is the whole body', () => {
  const draft = new Draft(read('application/sdp', 'v=0\r\n'));
  expect(editSessionBodies(draft, (description) => Buffer.concat([description, Buffer.from('s=-')]))).toEqual(
    {
      found: 1,
      sealed: 0,
    },
  );
  expect(draft.body.toString()).toBe('v=0\r\ns=-');
});

it('finds no description where there is none, or one for something else', () => {
  const bodies = (...messages: SipMessage[]): unknown[] =>
    messages.map((message) => sessionBody(message)?.toString());
  expect(
    bodies(
      read('application/sdp', ''),
      read('text/plain', 'v=0'),
      read('application/sdp\r\nContent-Disposition: render', 'v=0'),
      read('application/sdp\r\nContent-Disposition: session;handling=required', 'v=0'),
    ),
  ).toEqual([undefined, undefined, undefined, 'v=0']);
});

it('says what it cannot read', () => {
  const bodies = [
    read('application/sdp\r\nContent-Encoding: gzip', 'x'),
    read('application/pkcs7-mime', 'x'),
    read(
      'multipart/mixed;boundary=b',
      '--b\r\nContent-Type: application/sdp\r\nContent-Transfer-Encoding: base64\r\n\r\ndj0w\r\n--b--',
    ),
    read('text/plain', 'x'),
  ];
  const edit = (): Buffer => Buffer.from('gone');
  expect(bodies.map((message) => editSessionBodies(new Draft(message), edit))).toEqual([
    { found: 0, sealed: 1 },
    { found: 0, sealed: 1 },
    { found: 0, sealed: 1 },
    { found: 0, sealed: 0 },
  ]);
});

it('keeps every octet of a body when nothing is edited', () => {
  const piece = fc.constantFrom(
    '--b',
    '--b--',
    '\r\n',
    '\n',
    'Content-Type: application/sdp',
    'multipart/mixed;boundary=c',
    '--c',
    'x',
    ' ',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
      const message = read('multipart/mixed;boundary=b', pieces.join(''));
      const draft = new Draft(message);
      editSessionBodies(draft, (description) => description);
      expect(draft.octets()).toEqual(message.bytes());
    }),
  );
});

it.skipIf(!HAS_TORTURE)('takes every body of RFC 4475 and RFC 5118', () => {
  for (const set of ['rfc4475', 'rfc5118'] as const) {
    for (const name of tortureNames(set)) {
      const message = messageOf(tortureOctets(set, name));
      if (message === null) continue;
      const draft = new Draft(message);
      editSessionBodies(draft, (description) => description);
      expect(draft.body, name).toEqual(message.body);
      offerKind(sessionBody(message), DEFAULT_DECISIONS);
    }
  }
});

it.each<[string, string[], Partial<KindDecisions>, string]>([
  ['one IM line', ['message 1 sip x'], {}, 'im'],
  ['several', ['message 1 sip x', 'x-ms-message 1 sip null'], {}, 'im'],
  [
    'several of two types, refused',
    ['message 1 sip x', 'x-ms-message 1 sip x'],
    { messageWithXMsMessage: 'refuse' },
    'mixed',
  ],
  ['IM and audio', ['message 1 sip x', 'audio 9 RTP/AVP 0'], {}, 'mixed'],
  ['IM and another type', ['message 1 sip x', 'x-foo-message 9 sip x'], {}, 'mixed'],
  [
    'IM and another type, allowed',
    ['message 1 sip x', 'application 9 x x'],
    { mixedMedia: 'audio-video' },
    'im',
  ],
  ['IM and video, still refused', ['message 1 sip x', 'video 9 x x'], { mixedMedia: 'audio-video' }, 'mixed'],
  ['IM and a dead slot', ['message 1 sip x', 'audio 0 RTP/AVP 0'], {}, 'im'],
  [
    'IM and a dead slot that counts',
    ['message 1 sip x', 'audio 0 RTP/AVP 0'],
    { strictImMixed: true },
    'mixed',
  ],
  ['a dead IM slot and audio', ['message 0 sip x', 'audio 9 RTP/AVP 0'], {}, 'other'],
  ['dead slots alone', ['message 0 sip x', 'audio 0 RTP/AVP 0'], {}, 'mixed'],
  ['audio', ['audio 9 RTP/AVP 0'], {}, 'other'],
  ['in another case', ['Message 1 sip x'], {}, 'other'],
  ['no media', [], {}, 'none'],
])('tells the kind of an offer: %s', (_, media, decisions, kind) => {
  const offer = sdp('v=0', ...media.map((one) => `m=${one}`));
  expect(offerKind(offer, { ...DEFAULT_DECISIONS, ...decisions })).toBe(kind);
});

it('has no kind without a description, and knows MSRP', () => {
  expect(offerKind(undefined, DEFAULT_DECISIONS)).toBe('none');
  expect(
    [sdp('m=message 1 TCP/TLS/MSRP *'), sdp('m=message 1 sip x'), sdp('m=audio 1 TCP/MSRP *')].map(hasMsrp),
  ).toEqual([true, false, false]);
});

function read(contentType: string, body: string): SipMessage {
  const length = Buffer.byteLength(body);
  const message = messageOf(
    `INVITE sip:a SIP/2.0\r\nContent-Type: ${contentType}\r\nContent-Length: ${length}\r\n\r\n${body}`,
  );
  if (message === null) throw new Error('no message');
  return message;
}
