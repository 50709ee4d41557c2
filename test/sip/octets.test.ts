// Properties: no octets make the stage throw, and what is read and written again is the same.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Payload } from '../../src/network/payload.ts';
import { parseSipfrag } from '../../src/sip/body/sipfrag.ts';
import { parseCredentials, redactCredentials } from '../../src/sip/header/credentials.ts';
import { HEADERS, isCommaList } from '../../src/sip/header/header-names.ts';
import { parseHistoryInfo } from '../../src/sip/header/history-info.ts';
import { parseIdentity } from '../../src/sip/header/identity.ts';
import type { SipMessage } from '../../src/sip/message.ts';
import { messageOf, parseMessage } from '../../src/sip/parse.ts';
import { redactMessage } from '../../src/sip/redact.ts';
import { rewriteMessage } from '../../src/sip/rewrite.ts';
import { parseUri } from '../../src/sip/uri/uri.ts';
import { sameUri } from '../../src/sip/uri/uri-equality.ts';
import { writeMessage } from '../../src/sip/write.ts';
import { requestText } from './request.ts';

const GOOD = requestText({
  method: 'INVITE',
  lines: [
    'Contact: "A" <sip:a:b@[2001:db8::1]:5060;x=1?y=z>;q=0.1, <tel:+1>',
    'Authorization: Digest username="a", response="b"',
    'Identity: a.b.c;info=<https://x>;alg=ES256',
    'Content-Type: multipart/mixed;boundary=b',
  ],
  body: '--b\r\nContent-Type: application/sdp\r\n\r\nv=0\r\n--b--\r\n',
});

/** Any octets, octets that look like SIP, and a good message with octets changed, cut out or put in. */
const octets = fc.oneof(
  fc.uint8Array({ maxLength: 200 }).map((array) => Buffer.from(array)),
  fc
    .array(
      fc.constantFrom(
        'SIP/2.0 ',
        'INVITE ',
        'sip:',
        '\r\n',
        ':',
        ';',
        ',',
        '"',
        '<',
        '>',
        'Via',
        'tag=',
        '@',
        ' ',
        '%',
        '[',
        '--b',
        'a',
      ),
      {
        maxLength: 60,
      },
    )
    .map((pieces) => Buffer.from(`INVITE sip:x SIP/2.0\r\n${pieces.join('')}`)),
  fc
    .array(fc.tuple(fc.nat(GOOD.length - 1), fc.nat(3), fc.string({ maxLength: 3, unit: 'binary' })), {
      maxLength: 6,
    })
    .map((edits) => {
      let text = GOOD;
      for (const [at, drop, put] of edits) text = text.slice(0, at) + put + text.slice(at + drop);
      return Buffer.from(text);
    }),
);

/** Everything that can be asked of a message, as one value to compare. */
function everything(message: SipMessage): unknown {
  const rows = Array.from({ length: message.headerCount }, (_, row) => [
    message.headerId(row),
    message.headerName(row),
    message.headerValue(row),
    message.headerRaw(row).toString('latin1'),
  ]);
  const lists = HEADERS.slice(1).map(({ id }) => [
    message.value(id),
    message.values(id),
    message.addresses(id),
  ]);
  return [
    [
      message.isRequest,
      message.methodId,
      message.status,
      message.method,
      message.requestUri,
      message.reason,
      message.version,
    ],
    [message.callId, message.branch, message.fromTag, message.toTag, message.cseqNumber, message.cseqMethod],
    [
      rows,
      lists,
      message.uri,
      message.from,
      message.to,
      message.vias,
      message.contacts,
      message.routes,
      message.recordRoutes,
    ],
    [
      message.body.toString('latin1'),
      message.contentType,
      message.parts().length,
      message.sdpBody() !== undefined,
    ],
    [message.bytes().toString('latin1'), message.contentLength, message.flags, message.headersComplete],
    message.diagnose(),
  ];
}

