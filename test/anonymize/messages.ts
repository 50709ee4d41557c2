// Messages that say who and where, and what becomes of them with the key of the tests.
import { lines } from './anonymized.ts';

export interface Pair {
  readonly before: string;
  readonly after: string;
}

export const INVITE: Pair = {
  before: lines(
    'INVITE sip:bob@biloxi.net;user=phone SIP/2.0',
    'Via: SIP/2.0/UDP pc33.atlanta.net:5060;branch=z9hG4bK776asdhds;received=192.0.2.1;rport=5062',
    'Max-Forwards: 70',
    'From: "Alice Müller" <sip:alice@atlanta.net>;tag=1928301774',
    'To: Bob <sip:+1-201-555-0123@biloxi.net>',
    'Call-ID: a84b4c76e66710@pc33.atlanta.net',
    'CSeq: 314159 INVITE',
    'Contact: <sip:alice@192.0.2.1>;+sip.instance="<urn:uuid:f81d4fae-7dec-11d0-abcd-00a0c91e6bf6>"',
    'Allow: INVITE, ACK, BYE',
    'P-Asserted-Identity: tel:+12015550100',
    'User-Agent: Acme T46S 66.85 001565abcdef',
    'Subject: lunch with Carol',
    'X-Call: alice c0000201',
    'Content-Type: application/sdp',
    'Content-Length: 180',
    '',
    'v=0',
    'o=alice 2890844526 2890844526 IN IP4 192.0.2.1',
    's=-',
    'c=IN IP4 192.0.2.1',
    't=0 0',
    'm=audio 49172 RTP/SAVP 0 101',
    'a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:d0RmdmcmVCspeEc3QGZiNWpVLFJhQX1cfHAwJSoj',
  ),
  after: lines(
    'INVITE sip:tub@toazuo.net;user=phone SIP/2.0',
    'Via: SIP/2.0/UDP hd68.skeickt.net:5060;branch=z9hG4bK559qrpbkz;received=192.0.2.6;rport=5062',
    'Max-Forwards: 70',
    'From: "Scopw Eédotv" <sip:scopw@skeickt.net>;tag=5337544342',
    'To: Tub <sip:+2-887-226-3141@toazuo.net>',
    'Call-ID: c07d6f78f89093@hd68.skeickt.net',
    'CSeq: 314159 INVITE',
    'Contact: <sip:scopw@192.0.2.6>;+sip.instance="<urn:uuid:b90c0aac-5bee-93c3-cfdf-85a3e79e5fa1>"',
    'Allow: INVITE, ACK, BYE',
    'P-Asserted-Identity: tel:+41739014238',
    'User-Agent: Acme T46S 66.85 859993ccbffb',
    'Subject: dxwee onsj Ujtsa',
    'X-Call: scopw c0000206',
    'Content-Type: application/sdp',
    'Content-Length: 180',
    '',
    'v=0',
    'o=scopw 2890844526 2890844526 IN IP4 192.0.2.6',
    's=-',
    'c=IN IP4 192.0.2.6',
    't=0 0',
    'm=audio 49172 RTP/SAVP 0 101',
    'a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:v5IaunpoLPoabYt3TWOrZLqNTWRjRF5ttFDsKVrc',
  ),
};

export const REGISTER: Pair = {
  before: lines(
    'REGISTER sip:biloxi.net SIP/2.0',
    'Via: SIP/2.0/TCP [2001:db8::9:1]:5060;branch=z9hG4bKnashds7',
    'To: Bob <sip:bob@biloxi.net>',
    'f: Bob <sip:bob@biloxi.net>;tag=456248',
    'i: 843817637684230@998sdasdh09',
    'CSeq: 1826 REGISTER',
    'm: <sip:bob@[2001:db8::9:1]>;expires=7200;reg-id=1',
    'Authorization: Digest username="bob", realm="biloxi.net", nonce="84a4cc6f3082121f32b42a2187831a9e", uri="sip:biloxi.net", nc=00000001, cnonce="0a4f113b", qop=auth, response="7587245234b3434cc3412213e5f113a5"',
    'l: 0',
    '',
  ),
  after: lines(
    'REGISTER sip:toazuo.net SIP/2.0',
    'Via: SIP/2.0/TCP [2001:db8::b:4]:5060;branch=z9hG4bKfgyati7',
    'To: Tub <sip:tub@toazuo.net>',
    'f: Tub <sip:tub@toazuo.net>;tag=627416',
    'i: 863052658025968@712hjrkxh58',
    'CSeq: 1826 REGISTER',
    'm: <sip:tub@[2001:db8::b:4]>;expires=7200;reg-id=1',
    'Authorization: Digest username="tub", realm="toazuo.net", nonce="60e9df8d6776531e47d92a8441261b5b", uri="sip:toazuo.net", nc=00000001, cnonce="8b0b130e", qop=auth, response="5541718576f5948cd1738972a2c664e2"',
    'l: 0',
    '',
  ),
};

export const MESSAGE: Pair = {
  before: lines(
    'MESSAGE im:bob@biloxi.net SIP/2.0',
    'From: <im:alice@atlanta.net>;tag=49583',
    'Call-ID: asd88asd77a@1.2.3.4',
    'CSeq: 1 MESSAGE',
    'Reason: SIP;cause=200;text="Answered by Carol"',
    'Content-Type: text/plain',
    '',
    'Watson, come here. My PIN is 4711.',
  ),
  after: lines(
    'MESSAGE im:tub@toazuo.net SIP/2.0',
    'From: <im:scopw@skeickt.net>;tag=13901',
    'Call-ID: sjb58ezc03l@4.9.6.2',
    'CSeq: 1 MESSAGE',
    'Reason: SIP;cause=200;text="Answered by Ujtsa"',
    'Content-Type: text/plain',
    '',
    'Ofddtv, uxip zsgb. Ee HJW at 6349.',
  ),
};

export const NOTIFY: Pair = {
  before: lines(
    'NOTIFY sip:alice@192.0.2.1:5060;transport=tcp SIP/2.0',
    'Record-Route: <sip:192.0.2.9;lr;ftag=1928301774>, <sip:p2.biloxi.net;lr>',
    'Event: presence;id=alice',
    'Subscription-State: active;expires=600',
    'Content-Type: application/pidf+xml',
    '',
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<presence xmlns="urn:ietf:params:xml:ns:pidf" entity="pres:bob@biloxi.net">',
    '<tuple id="sg89ae"><status><basic>open</basic></status>',
    '<contact priority="0.8">tel:+12015550123</contact>',
    '<note>At home with Alice</note><timestamp>2001-10-27T16:49:29Z</timestamp></tuple></presence>',
  ),
  after: lines(
    'NOTIFY sip:scopw@192.0.2.6:5060;transport=tcp SIP/2.0',
    'Record-Route: <sip:192.0.2.4;lr;ftag=5337544342>, <sip:h7.toazuo.net;lr>',
    'Event: presence;id=scopw',
    'Subscription-State: active;expires=600',
    'Content-Type: application/pidf+xml',
    '',
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<presence xmlns="urn:ietf:params:xml:ns:pidf" entity="pres:tub@toazuo.net">',
    '<tuple id="kr35vi"><status><basic>open</basic></status>',
    '<contact priority="0.8">tel:+28872263141</contact>',
    '<note>At zcem onsj Scopw</note><timestamp>2001-10-27T16:49:29Z</timestamp></tuple></presence>',
  ),
};
