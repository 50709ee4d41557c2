import { describe, expect, it } from 'vitest';
import { parseNameAddr } from '../../src/sip/uri/name-addr.ts';

describe('addresses that follow the grammar', () => {
  it.each([
    [
      '"A. G. Bell" <sip:agb@bell-telephone.com> ;tag=a48s',
      'A. G. Bell',
      'sip:agb@bell-telephone.com',
      'a48s',
    ],
    ['sip:+12125551212@server.phone2net.com;tag=887s', '', 'sip:+12125551212@server.phone2net.com', '887s'],
    ['Anonymous <sip:c8oqz84zk7z@privacy.org>;tag=hyh8', 'Anonymous', 'sip:c8oqz84zk7z@privacy.org', 'hyh8'],
    ['<sip:a@b;tag=uri>;TAG = hdr', '', 'sip:a@b;tag=uri', 'hdr'],
    ['"<not>, \\"this\\"; tag=no" <sip:a@b.c>;tag=yes', '<not>, "this"; tag=no', 'sip:a@b.c', 'yes'],
    ['"Жанна" <sip:a@b.c>', 'Жанна', 'sip:a@b.c', ''],
    ['<sip:a@b.c>;p="a;tag=x";tag=y', '', 'sip:a@b.c', 'y'],
    ['caller<sip:a@b.c>', 'caller', 'sip:a@b.c', ''],
    ['""<sip:a@b.c>', '', 'sip:a@b.c', ''],
  ])('%s', (text, display, uri, tag) => {
    const address = parseNameAddr(text);
    expect(address.problems).toEqual([]);
    expect([address.display, address.uri.text, address.tag]).toEqual([display, uri, tag]);
  });
});

describe('addresses that do not', () => {
  it.each([
    ['"Bob <sip:bob@b.c>', ['quoted string is not closed'], 'sip:bob@b.c'],
    ['Bell, A <sip:a@b.c>', ['display name needs quotes'], 'sip:a@b.c'],
    ['<sip:a@b.c', ['< is not closed'], 'sip:a@b.c'],
    ['< sip:a@b.c >', ['white space inside < >'], 'sip:a@b.c'],
    ['<sip:a@b.c> x', ['something other than a parameter follows >'], 'sip:a@b.c'],
    ['<sip:a@b.c>;;', ['malformed header parameter'], 'sip:a@b.c'],
    ['<sip:a@b.c>;x=', ['malformed header parameter'], 'sip:a@b.c'],
    ['sip:a@b.c?x=1', ['URI with ? or , outside < >'], 'sip:a@b.c?x=1'],
  ])('%s', (text, problems, uri) => {
    const address = parseNameAddr(text);
    expect([address.problems, address.uri.text]).toEqual([problems, uri]);
  });
});
