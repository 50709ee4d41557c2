// Every message of RFC 4475 with exactly what is wrong with it. The messages lie outside the project; without them the
// tests are skipped.
import { describe, expect, it } from 'vitest';
import { Payload } from '../../src/network/payload.ts';
import { partHeader } from '../../src/sip/body/multipart.ts';
import { HEADER } from '../../src/sip/header/header-names.ts';
import type { SipMessage } from '../../src/sip/message.ts';
import { parseMessage } from '../../src/sip/parse.ts';
import { sameUri } from '../../src/sip/uri/uri-equality.ts';
import { codes } from './request.ts';
import { HAS_TORTURE, tortureNames, tortureOctets } from './torture-files.ts';

/** Codes in order; a message that the RFC calls well formed has none of severity error. */
const EXPECTED: Record<string, readonly string[]> = {
  // §3.1.1 valid messages
  wsinv: ['sip/old-branch'],
  intmeth: ['sip/unknown-method'],
  esc01: [],
  escnull: [],
  esc02: ['sip/unknown-method'],
  lwsdisp: [],
  longreq: ['sip/missing-branch', 'sip/old-branch'],
  dblreq: ['sip/trailing-octets'],
  semiuri: [],
  transports: [],
  mpart01: [],
  unreason: [],
  noreason: [],
  // §3.1.2 invalid messages
  badinv01: ['sip/missing-branch', 'sip/bad-via', 'sip/bad-via', 'sip/empty-list-item', 'sip/bad-address'],
  clerr: ['sip/content-length-mismatch'],
  ncl: ['sip/bad-content-length'],
  scalar02: ['sip/bad-cseq', 'sip/bad-number', 'sip/bad-number', 'sip/bad-number'],
  scalarlg: ['sip/bad-cseq', 'sip/large-number', 'sip/bad-header-value'],
  quotbal: ['sip/unterminated-quote'],
  ltgtruri: ['sip/bad-request-uri', 'sip/missing-branch'],
  lwsruri: ['sip/bad-request-uri'],
  lwsstart: ['sip/bad-start-line'],
  trws: ['sip/bad-start-line'],
  escruri: ['sip/bad-request-uri'],
  baddate: ['sip/bad-date'],
  regbadct: ['sip/bad-address'],
  badaspec: ['sip/bad-address'],
  // the file as published also lacks its last line end
  baddn: ['sip/headers-not-ended', 'sip/bad-address', 'sip/bad-address'],
  badvers: ['sip/bad-version', 'sip/bad-version'],
  mismatch01: ['sip/cseq-mismatch'],
  mismatch02: ['sip/unknown-method', 'sip/cseq-mismatch'],
  bigcode: ['sip/bad-status'],
  // §3.2 transaction layer
  badbranch: ['sip/bad-branch'],
  // §3.3 application layer
  insuf: [
    'sip/missing-header',
    'sip/missing-header',
    'sip/missing-header',
    'sip/missing-max-forwards',
    'sip/missing-contact',
  ],
  unkscm: ['sip/unknown-scheme'],
  novelsc: ['sip/unknown-scheme'],
  unksm2: ['sip/unknown-scheme', 'sip/unknown-scheme'],
  bext01: [],
  invut: [],
  regaut01: [],
  multi01: Array(5).fill('sip/duplicate-header'),
  mcl01: ['sip/duplicate-header', 'sip/bad-content-length'],
  bcast: ['sip/broadcast-via'],
  zeromf: [],
  cparam01: [],
  cparam02: [],
  regescrt: [],
  sdp01: [],
  // §3.4 backward compatibility
  inv2543: ['sip/missing-max-forwards', 'sip/missing-contact', 'sip/missing-from-tag', 'sip/missing-branch'],
  // in the archive of the messages, not in the text
  test: [
    'sip/bad-start-line',
    'sip/header-no-colon',
    'sip/missing-header',
    'sip/missing-header',
    'sip/missing-contact',
    'sip/missing-from-tag',
    'sip/bad-uri',
    'sip/bad-uri',
  ],
};

const VALID = [
  ...[
    'wsinv',
    'intmeth',
    'esc01',
    'escnull',
    'esc02',
    'lwsdisp',
    'longreq',
    'dblreq',
    'semiuri',
    'transports',
  ],
  ...[
    'mpart01',
    'unreason',
    'noreason',
    'unkscm',
    'novelsc',
    'unksm2',
    'bext01',
    'invut',
    'regaut01',
    'bcast',
  ],
  ...['zeromf', 'cparam01', 'cparam02', 'regescrt', 'sdp01', 'inv2543'],
];

