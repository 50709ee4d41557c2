// Whole messages: what a capture is full of, cut, malformed and hostile.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MessageAnonymizer } from '../../src/anonymize/message/message.ts';
import type { SipMessage } from '../../src/sip/message.ts';
import { messageOf } from '../../src/sip/parse.ts';
import { TOKEN_FOLD } from '../../src/sip/text/characters.ts';
import { HAS_TORTURE, tortureNames, tortureOctets } from '../sip/torture-files.ts';
import { anonymized, KEY, lines, OTHER_KEY } from './anonymized.ts';
import { INVITE, MESSAGE, NOTIFY, REGISTER } from './messages.ts';

test.each([
  ['an INVITE', INVITE],
  ['a REGISTER', REGISTER],
  ['a MESSAGE', MESSAGE],
  ['a NOTIFY', NOTIFY],
])('%s', (_, { before, after }) => {
  expect(anonymized(before)).toBe(after);
});

const base64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

test('a PASSporT is read: numbers and addresses in it are those of the message, its time stays', () => {
  const header = { alg: 'ES256', ppt: 'shaken', typ: 'passport', x5u: 'https://cert.home.net/1.pem' };
  const claims = { attest: 'A', dest: { tn: ['12015550123'] }, iat: 1443208345, orig: { tn: '12015550199' } };
  const token = `${base64(header)}.${base64(claims)}.c2lnbmF0dXJl_xyz-1`;
  const made = anonymized(
    lines(
      'INVITE tel:+12015550123 SIP/2.0',
      `Identity: ${token};info=<https://cert.home.net/1.pem>;alg=ES256`,
    ),
  );
  const [line, identity] = made.split('\r\n');
  const number = /\d{11}/.exec(line)![0];
  const [madeHeader, madeClaims] = identity
    .slice('Identity: '.length)
    .split('.')
    .map((part) => Buffer.from(part, 'base64url').toString());
  expect(JSON.parse(madeHeader)).toEqual({ ...header, x5u: /<(.*)>/.exec(identity)![1] });
  expect(JSON.parse(madeClaims)).toEqual({
    ...claims,
    dest: { tn: [number] },
    orig: { tn: expect.stringMatching(/^\d{11}$/) },
  });
});

test('folded values are one, line ends and lines without a colon stay lines', () => {
  expect(
    anonymized(
      'BYE sip:bob@home.net SIP/2.0\nTo: "Bob\n Builder" \r\n\t<sip:bob@home.net>;\r\n tag=7\rnot a line of bob\r\nAlice Doe : 5\n\n',
    ),
  ).toBe(
    'BYE sip:tub@zcem.net SIP/2.0\nTo: "Tub\n Tartbwz" \r\n\t<sip:tub@zcem.net>;\r\n tag=5\rnot a line of tub\r\nScopw Vpb : 3\n\n',
  );
});

test('several messages in a datagram, and what follows them', () => {
  const one = lines('OPTIONS sip:bob@home.net SIP/2.0', 'Content-Length: 3', '');
  expect(anonymized(`${one}bob${one}bob\r\n\r\n`)).toBe(`${anonymized(`${one}bob`).repeat(2)}\r\n\r\n`);
  expect(anonymized(`${one}bobalice`).slice(-8)).toBe('tubscopw');
});

test('a message that is cut anywhere begins as the whole one does, but for the word that is cut', () => {
  const anonymizer = new MessageAnonymizer(KEY);
  const octets = Buffer.from(INVITE.before);
  const whole = anonymizer.message(octets).toString('latin1');
  for (let length = 0; length <= octets.length; length++) {
    const cut = anonymizer.message(octets.subarray(0, length)).toString('latin1');
    expect(cut.length).toBe(length);
    expect(cut).not.toMatch(/alice|atlanta|biloxi/i);
  }
  expect(whole).not.toMatch(/alice|atlanta|biloxi/i);
});

/** What of a message tells how it is understood. */
function understood(message: SipMessage) {
  const names = Array.from({ length: message.headerCount }, (_, row) => message.headerName(row));
  return {
    codes: message.diagnose().map(({ code }) => code),
    method: message.method,
    status: message.status,
    cseq: [message.cseqNumber, message.cseqMethod],
    // Those that are no names are text.
    names: names.filter((name) => Buffer.from(name).every((octet) => TOKEN_FOLD[octet] !== 0)),
    flags: message.flags,
    parts: message.parts().length,
  };
}

