import { describe, expect, it } from 'vitest';
import { parseVia, type Via } from '../../src/sip/header/via.ts';

function seen(via: Via): unknown[] {
  return [via.transport, via.host, via.port, via.branch, via.received, via.rport, via.maddr, via.ttl];
}

describe('Via that follows the grammar', () => {
  it.each([
    [
      'SIP/2.0/UDP erlang.bell-telephone.com:5060;branch=z9hG4bK87asdks7',
      [
        'UDP',
        'erlang.bell-telephone.com',
        5060,
        'z9hG4bK87asdks7',
        undefined,
        undefined,
        undefined,
        undefined,
      ],
    ],
    [
      'SIP / 2.0 / UDP first.example.com: 4000;ttl=16 ;maddr=224.2.0.1 ;branch=z9hG4bKa7c6a8dlze.1',
      ['UDP', 'first.example.com', 4000, 'z9hG4bKa7c6a8dlze.1', undefined, undefined, '224.2.0.1', '16'],
    ],
    [
      'SIP/2.0/UDP 10.1.1.1:4540;rport;branch=z9hG4bKkjshdyff',
      ['UDP', '10.1.1.1', 4540, 'z9hG4bKkjshdyff', undefined, '', undefined, undefined],
    ],
    [
      'SIP/2.0/UDP 10.1.1.1:4540;received=192.0.2.1;rport=9988;branch=z9hG4bKkjshdyff',
      ['UDP', '10.1.1.1', 4540, 'z9hG4bKkjshdyff', '192.0.2.1', '9988', undefined, undefined],
    ],
    [
      'SIP/2.0/TLS [2001:db8::9:1]:6050;BRANCH=x;received=2001:db8::2',
      ['TLS', '2001:db8::9:1', 6050, 'x', '2001:db8::2', undefined, undefined, undefined],
    ],
    [
      'SIP/2.0/WSS df7jal23ls0d.invalid',
      ['WSS', 'df7jal23ls0d.invalid', undefined, '', ...Array(4).fill(undefined)],
    ],
  ])('%s', (text, expected) => {
    expect([parseVia(text).problems, seen(parseVia(text))]).toEqual([[], expected]);
  });
});

describe('Via that does not', () => {
  it.each([
    ['', 'not of the form protocol/version/transport host'],
    ['SIP/2.0/UDP', 'not of the form protocol/version/transport host'],
    ['SIP/2.0 UDP host', 'not of the form protocol/version/transport host'],
    ['SIP/2.0/UDP 2001:db8::1', 'IPv6 address without brackets'],
    ['SIP/2.0/UDP host:port', 'port is no number up to 65535'],
    ['SIP/2.0/UDP host;;', 'malformed parameter'],
    ['SIP/2.0/UDP host;branch=', 'malformed parameter'],
    ['SIP/2.0/UDP host;ttl=256', 'ttl is not 0 to 255'],
  ])('%s', (text, problem) => {
    expect(parseVia(text).problems).toEqual([problem]);
  });
});
