import fc from 'fast-check';
import { expect, it } from 'vitest';
import { makeRequest } from '../../../src/sbc/message/request.ts';
import { makeResponse } from '../../../src/sbc/message/response.ts';
import { withTag } from '../../../src/sbc/message/tag.ts';
import { withUri } from '../../../src/sbc/message/uri.ts';
import type { SipMessage } from '../../../src/sip/message.ts';
import { messageOf } from '../../../src/sip/parse.ts';
import { parseNameAddr } from '../../../src/sip/uri/name-addr.ts';
import { HAS_TORTURE, tortureNames, tortureOctets } from '../../sip/torture-files.ts';

const OPTIONS = read(
  'OPTIONS sip:sbc.example SIP/2.0\r\nv: SIP/2.0/UDP h;branch=z9hG4bKx\r\nf:\t"A"\n <sip:a@h>;tag=a1\r\n' +
    'To: <sip:sbc.example>\r\ni: c1\r\nCSeq:  7 OPTIONS\r\nTimestamp: 54\r\nl: 0\r\n\r\n',
);
const VIAS = ['v: SIP/2.0/UDP h;branch=z9hG4bKx;received=192.0.2.1'];

it('answers with From, To, Call-ID and CSeq as they came', () => {
  expect(makeResponse(OPTIONS, VIAS, 100).toString()).toBe(
    'SIP/2.0 100 Trying\r\nv: SIP/2.0/UDP h;branch=z9hG4bKx;received=192.0.2.1\r\nf:\t"A"\r\n <sip:a@h>;tag=a1\r\n' +
      'To: <sip:sbc.example>\r\ni: c1\r\nCSeq:  7 OPTIONS\r\nTimestamp: 54\r\nContent-Length: 0\r\n\r\n',
  );
  const refused = makeResponse(OPTIONS, VIAS, 488, {
    toTag: 't1',
    reason: 'Not\r\nHere',
    headers: [['Warning', '304 sbc "Media\r\ntype"']],
    body: Buffer.from('grüß'),
    contentType: 'text/plain',
  });
  expect(refused.toString()).toBe(
    'SIP/2.0 488 Not Here\r\nv: SIP/2.0/UDP h;branch=z9hG4bKx;received=192.0.2.1\r\nf:\t"A"\r\n <sip:a@h>;tag=a1\r\n' +
      'To: <sip:sbc.example>;tag=t1\r\ni: c1\r\nCSeq:  7 OPTIONS\r\nWarning: 304 sbc "Media type"\r\n' +
      'Content-Type: text/plain\r\nContent-Length: 6\r\n\r\ngrüß',
  );
});

it('leaves the tag of a To that has one, and leaves out what the request lacks', () => {
  const bye = read('BYE sip:sbc SIP/2.0\r\nTo: <sip:b@h>;tag=b1\r\n\r\n');
  expect(makeResponse(bye, [], 481, { toTag: 't1' }).toString()).toBe(
    'SIP/2.0 481 Call/Transaction Does Not Exist\r\nTo: <sip:b@h>;tag=b1\r\nContent-Length: 0\r\n\r\n',
  );
  expect(makeResponse(read('BYE sip:sbc SIP/2.0\r\n\r\n'), [], 799).toString()).toBe(
    'SIP/2.0 799 \r\nContent-Length: 0\r\n\r\n',
  );
});

it('makes a request of its parts, and no line of what is in them', () => {
  const octets = makeRequest({
    method: 'MESSAGE',
    uri: 'sip:a b\r\n@h',
    headers: [
      ['Via', 'SIP/2.0/UDP h;branch=z9hG4bKx'],
      ['Subject', 'a\r\nb'],
    ],
    body: Buffer.from('č'),
  });
  expect(octets.toString()).toBe(
    'MESSAGE sip:a%20b%20%20@h SIP/2.0\r\nVia: SIP/2.0/UDP h;branch=z9hG4bKx\r\nSubject: a b\r\nContent-Length: 2\r\n\r\nč',
  );
});

it.each([
  ['<sip:a@h>', 't', '<sip:a@h>;tag=t'],
  ['sip:a@h', 't', 'sip:a@h;tag=t'],
  ['"B;tag=x\\"" <sip:a@h;tag=y> ; x=1 ;TAG = old ;y', 't', '"B;tag=x\\"" <sip:a@h;tag=y> ; x=1 ;tag=t;y'],
  ['sip:a@h;x;tag=o', 't', 'sip:a@h;x;tag=t'],
  ['<sip:a@h>;tag=o;tag=p', 't', '<sip:a@h>;tag=t'],
  ['<sip:a@h>;tag=o;x="a;tag=q"', '', '<sip:a@h>;x="a;tag=q"'],
  ['<sip:a@h> ;tag=o', '', '<sip:a@h>'],
  ['<sip:a@h>;x ', 't', '<sip:a@h>;x;tag=t'],
  ['<sip:a@h', 't', '<sip:a@h>;tag=t'],
  ['<sip:a@h>;stag=1', 't', '<sip:a@h>;stag=1;tag=t'],
])('puts into %s the tag %j', (value, tag, expected) => {
  expect(withTag(value, tag)).toBe(expected);
});

it.each([
  ['"A <x>" <sip:a@h;p>;tag=1', 'sip:b@k;q', '"A <x>" <sip:b@k;q>;tag=1'],
  ['sip:a@h;tag=1', 'sip:b@k;q', '<sip:b@k;q>;tag=1'],
  ['A <sip:a@h', 'sip:b', 'A <sip:b>'],
  ['<sip:a@h>', 'sip:b>;tag=2 <', '<sip:b%3E;tag=2%20%3C>'],
])('puts into %s the URI %s', (value, uri, expected) => {
  expect(withUri(value, uri)).toBe(expected);
});

const ADDRESS = fc.string({
  unit: fc.constantFrom(...'ab"\\<>;=@: ', ';tag=', '<sip:x@h>', '"'),
  maxLength: 14,
});

it('puts a tag into any value, and nothing but a tag', () => {
  fc.assert(
    fc.property(ADDRESS, (value) => {
      const before = parseNameAddr(value);
      // A quoted string and no address: there is no place for a tag.
      fc.pre(before.bracketed || !value.includes('"'));
      const tagged = parseNameAddr(withTag(value, 'own'));
      expect(tagged.tag).toBe('own');
      expect(tagged.uri.text).toBe(before.uri.text);
      expect(parseNameAddr(withTag(value, '')).tag).toBe('');
      expect(parseNameAddr(withUri(value, 'sip:own@h')).uri.text).toBe('sip:own@h');
    }),
    { numRuns: 2000 },
  );
});

it.skipIf(!HAS_TORTURE)('answers every request of RFC 4475 with one To tag', () => {
  for (const name of tortureNames('rfc4475')) {
    const message = messageOf(tortureOctets('rfc4475', name));
    if (message === null || message.toRow < 0) continue;
    const answer = read(makeResponse(message, [], 400, { toTag: 'own' }).toString('latin1'));
    expect(answer.toTag, name).toBe(message.toTag === '' ? 'own' : message.toTag);
    expect(answer.callId, name).toBe(message.callId);
    expect(answer.body.length, name).toBe(0);
  }
});

function read(text: string): SipMessage {
  const message = messageOf(text);
  if (message === null) throw new Error('no message');
  return message;
}