function read(name: string): SipMessage {
  const payload = new Payload();
  payload.data = tortureOctets('rfc4475', `${name}.dat`);
  payload.end = payload.data.length;
  const message = parseMessage(payload);
  if (message === null) throw new Error(`${name} has no start line`);
  return message;
}

describe.skipIf(!HAS_TORTURE)('RFC 4475', () => {
  it('has an expectation for every message', () => {
    expect(Object.keys(EXPECTED).sort()).toEqual(
      tortureNames('rfc4475').map((name) => name.replace('.dat', '')),
    );
  });

  it.each(Object.entries(EXPECTED))('%s', (name, expected) => {
    expect(codes(read(name))).toEqual(expected);
  });

  it.each(VALID)('%s is well formed', (name) => {
    expect(
      read(name)
        .diagnose()
        .filter(({ severity }) => severity === 'error'),
    ).toEqual([]);
  });

  it('wsinv: values unfolded, white space and short forms seen through', () => {
    const message = read('wsinv');
    expect(message.requestUri).toBe('sip:vivekg@chair-dnrc.example.com;unknownparam');
    expect(message.uri.params.list).toEqual([{ name: 'unknownparam', value: undefined }]);
    expect(message.to?.uri.text).toBe('sip:vivekg@chair-dnrc.example.com');
    expect(message.toTag).toBe('1918181833n');
    expect(message.to?.tag).toBe('1918181833n');
    expect(message.from?.display).toBe('J Rosenberg \\"');
    expect(message.fromTag).toBe('98asjd8');
    expect(message.value(HEADER['Max-Forwards'])).toBe('0068');
    expect([message.cseqNumber, message.cseqMethod]).toEqual([9, 'INVITE']);
    expect(message.vias.map(({ transport, host, branch }) => [transport, host, branch])).toEqual([
      ['UDP', '192.0.2.2', '390skdjuw'],
      ['TCP', 'spindle.example.com', 'z9hG4bK9ikj8'],
      ['UDP', '192.168.255.111', 'z9hG4bK30239'],
    ]);
    expect(message.branch).toBe('390skdjuw');
    expect(message.value(HEADER.Subject)).toBe('');
    expect(message.headerValue(message.findName('newfangledheader'))).toBe(
      'newfangled value continued newfangled value',
    );
    expect(message.headerValue(message.findName('UnknownHeaderWithUnusualValue'))).toBe(';;,,;;,;');
    expect(message.routes.map(({ uri }) => uri.params.list)).toEqual([
      [
        { name: 'lr', value: undefined },
        { name: 'unknownwith', value: 'value' },
        { name: 'unknown-no-value', value: undefined },
      ],
    ]);
    const [contact] = message.contacts as readonly {
      display: string;
      params: { get(name: string): unknown };
    }[];
    expect(contact.display).toBe('Quoted string ""');
    expect(contact.params.get('q')).toBe('0.33');
    expect(message.body.length).toBe(150);
  });

  it('intmeth: a wide range of characters', () => {
    const message = read('intmeth');
    expect([message.methodId, message.method]).toEqual([0, "!interesting-Method0123456789_*+`.%indeed'~"]);
    expect(message.cseqMethod).toBe(message.method);
    expect(message.uri.user).toBe("1_unusual.URI~(to-be!sure)&isn't+it$/crazy?,/;;*");
    expect(message.uri.password).toBe("&it+has=1,weird!*pas$wo~d_too.(doesn't-it)");
    expect(message.uri.host).toBe('example.com');
    expect(message.branch).toBe("z9hG4bK-.!%66*_+`'~");
    expect(message.to?.display).toBe('BEL:\x07 NUL:\x00 DEL:\x7f');
    expect(message.from?.display).toBe("token1~` token2'+_ token3*%!.-");
    expect(message.from?.params.get("fromParam''~+*_!.-%")).toBe('работающий');
    expect(message.fromTag).toBe("_token~1'+`*%!-.");
    expect(message.callId).toBe('intmeth.word%ZK-!.*_+\'@word`~)(><:\\/"][?}{');
    expect(message.headerValue(message.findName("extensionHeader-!.%*+_`'~"))).toBe('\ufeff大停電');
  });

  it('esc01: escapes where they are escapes', () => {
    const message = read('esc01');
    expect(message.uri.userText).toBe('sips:user@example.com');
    expect(message.uri.host).toBe('example.net');
    expect(message.to?.uri.userText).toBe('user');
    expect(message.from?.uri.userText).toBe('I have spaces');
    const [contact] = message.contacts as readonly { uri: { userText: string; params: { list: unknown } } }[];
    expect(contact.uri.userText).toBe('caller');
    expect(contact.uri.params.list).toEqual([
      { name: '%6C%72', value: undefined },
      { name: 'n%61me', value: 'v%61lue%25%34%31' },
    ]);
  });

  it('escnull: two distinct contacts', () => {
    const message = read('escnull');
    expect(message.to?.uri.userText).toBe('null-\0-null');
    const contacts = message.addresses(HEADER.Contact);
    expect(contacts.map(({ uri }) => uri.userText)).toEqual(['\0', '\0\0']);
    expect(sameUri(contacts[0].uri, contacts[1].uri)).toBe(false);
  });

  it('esc02: % that is no escape', () => {
    const message = read('esc02');
    expect(message.method).toBe('RE%47IST%45R');
    expect(message.from?.display).toBe('%Z%45');
    expect(message.addresses(HEADER.Contact).map(({ uri }) => uri.address)).toEqual([
      'alias1@host1.example.com',
      'alias3@host3.example.com',
    ]);
    expect(message.branch).toBe('z9hG4bK209%fzsnel234');
  });

  it('lwsdisp: a display name that touches its bracket', () => {
    expect(read('lwsdisp').from?.display).toBe('caller');
  });

  it('longreq: long values and many rows', () => {
    const message = read('longreq');
    expect(message.vias.length).toBe(34);
    expect(message.callId).toBe(`longreq.one${'really'.repeat(20)}longcallid`);
    expect(message.fromTag).toBe(`12${'982'.repeat(50)}424`);
    expect(message.to?.uri.port).toBe(6000);
    expect(message.vias[33].branch).toBe(`very${'long'.repeat(50)}branchvalue`);
  });

  it('dblreq: the datagram ends where Content-Length says', () => {
    const message = read('dblreq');
    expect(message.method).toBe('REGISTER');
    expect(message.bodyEnd - message.bodyStart).toBe(0);
    expect(message.data.subarray(message.end).toString().trimStart().slice(0, 10)).toBe('INVITE sip');
  });

  it('semiuri: parameters in the user part', () => {
    const message = read('semiuri');
    expect(message.uri.userText).toBe('user;par=u@example.net');
    expect(message.uri.host).toBe('example.com');
    expect(message.uri.params.size).toBe(0);
  });

  it('transports: five of them', () => {
    expect(read('transports').vias.map(({ transport }) => transport)).toEqual([
      'UDP',
      'SCTP',
      'TLS',
      'UNKNOWN',
      'TCP',
    ]);
  });

  it('mpart01: two parts, the second binary', () => {
    const message = read('mpart01');
    const parts = message.parts();
    expect(
      parts.map((part) => [part.contentType.name, partHeader(part, 'content-transfer-encoding')]),
    ).toEqual([
      ['text/plain', 'binary'],
      ['application/octet-stream', 'binary'],
    ]);
    expect(message.data.toString('latin1', parts[0].start, parts[0].end)).toBe('Hello');
    expect(parts[1].end - parts[1].start).toBe(342);
    expect(message.data.toString('hex', parts[1].start, parts[1].start + 8)).toBe('3082015206092a86');
    expect(message.data.toString('hex', parts[1].end - 8, parts[1].end)).toBe('944fe57b65bc99d005'.slice(2));
  });

  it('unreason and noreason: any reason phrase', () => {
    expect(read('unreason').reason).toBe('= 2**3 * 5**2 но сто девяносто девять - простое');
    expect([read('noreason').status, read('noreason').reason]).toEqual([100, '']);
  });

  it('malformed ones give the nearest usable value', () => {
    expect(read('quotbal').to?.uri.address).toBe('j.user@example.com');
    expect(read('ltgtruri').uri.address).toBe('user@example.com');
    expect(read('lwsruri').requestUri).toBe('sip:user@example.com; lr');
    expect(read('lwsstart').requestUri).toBe('sip:user@example.com');
    expect(read('badaspec').to?.uri.address).toBe('t.watson@example.org');
    expect([read('baddn').from?.display, read('baddn').fromTag]).toEqual(['Bell, Alexander', '43']);
    expect(read('bigcode').status).toBe(429496730);
    expect(read('ncl').contentLength).toBe(-2);
    expect(read('scalar02').cseqNumber).toBe(Number.MAX_SAFE_INTEGER);
    expect(read('multi01').callId).toBe('multi01.98asdh@192.0.2.1');
    expect(read('cparam01').addresses(HEADER.Contact)[0].params.has('unknownparam')).toBe(true);
    expect(read('cparam02').addresses(HEADER.Contact)[0].uri.params.has('unknownparam')).toBe(true);
    expect(read('regescrt').addresses(HEADER.Contact)[0].uri.headers.get('Route')).toBe(
      '%3Csip:sip.example.com%3E',
    );
  });
});