describe.skipIf(!HAS_TORTURE)('the messages of RFC 4475 and RFC 5118 are understood as before', () => {
  const files = (['rfc4475', 'rfc5118'] as const).flatMap((set) =>
    tortureNames(set).map((name) => [set, name] as const),
  );
  test.each(files)('%s %s', (set, name) => {
    const octets = tortureOctets(set, name);
    const before = messageOf(octets);
    const after = messageOf(new MessageAnonymizer(KEY).message(octets));
    expect(after && understood(after)).toEqual(before && understood(before));
  });
});

describe('any octets', () => {
  const PIECES = [
    ...['INVITE sip:a@b SIP/2.0\r\n', 'SIP/2.0 200 OK\r\n', 'Via: ', 'From: ', 'Call-ID: ', 'Identity: '],
    ...[
      'Content-Type: multipart/mixed;boundary=x\r\n',
      'Content-Type: application/sdp\r\n',
      '\r\n',
      '--x\r\n',
    ],
    ...[
      'Authorization: Digest ',
      'Content-Type: application/pidf+xml\r\n',
      'eyJhIjoxfQeyJh',
      'sip:',
      '::',
      '[',
      '"',
    ],
    ...[
      '<',
      '>',
      ';',
      '=',
      '%4',
      '1.2.3.4',
      'a=crypto:1 A inline:',
      '2001:db8::',
      '-',
      ':',
      '@',
      ',',
      '\\',
      'é',
    ],
    ...[
      'a=fingerprint:x ',
      'v=0\r\n',
      'tel:+1',
      '2026-11-22T',
      'z9hG4bK',
      'username="',
      '?',
      '&',
      ' ',
      '\n ',
    ],
  ];
  const OCTETS = fc
    .array(
      fc.oneof(
        fc.constantFrom(...PIECES).map((piece) => Buffer.from(piece)),
        fc.uint8Array({ maxLength: 8 }).map((octets) => Buffer.from(octets)),
        fc.string({ maxLength: 12 }).map((text) => Buffer.from(text)),
      ),
      { maxLength: 60 },
    )
    .map((pieces) => Buffer.concat(pieces));

  test('as many octets, line ends where they were, the same again', () => {
    const anonymizer = new MessageAnonymizer(KEY);
    const lineEnds = (octets: Buffer) =>
      [...octets].flatMap((octet, at) => (octet === 10 || octet === 13 ? [at] : []));
    fc.assert(
      fc.property(OCTETS, (octets) => {
        const copy = Buffer.from(octets);
        const made = anonymizer.message(octets);
        expect(octets.equals(copy)).toBe(true);
        expect(made.length).toBe(octets.length);
        // Octets that are no text become zeros altogether.
        if (!made.includes(0)) expect(lineEnds(made)).toEqual(lineEnds(octets));
        expect(anonymizer.message(octets).equals(made)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test('another key, other names', () => {
    expect(anonymized(INVITE.before, OTHER_KEY)).not.toBe(anonymized(INVITE.before));
    expect(anonymized(INVITE.before, OTHER_KEY)).toHaveLength(INVITE.before.length);
  });

  test.each([
    ['<', ';<'],
    ['quotes', '"\\'],
    ['quotes and commas', ',"\\'],
    ['groups', 'a:'],
    ['gaps', '::'],
    ['dots', '1.'],
    ['base64', 'QUJD-'],
    ['one word', 'x'],
    ['escapes', '%4'],
    ['users', 'sip:a@'],
    ['parameters', ';a=b'],
    ['brackets', '['],
    ['tokens', 'eyJh'],
    ['dates', '2026-'],
    ['messages', 'BYE sip:h SIP/2.0\r\nl:0\r\n\r\n'],
    ['lines', 'a:\n'],
    ['parts', '--x\r\n'],
    ['markup', '<a b="'],
    ['keys', 'a=crypto:1 inline:;'],
  ])('%s, a great many, do not hang it', (_, piece) => {
    const many = piece.repeat(Math.ceil(50_000 / piece.length));
    const anonymizer = new MessageAnonymizer(KEY);
    for (const head of [
      ...['From: ', 'Via: ', 'Authorization: Digest ', 'Warning: ', ''],
      ...['Content-Type: application/sdp\r\n\r\n', 'Content-Type: multipart/mixed;boundary=x\r\n\r\n'],
      ...['Content-Type: text/xml\r\n\r\n', 'Content-Type: message/cpim\r\n\r\n'],
    ]) {
      const octets = Buffer.from(`BYE sip:h SIP/2.0\r\n${head}${many}`);
      expect(anonymizer.message(octets)).toHaveLength(octets.length);
    }
  });
});