it('never throws, and a kept message equals its view', () => {
  fc.assert(
    fc.property(octets, fc.nat(5), (data, before) => {
      const payload = new Payload();
      payload.data = Buffer.concat([Buffer.alloc(before, 'x'), data, Buffer.from('after')]);
      payload.start = before;
      payload.end = before + data.length;
      const message = parseMessage(payload);
      parseSipfrag(data).diagnose();
      if (message === null) return;
      redactMessage(message);
      expect(everything(message.keep())).toEqual(everything(message));
    }),
    { numRuns: 400 },
  );
});

it('writes what it read', () => {
  fc.assert(
    fc.property(octets, (data) => {
      const message = messageOf(data);
      return message === null || rewriteMessage(message).equals(data.subarray(message.start, message.end));
    }),
  );
});

it('reads what it wrote', () => {
  const name = fc
    .stringMatching(/^[A-Za-z][A-Za-z0-9-]{0,12}$/)
    .filter((text) => !/^(content-length|l)$/i.test(text));
  const value = fc.string().map((text) => text.replace(/\s+/g, ' ').trim());
  fc.assert(
    fc.property(fc.array(fc.tuple(name, value)), fc.string(), (headers, body) => {
      const message = messageOf(writeMessage({ startLine: 'X sip:a SIP/2.0', headers, body }));
      if (message === null) throw new Error('no message');
      const read = headers.map((_, row) => [message.headerName(row), message.headerValue(row)]);
      expect([read, message.body.toString()]).toEqual([headers, body]);
    }),
  );
});

it('finds a header as a plain search of the rows does', () => {
  const line = fc
    .tuple(
      fc.constantFrom('Via', 'v', 'VIA', 'Contact', 'm', 'X-Any', 'Subject'),
      fc.constantFrom('a', 'a,b', '"a,b"', ''),
    )
    .map(([name, value]) => `${name}: ${value}`);
  fc.assert(
    fc.property(fc.array(line), (lines) => {
      const message = messageOf(`X sip:a SIP/2.0\r\n${lines.join('\r\n')}\r\n\r\n`);
      if (message === null) return;
      for (const { id, name, compact } of HEADERS.slice(1)) {
        const own = lines.filter((text) =>
          [name, compact].some((spelling) => text.toLowerCase().startsWith(`${spelling.toLowerCase()}:`)),
        );
        expect([message.find(id) >= 0, message.value(id)]).toEqual([
          own.length > 0,
          own[0]?.replace(/^[^:]*: ?/, ''),
        ]);
        const items = own.flatMap((text) =>
          text.includes('"') ? ['"a,b"'] : text.replace(/^[^:]*: ?/, '').split(','),
        );
        if (isCommaList(id)) expect(message.values(id)).toEqual(items.filter((item) => item !== ''));
      }
    }),
    { numRuns: 30 },
  );
});

it('takes any text for a URI or a value', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('', 'sip:', 'sips:', 'tel:', 'urn:'),
      (text, scheme) => {
        const uri = parseUri(scheme + text);
        expect(sameUri(uri, parseUri(scheme + text))).toBe(true);
        parseIdentity(text);
        parseHistoryInfo(text);
        parseCredentials(text);
        redactCredentials(text);
      },
    ),
  );
});

it('does not slow down on long runs of one character', () => {
  const begin = performance.now();
  for (const run of [
    '"',
    '<',
    '(',
    ' ',
    ';',
    ',',
    '\\',
    ':',
    '@',
    '%',
    '=',
    '[',
    'sip:',
    'a=',
    '\r\n ',
    '\t',
  ]) {
    const text = run.repeat(Math.floor(60_000 / run.length));
    for (const name of [
      'Contact',
      'Via',
      'From',
      'Warning',
      'Authorization',
      'Date',
      'CSeq',
      'Call-ID',
      'Retry-After',
    ]) {
      const message = messageOf(`INVITE sip:${run === ' ' ? '' : 'x'} SIP/2.0\r\n${name}: ${text}x\r\n\r\n`);
      if (message === null) continue;
      message.diagnose();
      redactMessage(message);
    }
  }
  expect(performance.now() - begin).toBeLessThan(4000);
});
