import { describe, expect, it } from 'vitest';
import { parseUri } from '../../src/sip/uri/uri.ts';
import { sameUri } from '../../src/sip/uri/uri-equality.ts';

describe('URIs that follow their grammar', () => {
  it.each([
    ['sip:alice@atlanta.com', 'sip', 'alice', 'atlanta.com', undefined],
    ['SIPS:alice:secret@atlanta.com:5061', 'sips', 'alice', 'atlanta.com', 5061],
    ['sip:+1-212-555-1212:1234@gateway.com;user=phone', 'sip', '+1-212-555-1212', 'gateway.com', undefined],
    ['sip:atlanta.com;method=REGISTER?to=alice%40atlanta.com', 'sip', '', 'atlanta.com', undefined],
    ['sip:alice;day=tuesday@atlanta.com', 'sip', 'alice;day=tuesday', 'atlanta.com', undefined],
    ['sip:[2001:db8::1]:5060;lr', 'sip', '', '2001:db8::1', 5060],
    ['sip:bob@192.0.2.4', 'sip', 'bob', '192.0.2.4', undefined],
    ['sip:bob@example.com.', 'sip', 'bob', 'example.com.', undefined],
    ['tel:+1-201-555-0123', 'tel', '+1-201-555-0123', '', undefined],
    ['tel:7042;phone-context=example.com', 'tel', '7042', '', undefined],
    ['im:fred@example.com', 'im', 'fred', 'example.com', undefined],
    ['pres:fred@example.com', 'pres', 'fred', 'example.com', undefined],
    ['urn:service:sos.fire', 'urn', '', '', undefined],
    ['http://www.example.com/a?b', 'http', '', '', undefined],
  ])('%s', (text, scheme, user, host, port) => {
    const uri = parseUri(text);
    expect(uri.problems).toEqual([]);
    expect([uri.scheme, uri.user, uri.host, uri.port, uri.text]).toEqual([scheme, user, host, port, text]);
  });
});

describe('URIs that do not', () => {
  it.each([
    ['', 'URI is empty'],
    ['alice@example.com', 'URI has no scheme'],
    ['sip:', 'host is missing'],
    ['sip:@example.com', 'user is empty'],
    ['sip:alice@', 'host is missing'],
    ['sip:alice@exa_mple.com', 'host is no name and no address'],
    ['sip:alice@192.0.2.256', 'host is no name and no address'],
    ['sip:alice@example.com:99999', 'port is no number up to 65535'],
    ['sip:alice@example.com:', 'port is no number up to 65535'],
    ['sip:alice@2001:db8::1', 'IPv6 address without brackets'],
    ['sip:alice@[2001:db8::1', 'bracket is not closed'],
    ['sip:alice@[2001:db8:1]', 'host is no name and no address'],
    ['sip:alice@[2001:db8::1]x', 'something follows the IPv6 address'],
    ['sip:al ice@example.com', 'white space in URI'],
    ['sip:al%4@example.com', '% without two hexadecimal digits'],
    ['sip:al"ice@example.com', 'character that a user may only hold escaped'],
    ['sip:a@b@example.com', 'character that a user may only hold escaped'],
    ['sip:alice:p"w@example.com', 'malformed password'],
    ['sip:alice@example.com;', 'malformed URI parameter'],
    ['sip:alice@example.com;=1', 'malformed URI parameter'],
    ['sip:alice@example.com?Subject', 'malformed headers in URI'],
    ['tel:7042', 'local telephone number without phone-context'],
    ['tel:+12x', 'malformed global telephone number'],
    ['urn:', 'nothing follows the scheme'],
  ])('%s', (text, problem) => {
    expect(parseUri(text).problems[0]).toBe(problem);
  });
});

it('keeps the parts of a full URI', () => {
  const uri = parseUri('sip:al%69ce:pw@[2001:db8::1]:5080;transport=tcp;lr?Subject=a%20b&Route=%3Csip:x%3E');
  expect(uri.params.list).toEqual([
    { name: 'transport', value: 'tcp' },
    { name: 'lr', value: undefined },
  ]);
  expect(uri.headers.list).toEqual([
    { name: 'Subject', value: 'a%20b' },
    { name: 'Route', value: '%3Csip:x%3E' },
  ]);
  expect([uri.userText, uri.password, uri.hostPort]).toEqual(['alice', 'pw', '[2001:db8::1]:5080']);
  expect(uri.address).toBe('al%69ce@2001:db8::1');
});

// The sets of RFC 3261 §19.1.4, and RFC 3966 §4.
describe('equality', () => {
  it.each([
    ['sip:%61lice@atlanta.com;transport=TCP', 'sip:alice@AtLanTa.CoM;Transport=tcp'],
    ['sip:carol@chicago.com', 'sip:carol@chicago.com;newparam=5'],
    ['sip:carol@chicago.com', 'sip:carol@chicago.com;security=on'],
    [
      'sip:biloxi.com;transport=tcp;method=REGISTER?to=sip:bob%40biloxi.com',
      'sip:biloxi.com;method=REGISTER;transport=tcp?to=sip:bob%40biloxi.com',
    ],
    [
      'sip:alice@atlanta.com?subject=project%20x&priority=urgent',
      'sip:alice@atlanta.com?priority=urgent&subject=project%20x',
    ],
    ['tel:+1-201-555-0123', 'TEL:+1(201)5550123'],
    ['tel:7042;phone-context=example.com', 'tel:70-42;phone-context=EXAMPLE.com'],
    ['tel:+1;ext=12-3;isub=9', 'tel:+1;isub=9;ext=123'],
    ['urn:service:sos', 'urn:service:sos'],
    ['im:fred@example.com', 'im:fred@EXAMPLE.com'],
  ])('%s is %s', (a, b) => {
    expect([sameUri(parseUri(a), parseUri(b)), sameUri(parseUri(b), parseUri(a))]).toEqual([true, true]);
  });

  it.each([
    ['SIP:ALICE@AtLanTa.CoM;Transport=udp', 'sip:alice@AtLanTa.CoM;Transport=UDP'],
    ['sip:bob@biloxi.com', 'sip:bob@biloxi.com:5060'],
    ['sip:bob@biloxi.com', 'sip:bob@biloxi.com;transport=udp'],
    ['sip:bob@biloxi.com', 'sip:bob@biloxi.com:6000;transport=tcp'],
    ['sip:carol@chicago.com', 'sip:carol@chicago.com?Subject=next%20meeting'],
    ['sip:bob@phone21.boxesbybob.com', 'sip:bob@192.0.2.4'],
    ['sip:carol@chicago.com;security=on', 'sip:carol@chicago.com;security=off'],
    ['sip:alice@example.com', 'sips:alice@example.com'],
    ['sip:alice@example.com', 'sip:alice:@example.com'],
    ['sip:a%3Bb@example.com', 'sip:a;b@example.com'],
    ['tel:+1', 'tel:1;phone-context=+1'],
    ['tel:+1;a=1', 'tel:+1'],
    ['urn:service:sos', 'urn:service:sos.fire'],
  ])('%s is not %s', (a, b) => {
    expect([sameUri(parseUri(a), parseUri(b)), sameUri(parseUri(b), parseUri(a))]).toEqual([false, false]);
  });
});
