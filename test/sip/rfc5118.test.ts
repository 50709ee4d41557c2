// Every message of RFC 5118 (IPv6) with exactly what is wrong with it. The files end their lines in LF, and some lack
// the empty line; both is put right before they are read, and both is diagnosed where they are read as they are.
import { describe, expect, it } from 'vitest';
import type { SipMessage } from '../../src/sip/message.ts';
import { messageOf } from '../../src/sip/parse.ts';
import { codes } from './request.ts';
import { HAS_TORTURE, tortureNames, tortureOctets } from './torture-files.ts';

const EXPECTED: Record<string, readonly string[]> = {
  'ipv6-good': [],
  'ipv6-bad': ['sip/bad-request-uri'],
  'port-ambiguous': [],
  'port-unambiguous': [],
  'via-received-param-with-delim': ['sip/received-brackets'],
  'via-received-param-no-delim': [],
  // the RFC counts 268 octets, which its text does not have with any line end
  'ipv6-in-sdp': ['sip/content-length-mismatch'],
  'mult-ip-in-header': [],
  // counted with the space that must follow `s=`, which the file lacks
  'mult-ip-in-sdp': ['sip/content-length-mismatch'],
  'ipv4-mapped-ipv6': [],
  'ipv6-bug-abnf-3-colons': ['sip/ipv6-extra-colon', 'sip/ipv6-extra-colon'],
  'ipv6-correct-abnf-2-colons': [],
};

/** The files as they are; the others give `sip/bare-lf` alone. */
const AS_THE_FILE_IS: Record<string, readonly string[]> = {
  'ipv6-bad': ['sip/bad-request-uri', 'sip/bare-lf'],
  'via-received-param-with-delim': ['sip/bare-lf', 'sip/received-brackets'],
  'ipv6-in-sdp': ['sip/bare-lf', 'sip/content-length-mismatch'],
  'mult-ip-in-sdp': ['sip/bare-lf', 'sip/content-length-mismatch'],
  'ipv6-bug-abnf-3-colons': [
    'sip/ipv6-extra-colon',
    'sip/bare-lf',
    'sip/headers-not-ended',
    'sip/ipv6-extra-colon',
  ],
  'ipv6-correct-abnf-2-colons': ['sip/bare-lf', 'sip/headers-not-ended'],
};

function read(name: string): SipMessage {
  const text = tortureOctets('rfc5118', name).toString('latin1');
  const end = text.includes('\n\n') ? text.indexOf('\n\n') : text.length - 1;
  const message = messageOf(`${text.slice(0, end).replaceAll('\n', '\r\n')}\r\n\r\n${text.slice(end + 2)}`);
  if (message === null) throw new Error(`${name} has no start line`);
  return message;
}

describe.skipIf(!HAS_TORTURE)('RFC 5118', () => {
  it('has an expectation for every message', () => {
    expect(Object.keys(EXPECTED).sort()).toEqual(tortureNames('rfc5118'));
  });

  it.each(Object.entries(EXPECTED))('%s', (name, expected) => {
    expect(codes(read(name))).toEqual(expected);
  });

  it.each(Object.keys(EXPECTED))('%s as the file is', (name) => {
    const message = messageOf(tortureOctets('rfc5118', name));
    expect(message && codes(message)).toEqual(AS_THE_FILE_IS[name] ?? ['sip/bare-lf']);
  });

  it('tells address and port apart', () => {
    const uris = ['ipv6-good', 'port-ambiguous', 'port-unambiguous', 'ipv6-bug-abnf-3-colons'].map(
      (name) => read(name).uri,
    );
    expect(uris.map(({ host, hostKind, port }) => [host, hostKind, port])).toEqual([
      ['2001:db8::10', 'ipv6', undefined],
      ['2001:db8::10:5070', 'ipv6', undefined],
      ['2001:db8::10', 'ipv6', 5070],
      ['2001:db8::192.0.2.1', 'ipv6', undefined],
    ]);
  });

  it('reads Via with IPv6, mapped addresses and received', () => {
    const vias = ['ipv4-mapped-ipv6', 'mult-ip-in-header', 'via-received-param-with-delim'].flatMap(
      (name) => read(name).vias,
    );
    expect(vias.map(({ host, port, received }) => [host, port, received])).toEqual([
      ['::ffff:192.0.2.10', 19823, undefined],
      ['::ffff:192.0.2.2', undefined, undefined],
      ['2001:db8::9:1', 6050, undefined],
      ['192.0.2.1', undefined, undefined],
      ['2001:db8::9:255', undefined, '192.0.2.200'],
      ['2001:db8::9:1', undefined, '[2001:db8::9:255]'],
    ]);
  });
});
