// What is taken for SIP and what is not; the torture messages of RFC 4475 and RFC 5118 are all SIP.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { looksLikeSip } from '../../src/network/sniff.ts';

const sip = (text: string): boolean => {
  const data = Buffer.from(`~${text}`, 'latin1');
  return looksLikeSip(data, 1, data.length);
};

test.each([
  'INVITE sip:bob@example.com SIP/2.0\r\n',
  'INVITE sip:bob@example.com SIP/2.0\n',
  'INVITE sip:bob@example.com SIP/2.0',
  '\r\n\r\n\r\nINVITE sip:bob@example.com SIP/2.0\r\n',
  'invite sip:bob@example.com sip/2.0\r\n',
  'INVITE  sip:bob@example.com  SIP/2.0  \r\n',
  'INVITE sip:bob@exa',
  'INVITE SIPS:bob@exa',
  'ACK tel:+1',
  'INVITE urn:service:sos SIP/2.0\r\n',
  'INVITE <sip:bob@example.com> SIP/2.0\r\n',
  'INVITE sip:bob@example.com; lr SIP/2.0\r\n',
  'INVITE sip:bob@example.com\r\n',
  'INVITE bob SIP/2.0\r\n',
  'OPTIONS soap.beep://192.0.2.103:3002 SIP/2.0\r\n',
  'NEWMETHOD sip:bob@example.com SIP/2.0\r\n',
  "!interesting-Method0123456789_*+`.%indeed'~ sip:1_unusual.URI SIP/2.0\r\n",
  'OPTIONS sip:bob@example.com SIP/7.0\r\n',
  'OPTIONS sip:bob@example.com SIP/2.10\r\n',
  'SIP/2.0 200 OK\r\n',
  'SIP/2.0 100 \r\n',
  'sip/2.0 180 Ringing',
  'SIP/3.1 200 OK\r\n',
  'SIP/2.0 4294967301 better not break the receiver\r\n',
  'SIP/2.0 2',
])('SIP: %j', (text) => {
  expect(sip(text)).toBe(true);
});

test.each([
  '',
  '\r\n\r\n',
  'INVITE',
  'INVITE ',
  'SIP/2',
  'SIP/2.0',
  'SIP/2.x 200 OK',
  'SIP/.0 200 OK',
  'SIPS/2.0 200 OK',
  'GET / HTTP/1.1\r\n',
  'GET sip:bob@example.com HTTP/1.1\r\n',
  'HTTP/1.1 200 OK\r\n',
  'OPTIONS rtsp://example.com/media.mp4 RTSP/1.0\r\n',
  'OPTIONS * HTTP/1.1\r\n',
  'RTSP/1.0 200 OK\r\n',
  'NOTIFY * HTTP/1.1\r\nHost: 239.255.255.250:1900\r\n',
  'M-SEARCH * HTTP/1.1\r\n',
  'AUEP 1500 aaln/1@rgw.example.com MGCP 0.1\r\n',
  'MEGACO/1 [10.0.0.1]:2944 Transaction = 1 {\r\n',
  'Received INVITE sip:bob@example.com SIP/2.0\r\n',
  '<134>Jan  1 00:00:00 proxy: INVITE sip:bob@example.com SIP/2.0\r\n',
  'NEWMETHOD sip:bob@example.com\r\n',
  'NEWMETHOD sip:bob@example.com SIP/2\r\n',
  'NEWMETHOD sip:bob@example.com\r\nSubject: SIP/2.0\r\n',
  'INVITED sip:bob@example.com\r\n',
  'v=0\r\no=- 1 1 IN IP4 10.0.0.1\r\n',
  'Lorem ipsum dolor sit amet, SIP/2.0 consectetur',
  '\x80\x00\x12\x34INVITE sip:bob@example.com SIP/2.0\r\n',
])('not SIP: %j', (text) => {
  expect(sip(text)).toBe(false);
});

test('nothing beyond the end is looked at', () => {
  fc.assert(
    fc.property(
      fc.nat(40),
      fc.constantFrom('INVITE sip:b@c.de SIP/2.0\r\n', 'SIP/2.0 200 OK\r\n', 'X a:b SIP/2.0'),
      (size, text) => {
        const whole = Buffer.from(text);
        const end = Math.min(size, whole.length);
        expect(looksLikeSip(whole, 0, end)).toBe(looksLikeSip(Buffer.from(whole.subarray(0, end)), 0, end));
      },
    ),
  );
});

test('any octets give an answer', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 80 }),
      (data) => typeof looksLikeSip(data, 0, data.length) === 'boolean',
    ),
  );
});

const torture = join(import.meta.dirname, '../../../shared/torture');

describe.skipIf(!existsSync(torture))('torture messages (skipped: no ../shared/torture)', () => {
  for (const folder of existsSync(torture) ? readdirSync(torture) : []) {
    test(folder, () => {
      const refused = readdirSync(join(torture, folder)).filter((name) => {
        const data = readFileSync(join(torture, folder, name));
        return !looksLikeSip(data, 0, data.length);
      });
      expect(refused).toEqual([]);
    });
  }
});
