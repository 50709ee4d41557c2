// Values of headers: what stays and what does not, by the header.
import { expect, test } from 'vitest';
import { headerValue } from '../../src/anonymize/message/header.ts';
import { headerId } from '../../src/sip/header/header-names.ts';
import { written } from './anonymized.ts';

test.each([
  [
    'From',
    '"Alice ""Smith" <sip:alice@atlanta.net>;tag=a6c85cf',
    '"Scopw ""Kxgpy" <sip:scopw@skeickt.net>;tag=c8f12fa',
  ],
  [
    'From',
    'Anonymous <sip:anonymous@anonymous.invalid>;tag=7',
    'Anonymous <sip:anonymous@anonymous.invalid>;tag=5',
  ],
  ['To', 'sip:bob@biloxi.net;tag=314', 'sip:tub@toazuo.net;tag=282'],
  ['m', '*', '*'],
  [
    'Contact',
    '<sip:alice@10.0.0.1>;q=0.5;expires=60, "B, C" <sip:bob@10.0.0.2>;reg-id=1;+sip.instance="<urn:uuid:f81d4fae-7dec-11d0-abcd-00a0c91e6bf6>"',
    '<sip:scopw@10.0.4.4>;q=0.5;expires=60, "T, U" <sip:tub@10.0.4.5>;reg-id=1;+sip.instance="<urn:uuid:b90c0aac-5bee-93c3-cfdf-85a3e79e5fa1>"',
  ],
  [
    'Via',
    'SIP / 2.0 / UDP  first.atlanta.net: 4000;ttl=16 ;maddr=224.2.0.1 ;branch=z9hG4bKa7c6a8dlze.1 (Acme), SIP/2.0/TCP 10.0.0.1;received=10.0.0.2;rport=5061',
    'SIP / 2.0 / UDP  first.skeickt.net: 4000;ttl=16 ;maddr=224.2.0.1 ;branch=z9hG4bKs8r6g0hayo.9 (Stve), SIP/2.0/TCP 10.0.4.4;received=10.0.4.5;rport=5061',
  ],
  [
    'History-Info',
    '<sip:bob@biloxi.net?Reason=SIP%3Bcause%3D302>;index=1.1.1.1;rc=1.1.1',
    '<sip:tub@toazuo.net?Reason=SIP%3Bcause%3D302>;index=1.1.1.1;rc=1.1.1',
  ],
  ['Call-ID', 'a84b4c76e66710@pc33.atlanta.net', 'c07d6f78f89093@hd68.skeickt.net'],
  [
    'Replaces',
    'a84b4c76e66710@pc33.atlanta.net;to-tag=7;from-tag=a6c85cf;early-only',
    'c07d6f78f89093@hd68.skeickt.net;to-tag=5;from-tag=c8f12fa;early-only',
  ],
  [
    'Authorization',
    'Digest username="alice@atlanta.net", realm="atlanta.net", nonce="84a4cc6f3082121f32b42a2187831a9e", uri="sip:biloxi.net", qop=auth, nc=00000001, cnonce="0a4f113b", response="7587245234b3434cc3412213e5f113a5", algorithm=SHA-256',
    'Digest username="scopw@skeickt.net", realm="skeickt.net", nonce="60e9df8d6776531e47d92a8441261b5b", uri="sip:toazuo.net", qop=auth, nc=00000001, cnonce="8b0b130e", response="5541718576f5948cd1738972a2c664e2", algorithm=SHA-256',
  ],
  ['Proxy-Authorization', 'Basic YWxpY2U6c2VjcmV0', 'Basic c2NvcHc6a3Bycm12'],
  [
    'WWW-Authenticate',
    'Digest realm="atlanta.net", domain="sip:ss1.atlanta.net", qop="auth,auth-int", nonce="f84f1cec41e6cbe5aea9c8e88d359", opaque="", stale=FALSE',
    'Digest realm="skeickt.net", domain="sip:kd5.skeickt.net", qop="auth,auth-int", nonce="b93e5dfc68a9bda6aaf2c7a28f370", opaque="", stale=FALSE',
  ],
  [
    'Authentication-Info',
    'nextnonce="47364c23432d2e131a5fb210812c"',
    'nextnonce="24197c20041c4c361b0ea368489c"',
  ],
  [
    'Reason',
    'Q.850;cause=16;text="Normal call clearing for bob"',
    'Q.850;cause=16;text="Normal call clearing xou tub"',
  ],
  [
    'Warning',
    '399 gw.atlanta.net:5060 "Session of bob not found", 307 10.0.0.1 "x"',
    '399 yg.skeickt.net:5060 "Session of tub not found", 307 10.0.4.4 "x"',
  ],
  ['Retry-After', '18000 (meeting with bob);duration=3600', '18000 (ekydnqs onsj tub);duration=3600'],
  ['Event', 'dialog;call-id=a84b4c76e66710;id=77', 'dialog;call-id=c07d6f78f89093;id=75'],
  ['Subscription-State', 'active;expires=3600', 'active;expires=3600'],
  [
    'Content-Type',
    'multipart/related;boundary="alice-1";start="<alice@atlanta.net>";type="application/sdp"',
    'multipart/related;boundary="alice-1";start="<scopw@skeickt.net>";type="application/sdp"',
  ],
  [
    'User-Agent',
    'Acme T46S/66.85.0.5 (0015650ABCDE; 00:15:65:ab:cd:ef) 20240101',
    'Acme T46S/35.51.4.3 (8599938ECCDF; e8:84:07:0a:54:be) 23715739',
  ],
  ['Server', 'kamailio (5.7.4 (x86_64/linux))', 'kamailio (5.7.4 (x86_64/linux))'],
  [
    'Session-ID',
    'ab30317f1a784dc48ff824d0d3715d86;remote=00000000000000000000000000000000',
    'cf02051f8f348fe40cd541c8c4967c74;remote=00000000000000000000000000000000',
  ],
  [
    'P-Charging-Vector',
    'icid-value="PCSF:1-alice";icid-generated-at=10.0.0.1;orig-ioi=atlanta.net',
    'icid-value="HDZZ:9-scopw";icid-generated-at=10.0.4.4;orig-ioi=skeickt.net',
  ],
  [
    'P-Asserted-Identity',
    '"Alice" <sip:alice@atlanta.net>, tel:+12015550123',
    '"Scopw" <sip:scopw@skeickt.net>, tel:+28872263141',
  ],
  ['Subject', 'call about money', 'ujnn ssgyr euwlh'],
  [
    'Cisco-Guid',
    '1234567890-0987654321-1111111111-2222222222',
    '1170245228-0119201759-7393752749-7728520150',
  ],
  [
    'Diversion',
    '<sip:bob@biloxi.net>;reason=user-busy;counter=1;privacy=off',
    '<sip:tub@toazuo.net>;reason=user-busy;counter=1;privacy=off',
  ],
  ['Date', 'Sat, 13 Nov 2010 23:29:00 GMT', 'Sat, 13 Nov 2010 23:29:00 GMT'],
  ['Session-Expires', '1800;refresher=uac', '1800;refresher=uac'],
])('%s: %s', (name, value, expected) => {
  expect(written(value, (sheet, from, to) => headerValue(sheet, headerId(name), from, to))).toBe(expected);
});
