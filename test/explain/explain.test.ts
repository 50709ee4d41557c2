// A message → its lines with what they mean: whole outputs, as `show --explain` has them.
import { expect, test } from 'vitest';
import { explainMessage } from '../../src/explain/explain.ts';
import { messageOf } from '../../src/sip/parse.ts';

/** `kind|text`, then what it means, a line each. */
function explain(text: string, secrets = false): string[] {
  return explainMessage(messageOf(text)!, { secrets }).flatMap(
    ({ kind, text, purpose, decoded, diagnostics }) => [
      `${kind}|${text}`,
      ...(purpose === '' ? [] : [`  = ${purpose}`]),
      ...decoded.map((fact) => `  - ${fact}`),
      ...diagnostics.map(({ code, at }) => `  ! ${code} ${at}`),
    ],
  );
}

function request(...headers: string[]): string {
  return [
    'OPTIONS sip:bob@example.com SIP/2.0',
    'v: SIP/2.0/TLS [2001:db8::1]:5061;branch=z9hG4bKx;received=192.0.2.7;rport=4711',
    'Max-Forwards: 70',
    'f: "Alice" <sip:al%69ce@example.com;lr;user=phone>;tag=a',
    't: <tel:+15551234>',
    'i: c@example.com',
    'CSeq: 7 OPTIONS',
    ...headers,
    'l: 0',
    '',
    '',
  ].join('\r\n');
}

/** The lines of one header. */
const header = (line: string): string[] => {
  const all = explain(request(line));
  const from = all.indexOf(`header|${line.split('\r\n')[0]}`);
  return all.slice(from, all.indexOf('header|l: 0'));
};

test('every line has its purpose, in compact form too', () => {
  expect(explain(request())).toEqual([
    'start-line|OPTIONS sip:bob@example.com SIP/2.0',
    '  = OPTIONS: asks what the other side can do; often used as a ping (RFC 3261 §11)',
    'header|v: SIP/2.0/TLS [2001:db8::1]:5061;branch=z9hG4bKx;received=192.0.2.7;rport=4711',
    '  = Via: path the request took, which its responses take back (RFC 3261 §20.42)',
    '  - TLS from [2001:db8::1]:5061',
    '  - branch z9hG4bKx: identifies the transaction',
    '  - received: the packet came from 192.0.2.7',
    '  - rport: sent from port 4711',
    'header|Max-Forwards: 70',
    '  = Max-Forwards: hops the request may still take (RFC 3261 §20.22)',
    'header|f: "Alice" <sip:al%69ce@example.com;lr;user=phone>;tag=a',
    '  = From: who started the request, and their dialog tag (RFC 3261 §20.20)',
    '  - display name Alice',
    '  - user part without escapes: alice',
    '  - sip URI of alice at example.com',
    '  - loose router (RFC 3261 §16.12)',
    '  - URI parameter user = phone',
    '  - tag a: this side of the dialog',
    'header|t: <tel:+15551234>',
    '  = To: who the request is for, and their dialog tag (RFC 3261 §20.39)',
    'header|i: c@example.com',
    '  = Call-ID: identifies the call, or all registrations of one client (RFC 3261 §20.8)',
    'header|CSeq: 7 OPTIONS',
    '  = CSeq: orders requests in a dialog and ties responses to them (RFC 3261 §20.16)',
    'header|l: 0',
    '  = Content-Length: octets of the body; ends a message on a stream (RFC 3261 §20.14)',
    'blank|',
  ]);
});

test('a token of STIR is decoded', () => {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const token = `${part({ alg: 'ES256', ppt: 'shaken', typ: 'passport' })}.${part({ attest: 'A', iat: 1471375418, orig: { tn: '12155551212' } })}.c2ln`;
  const line = `Identity: ${token};info=<https://example.org/cert.cer>;alg=ES256;ppt=shaken`;
  expect(header(line)).toEqual([
    `header|${line}`,
    '  = Identity: signed statement about the calling identity (PASSporT) (RFC 8224 §4)',
    '  - header alg, signature algorithm: "ES256"',
    '  - header ppt, extension: "shaken"',
    '  - header typ, type of token: "passport"',
    '  - claim attest, attestation level (A full, B partial, C gateway): "A"',
    '  - claim iat, issued at: 1471375418 (2016-08-16T19:23:38Z)',
    '  - claim orig, calling identity: {"tn":"12155551212"}',
    '  - certificate at https://example.org/cert.cer',
  ]);
  const [, , , , , , , identity] = explainMessage(messageOf(request(line))!, { secrets: false });
  expect(identity).toMatchObject({ encoded: true });
});

test.each([
  ['Reason: Q.850;cause=17', ['  - Q.850 cause 17: user busy']],
  ['Reason: SIP;cause=487', []],
  ['Contact: *', ['  - every binding of the address of record']],
  ['Session-ID: 0123;remote=4567', ['  - of the sender 0123', '  - of the receiver 4567']],
  ['X-Unheard-Of: thing', []],
])('%s', (line, facts) => {
  const lines = header(line);
  expect(lines.filter((each) => each.startsWith('  -'))).toEqual(facts);
});

test('a folded header is a line for each row, explained at the first', () => {
  expect(header('Subject: one\r\n\ttwo').filter((each) => !each.startsWith('  !'))).toEqual([
    'header|Subject: one',
    '  = Subject: what the call is about (RFC 3261 §20.36)',
    'header|\ttwo',
  ]);
});

test('credentials and keys are masked, octet for octet, in the text and in what is said of it', () => {
  const body = 'v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nt=0 0\r\nk=clear:secret\r\n';
  const text = request(
    'Authorization: Digest username="alice", response="6629fae4"',
    'Contact: <sip:alice:secret@192.0.2.1>',
    'Content-Type: application/sdp',
  ).replace('l: 0\r\n\r\n', `l: ${body.length}\r\n\r\n${body}`);
  const masked = explain(text);
  expect(masked.filter((line) => /secret|6629fae4/.test(line))).toEqual([]);
  expect(masked).toContain('header|Authorization: Digest username="alice", response=**********');
  expect(masked).toContain('header|Contact: <sip:alice:******@192.0.2.1>');
  expect(masked).toContain('body|k=clear:******');
  const open = explain(text, true);
  expect(open).toContain('header|Authorization: Digest username="alice", response="6629fae4"');
  expect(open).toContain('body|k=clear:secret');
});

test('diagnostics stand at the line they point into', () => {
  expect(explain(request('Expires: soon')).filter((line) => /Expires|!/.test(line))).toEqual([
    'header|Expires: soon',
    '  = Expires: seconds until the message, registration or subscription lapses (RFC 3261 §20.19)',
    '  ! sip/bad-number 249',
  ]);
});

test('every octet of a message is in one line or a line end', () => {
  for (const text of [request(), request('Subject: a\nb: c\rd: e'), `${request()}trailing\0octets`]) {
    const octets = Buffer.from(text);
    let at = 0;
    for (const { start, end, octets: shown } of explainMessage(messageOf(text)!, { secrets: true })) {
      expect(octets.toString('latin1', at, start)).toMatch(/^(\r\n|\r|\n)?$/);
      expect(shown).toEqual(octets.subarray(start, end));
      at = end;
    }
    expect(octets.toString('latin1', at)).toMatch(/^(\r\n|\r|\n)?$/);
  }
});
