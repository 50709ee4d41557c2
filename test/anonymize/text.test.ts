// Text of no particular kind, and URIs: what becomes of addresses, words, numbers and escapes.
import { expect, test } from 'vitest';
import { MessageAnonymizer } from '../../src/anonymize/message/message.ts';
import { uri } from '../../src/anonymize/message/uri.ts';
import { KEY, written } from './anonymized.ts';

test.each([
  ['call bob at 192.0.2.1:5060', 'call tub at 192.0.2.6:0598'],
  ['version 1.2.3.4.5 and 300.1.2.3', 'version 9.0.1.2.3 seo 438.9.0.1'],
  ['at 192.0.2.1, 192-0-2-1 and c0000201', 'at 192.0.2.6, 192-0-2-6 seo c0000206'],
  ['host ip-10-0-0-1', 'host ip-48-8-8-9'],
  ['[2001:db8::9:1]:5060 and 2001:DB8::A.', '[2001:db8::b:4]:0598 seo 2001:DB8::C.'],
  ['::1 and ::ffff:10.0.0.1', '::1 seo ::ffff:10.0.4.4'],
  ['[2001:db8:::192.0.2.6]', '[2001:db8:::192.0.2.1]'],
  ['12:30:45 a::b::c', '40:68:03 a::b::c'],
  ['00:15:65:ab:cd:ef 00-15-65-AB-CD-EF', 'e8:84:07:0a:54:be E8-84-07-0A-54-BE'],
  ['z9hG4bKcall z9hG4bK', 'z9hG4bKcall z9hG4bK'],
  ['x%20alice%40%61%31%C3%BCb', 'x%20scopw%40%78%30%C3%A9b'],
  ['grüße 漢字 🙂', 'gréée ああ 🙂'],
  [
    '<sip:alice@home.example.com;x=1>, mailto:bob@home.net',
    '<sip:scopw@zcem.example.com;x=9>, mailto:tub@zcem.net',
  ],
  ['tel:+1-201-555-0123, tel: see', 'tel:+2-887-226-3141, tel: kpt'],
  ['sip:alice%40host.net%3Ex', 'sip:scopw%40host.net%3Ex'],
  [
    'urn:service:sos.fire urn:uuid:f81d4fae-7dec-11d0-abcd-00a0c91e6bf6',
    'urn:service:sos.fire urn:uuid:b90c0aac-5bee-93c3-cfdf-85a3e79e5fa1',
  ],
  ['00000000000000000000000000000000', '00000000000000000000000000000000'],
  ['YWxpY2U6c2VjcmV0LXdvcmQ=', 'c2NvcHc6a3Bycm12LW90eWk='],
  ['m=message 5060 sip sip:alice@home.net', 'm=message 0598 sip sip:scopw@zcem.net'],
])('text: %s', (text, expected) => {
  expect(written(text)).toBe(expected);
});

test.each([
  ['sip:alice@atlanta.net', 'sip:scopw@skeickt.net'],
  ['sip:alice:secret@atlanta.net:5070;transport=tcp', 'sip:scopw:kprrmv@skeickt.net:5070;transport=tcp'],
  [
    'sips:+1-201-555-0123;phone-context=atlanta.net@gw;user=phone',
    'sips:+2-887-226-3141;phone-context=skeickt.net@yg;user=phone',
  ],
  ['sip:192.0.2.1', 'sip:192.0.2.6'],
  ['sip:[2001:db8::10]:5060;lr', 'sip:[2001:db8::3f]:5060;lr'],
  ['sip:anonymous@anonymous.invalid', 'sip:anonymous@anonymous.invalid'],
  [
    'sip:bob@home.net?Replaces=7@10.0.0.1%3Bto-tag%3D7%3Bfrom-tag%3Dabc&Subject=lunch',
    'sip:tub@zcem.net?Replaces=5@10.0.4.4%3Bto-tag%3D5%3Bfrom-tag%3Dssu&Subject=dxwee',
  ],
  ['tel:+1-201-555-0123;ext=77', 'tel:+2-887-226-3141;ext=75'],
  ['tel:7042;phone-context=atlanta.net', 'tel:8070;phone-context=skeickt.net'],
  ['sip:alice@home@atlanta.net', 'sip:scopw@zcem@skeickt.net'],
  ['urn:service:sos', 'urn:service:sos'],
  ['http://www.atlanta.net/alice.png', 'http://www.skeickt.net/scopw.png'],
  ['sip:gw.atlanta.net;maddr=239.255.255.1;ttl=15', 'sip:yg.skeickt.net;maddr=239.255.255.1;ttl=15'],
  ['SIP:AUDIO@atlanta.net', 'SIP:SLTFB@skeickt.net'],
  ['sip:112@atlanta.net', 'sip:112@skeickt.net'],
  ['sip:', 'sip:'],
])('URI: %s', (text, expected) => {
  expect(written(text, uri)).toBe(expected);
});

test('octets that are no UTF-8 become others that are none', () => {
  const octets = Buffer.from([0x61, 0xff, 0xc3, 0x28, 0xe2, 0x82, 0xf0, 0x80, 0x80, 0x80]);
  const made = new MessageAnonymizer(KEY).text(octets);
  expect([...made]).toEqual([0x61, 0xe9, 0xe9, 0x28, 0xe9, 0xe9, 0xe9, 0xe9, 0xe9, 0xe9]);
});
