// Where responses go, and what is noted in the topmost Via: RFC 3261 §18.2.1, §18.2.2; RFC 3581 §4; RFC 5118 §4.5.
import { describe, expect, test } from 'vitest';
import type { Flow } from '../../../src/sbc/flow.ts';
import { endpoint, flow, type RequestParts, requestText, Stage } from './stage.ts';

/** The topmost Via of the response, and where it goes. */
function answered(parts: RequestParts, way: Flow): [via: string, to: string] {
  const stage = new Stage();
  stage.receive(requestText('OPTIONS', parts), way);
  const [transaction] = stage.requests;
  expect(transaction.vias).toEqual(transaction.viaValues.map((value) => `Via: ${value}`));
  const [via] = transaction.viaValues;
  stage.respond(transaction, 200);
  const [{ flow: to }] = stage.sent;
  expect(to.local).toBe(way.local);
  return [via, `${to.remote.text}${to.connection === 0 ? '' : `#${to.connection}`}`];
}

const V4 = endpoint('192.0.2.1', 4444);
const V6 = endpoint('2001:db8::1', 4444);
const B = ';branch=z9hG4bK1';

describe('over UDP', () => {
  test.each<[string, RequestParts, string, string]>([
    [
      'sent-by is the source',
      { via: 'SIP/2.0/UDP 192.0.2.1:5070' },
      `SIP/2.0/UDP 192.0.2.1:5070${B}`,
      '192.0.2.1:5070',
    ],
    ['the default port', { via: 'SIP/2.0/UDP 192.0.2.1' }, `SIP/2.0/UDP 192.0.2.1${B}`, '192.0.2.1:5060'],
    [
      'sent-by is another address',
      { via: 'SIP/2.0/UDP 10.0.0.1:5070' },
      `SIP/2.0/UDP 10.0.0.1:5070${B};received=192.0.2.1`,
      '192.0.2.1:5070',
    ],
    [
      'sent-by is a name',
      { via: 'SIP/2.0/UDP pc.example.com' },
      `SIP/2.0/UDP pc.example.com${B};received=192.0.2.1`,
      '192.0.2.1:5060',
    ],
    [
      'rport is asked for',
      { via: 'SIP/2.0/UDP 192.0.2.1:5070', viaParams: ';rport' },
      `SIP/2.0/UDP 192.0.2.1:5070${B};rport=4444;received=192.0.2.1`,
      '192.0.2.1:4444',
    ],
    [
      'rport and received are there already, and wrong',
      { via: 'SIP/2.0/UDP 10.0.0.1', viaParams: ';RPORT = 9 ;received=203.0.113.9;rport; x' },
      `SIP/2.0/UDP 10.0.0.1${B};rport=4444;x;received=192.0.2.1`,
      '192.0.2.1:4444',
    ],
    [
      'maddr',
      { via: 'SIP/2.0/UDP 192.0.2.1:5070', viaParams: ';maddr=198.51.100.99' },
      `SIP/2.0/UDP 192.0.2.1:5070${B};maddr=198.51.100.99`,
      '198.51.100.99:5070',
    ],
    [
      'maddr with a name in it is not looked up',
      { via: 'SIP/2.0/UDP 192.0.2.1:5070', viaParams: ';maddr=far.example.com' },
      `SIP/2.0/UDP 192.0.2.1:5070${B};maddr=far.example.com`,
      '192.0.2.1:5070',
    ],
    [
      'a second Via in the same line',
      { via: 'SIP/2.0/UDP p.example.com', viaParams: ';rport, SIP/2.0/TCP q;branch=z9hG4bKq;rport' },
      `SIP/2.0/UDP p.example.com${B};rport=4444;received=192.0.2.1, SIP/2.0/TCP q;branch=z9hG4bKq;rport`,
      '192.0.2.1:4444',
    ],
    [
      'sent-by makes no sense',
      { via: 'SIP/2.0/UDP' },
      `SIP/2.0/UDP${B};received=192.0.2.1`,
      '192.0.2.1:5060',
    ],
  ])('%s', (_, parts, via, to) => {
    expect(answered(parts, flow('udp', 0, V4))).toEqual([via, to]);
  });

  test('IPv6: the address has no brackets in received', () => {
    expect(answered({ via: 'SIP/2.0/UDP [2001:db8::9]:5070' }, flow('udp', 0, V6))).toEqual([
      `SIP/2.0/UDP [2001:db8::9]:5070${B};received=2001:db8::1`,
      '[2001:db8::1]:5070',
    ]);
    expect(answered({ via: 'SIP/2.0/UDP [2001:DB8:0:0::1]' }, flow('udp', 0, V6))).toEqual([
      `SIP/2.0/UDP [2001:DB8:0:0::1]${B}`,
      '[2001:db8::1]:5060',
    ]);
    expect(
      answered({ via: 'SIP/2.0/UDP [2001:db8::1]', viaParams: ';maddr=[2001:DB8::7]' }, flow('udp', 0, V6)),
    ).toEqual([`SIP/2.0/UDP [2001:db8::1]${B};maddr=[2001:DB8::7]`, '[2001:db8::7]:5060']);
  });

  test('lower lines are as they came', () => {
    const stage = new Stage();
    stage.receive(
      requestText('OPTIONS', {
        headers: ['v: SIP/2.0/UDP a ;branch=1', 'Via: SIP/2.0/UDP b,\r\n SIP/2.0/UDP c'],
      }),
    );
    expect(stage.requests[0].viaValues).toEqual([
      `SIP/2.0/UDP 192.0.2.1:5060${B}`,
      'SIP/2.0/UDP a ;branch=1',
      'SIP/2.0/UDP b, SIP/2.0/UDP c',
    ]);
  });
});

describe('over a connection', () => {
  test.each<[string, RequestParts]>([
    ['without rport', {}],
    ['whatever maddr says', { viaParams: ';maddr=198.51.100.99' }],
  ])('by that connection: %s', (_, parts) => {
    expect(answered({ via: 'SIP/2.0/TCP 192.0.2.1:5070', ...parts }, flow('tcp', 7, V4))).toEqual([
      `SIP/2.0/TCP 192.0.2.1:5070${B}${parts.viaParams ?? ''}`,
      '192.0.2.1:4444#7',
    ]);
  });

  test.each<[Flow['transport'], string, string]>([
    ['tcp', 'SIP/2.0/TCP 10.0.0.1:5070', '192.0.2.1:5070'],
    ['tcp', 'SIP/2.0/TCP pc.example.com', '192.0.2.1:5060'],
    ['tls', 'SIP/2.0/TLS pc.example.com', '192.0.2.1:5061'],
    // RFC 7118 §5: nobody connects to a WebSocket client; all there is is the end that went.
    ['wss', 'SIP/2.0/WSS x7kq.invalid', '192.0.2.1:4444'],
  ])(
    '%s, closed before the response: to the source, at the port of sent-by or the default (%s)',
    (transport, via, to) => {
      const stage = new Stage();
      stage.receive(requestText('OPTIONS', { via }), flow(transport, 7, V4));
      stage.connectionClosed(7);
      stage.respond(stage.requests[0], 200);
      expect(stage.take()).toEqual(['0 request OPTIONS', `0 > ${to} 200 OPTIONS`]);
    },
  );

  test('a response that could not be sent goes over another connection, once', () => {
    const stage = new Stage();
    stage.receive(requestText('INVITE', { via: 'SIP/2.0/TCP pc.example.com' }), flow('tcp', 7, V4));
    stage.respond(stage.requests[0], 180);
    stage.sendFailed();
    stage.sendFailed();
    stage.respond(stage.requests[0], 200);
    expect(stage.take()).toEqual([
      '0 request INVITE',
      '0 > 192.0.2.1:4444#7 180 INVITE',
      '0 > 192.0.2.1:5060 180 INVITE again',
      '0 unsent proceeding unreachable',
      '0 > 192.0.2.1:5060 200 INVITE',
      '0 + L 32000',
    ]);
  });
});
