// Bodies: session descriptions, XML, parts, messages within messages, text of people, octets that are no text.
import { expect, test } from 'vitest';
import { MessageAnonymizer } from '../../src/anonymize/message/message.ts';
import { sdpText } from '../../src/anonymize/message/sdp-text.ts';
import { xmlText } from '../../src/anonymize/message/xml-text.ts';
import { anonymized, KEY, lines, written } from './anonymized.ts';

test('numbers of attributes that nobody registered are of somebody', () => {
  const attributes = lines('a=x-owner:493012345', 'a=x-ptime:20', 'a=ptime:20', 'a=sendrecv');
  const [called, vendor, ...rest] = written(attributes, sdpText).split('\r\n');
  expect(called).toMatch(/^a=x-\w{5}:\d{9}$/);
  expect(called).not.toContain('493012345');
  expect([vendor, ...rest]).toEqual(['a=x-ptime:20', 'a=ptime:20', 'a=sendrecv', '']);
});

test('a session description', () => {
  const sdp = lines(
    'v=0',
    'o=alice 2890844526 2890844527 IN IP4 10.0.0.1',
    's=Talk with bob',
    'i=about 42',
    'u=http://www.atlanta.net/42',
    'e=alice@atlanta.net (Alice)',
    'p=+1 617 555-6011',
    'c=IN IP4 224.2.36.42/127',
    'b=AS:64',
    't=2873397496 2873404696',
    'k=clear:secret',
    'm=audio 49170 RTP/SAVP 0 96',
    'a=rtpmap:96 BV32/16000',
    'a=fmtp:96 mode-set=0,2; octet-align=1',
    'a=rtcp:53020 IN IP6 2001:db8::1',
    'a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz|2^20|1:4 FEC_ORDER=FEC_SRTP',
    'a=fingerprint:SHA-1 4A:AD:B9:B1:3F:82:18:3B:54:02:12:DF:3E:5D:49:6B:19:E5:7C:AB',
    'a=ice-ufrag:audio1',
    'a=ice-pwd:asd88fgpdd777uzjYhagZg',
    'a=candidate:1 1 UDP 2130706431 10.0.0.1 8998 typ srflx raddr 10.0.0.2 rport 9',
    'a=ssrc:4711 cname:alice@host',
    'a=mid:audio',
    'm=message 7654 TCP/MSRP *',
    'm=x-ms-message 5060 sip null',
    'a=path:msrp://10.0.0.1:7654/jshA7weztas;tcp',
    'not a line of bob',
  );
  expect(written(sdp, sdpText)).toBe(
    lines(
      'v=0',
      'o=scopw 2890844526 2890844527 IN IP4 10.0.4.4',
      's=Talk onsj tub',
      'i=ssgyr 70',
      'u=http://www.skeickt.net/70',
      'e=scopw@skeickt.net (Scopw)',
      'p=+9 815 213-1649',
      'c=IN IP4 224.2.36.42/127',
      'b=AS:64',
      't=2873397496 2873404696',
      'k=clear:kprrmv',
      'm=audio 49170 RTP/SAVP 0 96',
      'a=rtpmap:96 BV32/16000',
      'a=fmtp:96 mode-set=0,2; octet-align=1',
      'a=rtcp:53020 IN IP6 2001:db8::3',
      'a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:OAQcB67cJZ6ijYhnZDadlqjxXnP9iMr1SvCqxWEq|2^20|1:4 FEC_ORDER=FEC_SRTP',
      'a=fingerprint:SHA-1 2F:CA:E2:A0:0B:60:85:6E:03:08:43:FB:6F:8B:40:6C:49:D5:8F:ED',
      'a=ice-ufrag:sltfb1',
      'a=ice-pwd:sjb58jldqw053mtiBgjsEa',
      'a=candidate:1 1 UDP 2130706431 10.0.4.4 8998 typ srflx raddr 10.0.4.5 rport 9',
      'a=ssrc:4711 cname:scopw@zckr',
      'a=mid:audio',
      'm=message 7654 TCP/MSRP *',
      'm=x-ms-message 5060 sip null',
      'a=path:msrp://10.0.4.4:7654/bokR4mkfrzc;tcp',
      'not a line of tub',
    ),
  );
});

test('an address in brackets is no tag', () => {
  expect(written('<a>call <sip:4711@home.net> or <bob@home.net></a>', xmlText)).toBe(
    '<a>call <sip:6349@zcem.net> gh <tub@zcem.net></a>',
  );
});

test('XML', () => {
  expect(
    written(
      '<?xml version="1.0" encoding="UTF-8"?>\n<!-- alice -->\n<presence xmlns="urn:ietf:params:xml:ns:pidf" entity=\'pres:alice@atlanta.net\'>\n <tuple id="sg89ae"><status><basic>open</basic></status>\n <contact priority="0.8">sip:alice@10.0.0.1</contact><note xml:lang="en">Meet bob &amp; carol &lt; 5</note>\n <timestamp>2001-10-27T16:49:29Z</timestamp></tuple>\n</presence>\n<broken alice="x <b',
      xmlText,
    ),
  ).toBe(
    '<?xml version="1.0" encoding="UTF-8"?>\n<!-- scopw -->\n<presence xmlns="urn:ietf:params:xml:ns:pidf" entity=\'pres:scopw@skeickt.net\'>\n <tuple id="kr35vi"><status><basic>open</basic></status>\n <contact priority="0.8">sip:scopw@10.0.4.4</contact><note xml:lang="en">Ekyd tub &amp; ujtsa &lt; 3</note>\n <timestamp>2001-10-27T16:49:29Z</timestamp></tuple>\n</presence>\n<broken alice="x <t',
  );
});

