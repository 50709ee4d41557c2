// A message made of secrets: none of them is found in what becomes of it, in whatever case, also when base64 and escapes are read.
import { expect, test } from 'vitest';
import { MessageAnonymizer } from '../../src/anonymize/message/message.ts';
import { KEY, lines, OTHER_KEY } from './anonymized.ts';

/** Where a secret stands is filled in by `of`: each place has a secret of its own. */
const SECRETS: string[] = [];

function word(): string {
  const secret = `zorq${String.fromCharCode(97 + (SECRETS.length % 26), 97 + Math.floor(SECRETS.length / 26))}wex`;
  SECRETS.push(secret);
  return secret;
}

function number(): string {
  const secret = `8352${SECRETS.length}9147`;
  SECRETS.push(secret);
  return secret;
}

function address(): string {
  const secret = `193.84.${100 + SECRETS.length}.173`;
  SECRETS.push(secret);
  return secret;
}

function group(): string {
  const secret = `a7b3:${(0xc000 + SECRETS.length).toString(16)}`;
  SECRETS.push(secret);
  return `2001:db8:${secret}::1`;
}

const base64 = (text: string) => Buffer.from(text).toString('base64');

const SDP = lines(
  'v=0',
  `o=${word()} 1 1 IN IP4 ${address()}`,
  `s=${word()}`,
  `i=${word()} ${number()}`,
  `u=http://${word()}.net/${word()}`,
  `e=${word()}@${word()}.net`,
  `c=IN IP6 ${group()}`,
  `k=clear:${word()}`,
  'm=audio 4000 RTP/SAVP 0',
  `a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:${word()}${word()}|2^20;inline:${word()}`,
  `a=ice-pwd:${word()}${number()}`,
  `a=candidate:1 1 UDP 1 ${address()} 4000 typ host raddr ${group()} rport 1`,
  `a=ssrc:1 cname:${word()}@${word()}`,
  `a=${word()}:${word()}`,
  `${word()}`,
);
const XML = `<?xml version="1.0"?><!-- ${word()} --><a b="${word()}" c='sip:${word()}@${word()}.net'>${word()} ${number()} ${address()} <![CDATA[${word()}]]></a><broken ${word()} "${word()}`;
const JWT = `${base64(`{"x5u":"https://${word()}.net/${word()}.cer"}`)}.${base64(`{"orig":{"tn":"${number()}"},"dest":{"uri":["sip:${word()}@${word()}.net"]}}`)}.${word()}`;
const HEADERS = [
  `Via: SIP/2.0/UDP ${word()}.net:5060;branch=z9hG4bK${word()};received=${address()};${word()}=${word()}`,
  `Via: SIP/2.0/TCP [${group()}]:5060;branch=${word()};maddr=${address()}`,
  `From: "${word()} \\"${word()}" <sip:${word()}:${word()}@${word()}.${word()}.net;${word()}=${word()}?Subject=${word()}>;tag=${word()}`,
  `To: ${word()} ${word()} <tel:+1-${number()};phone-context=${word()}.net>;tag=${number()}`,
  `Call-ID: ${word()}-${number()}@${address()}`,
  `Contact: sip:${word()}@${address()};expires=5;+sip.instance="<urn:uuid:${word()}>", <sips:${word()}@${word()}>`,
  `Refer-To: <sip:${word()}@${word()}.net?Replaces=${word()}%40${address()}%3Bto-tag%3D${word()}>`,
  `Authorization: Digest username="${word()}@${word()}", realm="${word()}", nonce="${word()}", response="${word()}", uri="sip:${word()}"`,
  `Proxy-Authorization: Basic ${base64(`${word()}:${word()}`)}`,
  `WWW-Authenticate: Digest realm="${word()}", opaque="${word()}", domain="sip:${word()}"`,
  `Identity: ${JWT};info=<https://${word()}.net>;alg=ES256`,
  `Subject: ${word()} ${number()}`,
  `Warning: 399 ${word()}.net "${word()} at ${address()}"`,
  `Reason: SIP;cause=200;text="${word()}"`,
  `Retry-After: 5 (${word()})`,
  `User-Agent: Phone ${number()} ${address()} 00a1b2c3d4e5`,
  `Event: dialog;call-id=${word()}`,
  `Content-Type: multipart/mixed;boundary=xyz;start="<${word()}@${word()}>"`,
  `X-Header: ${word()} ${number()} sip:${word()}@${word()} ${address()} ${group()} caf%C3%A9${word()}`,
  `no header line of ${word()}`,
  `not one either, ${word()}: ${word()}`,
];
const PARTS = [
  word(),
  '--xyz',
  `Content-ID: <${word()}@${word()}>`,
  'Content-Type: application/sdp',
  '',
  SDP,
  '--xyz',
  'Content-Type: application/pidf+xml',
  '',
  XML,
  '--xyz',
  'Content-Type: message/cpim',
  '',
  `From: ${word()} <im:${word()}@${word()}>`,
  '',
  'Content-Type: text/plain',
  '',
  `${word()} ${number()}`,
  '--xyz',
  'Content-Type: message/sip',
  '',
  `MESSAGE sip:${word()}@${word()} SIP/2.0`,
  '',
  word(),
  '--xyz',
  'Content-Type: image/png',
  '',
  `\0${word()}`,
  '--xyz',
  'Content-Type: text/plain',
  'Content-Transfer-Encoding: base64',
  '',
  base64(`${word()} was here, ${word()} too`),
  '--xyz--',
  word(),
];
const MESSAGE = `${lines(`INVITE sip:${word()};x=${word()}@${word()}.net:5060;${word()} SIP/2.0`, ...HEADERS, '', ...PARTS)}`;

/** Escapes and base64 undone wherever there could be any. */
function readable(text: string): string {
  const escapes = text.replace(/%([0-9a-f]{2})/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
  const runs = [...text.matchAll(/[\w+/-]{8,}/g)].map(([run]) =>
    Buffer.from(run, 'base64').toString('latin1'),
  );
  return [text, escapes, ...runs].join('\n').toLowerCase();
}

test('the message has all of its secrets', () => {
  const before = readable(MESSAGE);
  expect(SECRETS.filter((secret) => !before.includes(secret))).toEqual([]);
  expect(SECRETS.length).toBeGreaterThan(100);
});

test.each([
  ['one key', KEY],
  ['another', OTHER_KEY],
])('%s: none is found in what becomes of it', (_, key) => {
  for (const text of [MESSAGE, MESSAGE.toUpperCase(), MESSAGE.replaceAll('\r\n', '\n')]) {
    const after = readable(new MessageAnonymizer(key).message(Buffer.from(text)).toString('latin1'));
    expect(SECRETS.filter((secret) => after.includes(secret))).toEqual([]);
    expect(after).not.toContain('00a1b2c3d4e5');
  }
});

test('nor in pieces of it that begin in the middle of a line', () => {
  const anonymizer = new MessageAnonymizer(KEY);
  for (let at = 0; at < MESSAGE.length; at += 97) {
    const piece = MESSAGE.slice(at, at + 400);
    const after = readable(anonymizer.message(Buffer.from(piece)).toString('latin1'));
    expect([at, SECRETS.filter((secret) => after.includes(secret))]).toEqual([at, []]);
  }
});