/** What becomes of a body of this type. */
function bodyOf(type: string, body: string, ...headers: string[]): string {
  const head = `${lines('MESSAGE sip:h SIP/2.0', `Content-Type: ${type}`, ...headers)}\r\n`;
  const made = anonymized(head + body);
  return made.slice(made.indexOf('\r\n\r\n') + 4);
}

test.each([
  ['text/plain', 'Call Alice at 5, not 192.0.2.1.', 'Ujnn Scopw sk 3, fug 192.0.2.6.'],
  [
    'application/json',
    '{"call":"alice","number":"+12015550123"}',
    '{"ujnn":"scopw","fahwfm":"+28872263141"}',
  ],
  ['application/dtmf-relay', 'Signal=5\r\nDuration=160\r\n', 'Signal=3\r\nDuration=698\r\n'],
  [
    'message/sipfrag;version=2.0',
    'SIP/2.0 603 Declined\r\nTo: <sip:bob@home.net>;tag=7\r\n',
    'SIP/2.0 603 Declined\r\nTo: <sip:tub@zcem.net>;tag=5\r\n',
  ],
  [
    'message/sip',
    'BYE sip:bob@home.net SIP/2.0\r\nSubject: alice\r\n\r\n',
    'BYE sip:tub@zcem.net SIP/2.0\r\nSubject: scopw\r\n\r\n',
  ],
  [
    'message/cpim',
    'From: Alice <im:alice@home.net>\r\nDateTime: 2000-12-13T13:40:00-08:00\r\n\r\nContent-Type: text/plain\r\n\r\nCall bob',
    'From: Scopw <im:scopw@zcem.net>\r\nDateTime: 2000-12-13T13:40:00-08:00\r\n\r\nContent-Type: text/plain\r\n\r\nUjnn tub',
  ],
  [
    'multipart/mixed;boundary="alice-1"',
    'Dear alice: hello\r\n--alice-1\r\nContent-ID: <alice@home.net>\r\n\r\nCall bob\r\n--alice-1\r\nContent-Type: application/sdp\r\n\r\nv=0\r\n--alice-1--\r\nDear bob: bye',
    'Vfcw scopw: zsaoo\r\n--alice-1\r\nContent-ID: <scopw@zcem.net>\r\n\r\nUjnn tub\r\n--alice-1\r\nContent-Type: application/sdp\r\n\r\nv=0\r\n--alice-1--\r\nVfcw tub: tea',
  ],
  [
    'multipart/mixed;boundary=a',
    '--a\r\nContent-Type: multipart/alternative;boundary=b\r\n\r\n--b\r\n\r\nalice\r\n--b--\r\nbob\r\n--a\r\n\r\ncarol\r\n--a--\r\n',
    '--a\r\nContent-Type: multipart/alternative;boundary=b\r\n\r\n--b\r\n\r\nscopw\r\n--b--\r\ntub\r\n--a\r\n\r\nujtsa\r\n--a--\r\n',
  ],
])('%s', (type, body, expected) => {
  expect(bodyOf(type, body)).toBe(expected);
});

test('what is no text becomes zeros, and so does what is encoded', () => {
  const binary = 'a\u0001\u0000b';
  expect(bodyOf('application/isup', binary)).toBe('\0'.repeat(4));
  expect(bodyOf('application/sdp', 'v=0\r\nc=IN IP4 10.0.0.1\u0000', 'Content-Encoding: gzip')).toBe(
    '\0'.repeat(23),
  );
});

test('without a type a description is told by its first line', () => {
  const head = `${lines('MESSAGE sip:h SIP/2.0')}\r\n`;
  expect(anonymized(`${head}v=0\r\na=ptime:20\r\n`)).toBe(`${head}v=0\r\na=ptime:20\r\n`);
});

test('multiparts within multiparts end at some depth, and messages within messages', () => {
  let body = 'alice';
  for (let depth = 0; depth < 20; depth++) {
    body = `--b${depth}\r\nContent-Type: multipart/mixed;boundary=b${depth - 1}\r\n\r\n${body}\r\n--b${depth}--\r\n`;
  }
  const nested = `${'BYE sip:h SIP/2.0\r\nContent-Type: message/sip\r\n\r\n'.repeat(20)}BYE sip:alice@h SIP/2.0\r\n\r\n`;
  const anonymizer = new MessageAnonymizer(KEY);
  for (const text of [
    `BYE sip:h SIP/2.0\r\nContent-Type: multipart/mixed;boundary=b19\r\n\r\n${body}`,
    nested,
  ]) {
    const made = anonymizer.message(Buffer.from(text)).toString();
    expect(made.length).toBe(text.length);
    expect(made).not.toContain('alice');
  }
});
