// Which packets are the media of a call: by every address its session descriptions named, and while it lasted.
import { expect, test } from 'vitest';
import { MediaFlows } from '../../src/cli/write/media-flows.ts';
import type { Call } from '../../src/dialog/call.ts';
import type { PacketSummary } from '../../src/network/packet-summary.ts';
import { Payload, type Transport } from '../../src/network/payload.ts';
import type { SipMessage } from '../../src/sip/message.ts';
import { parseMessage } from '../../src/sip/parse.ts';
import { request } from './captures.ts';

const call = (parts: Partial<Call> = {}): Call =>
  ({ start: at(100), end: at(200), state: 'completed', partial: false, ...parts }) as Call;

function flows(of: Call, isChosen: boolean, ...descriptions: readonly string[][]): MediaFlows {
  const media = new MediaFlows();
  for (const lines of descriptions) {
    const body = ['v=0', 'o=- 1 1 IN IP4 10.0.0.1', 's=-', 'c=IN IP4 10.0.0.1', 't=0 0', ...lines, ''].join(
      '\r\n',
    );
    media.message(invite(body), of);
  }
  media.call(of, isChosen);
  return media;
}

/** From 10.0.0.1:5060. */
function invite(body: string): SipMessage {
  const payload = new Payload();
  payload.data = request('INVITE', ['Content-Type: application/sdp'], body);
  payload.end = payload.data.length;
  payload.src = { ip: '10.0.0.1', port: 5060, text: '10.0.0.1:5060', version: 4 };
  return parseMessage(payload)!;
}

/** `10.0.0.1:4000` at a second, to somewhere. */
function packet(ip: string, port: number, seconds: number, transport: Transport = 'udp'): PacketSummary {
  const far = { ip: '203.0.113.9', port: 9, text: '', version: 4 as const };
  const near = { ip, port, text: '', version: 4 as const };
  return {
    ...at(seconds),
    frame: 1,
    length: 0,
    src: far,
    dst: near,
    transport,
    protocol: transport,
    tunnel: null,
  };
}

function at(seconds: number): { seconds: number; nanoseconds: number } {
  return { seconds, nanoseconds: 0 };
}

test('RTP and RTCP, from the first message until shortly after the last', () => {
  const media = flows(call(), true, ['m=audio 4000 RTP/AVP 0']);
  const seconds = [99, 100, 150, 200, 202, 203].filter((time) =>
    media.carries(packet('10.0.0.1', 4000, time)),
  );
  expect(seconds).toEqual([100, 150, 200, 202]);
  const ports = [3999, 4000, 4001, 4002].filter((port) => media.carries(packet('10.0.0.1', port, 150)));
  expect(ports).toEqual([4000, 4001]);
  expect(media.carries(packet('10.0.0.2', 4000, 150))).toBe(false);
  expect(media.carries(packet('10.0.0.1', 4000, 150, 'tcp'))).toBe(false);
});

test('where the capture does not show the beginning or the end, there is none', () => {
  const media = flows(call({ partial: true, state: 'in-call' }), true, ['m=audio 4000 RTP/AVP 0']);
  expect([1, 1e6].map((time) => media.carries(packet('10.0.0.1', 4000, time)))).toEqual([true, true]);
});

test('a call that is not chosen has no media', () => {
  expect(flows(call(), false, ['m=audio 4000 RTP/AVP 0']).empty).toBe(true);
});

test('media that moved in the middle of the call', () => {
  const media = flows(
    call(),
    true,
    ['m=audio 4000 RTP/AVP 0'],
    ['m=audio 5000 RTP/AVP 0', 'm=video 0 RTP/AVP 31'],
  );
  expect([4000, 5000, 0].map((port) => media.carries(packet('10.0.0.1', port, 150)))).toEqual([
    true,
    true,
    false,
  ]);
});

test.each<readonly [string, readonly string[], readonly (readonly [string, number, Transport?])[]]>([
  ['a=rtcp (RFC 3605)', ['m=audio 4000 RTP/AVP 0', 'a=rtcp:4711 IN IP4 10.0.0.7'], [['10.0.0.7', 4711]]],
  [
    'several ports (RFC 8866 §5.14)',
    ['m=audio 4000/2 RTP/AVP 0'],
    [
      ['10.0.0.1', 4002],
      ['10.0.0.1', 4003],
    ],
  ],
  [
    'candidates (RFC 8839)',
    ['m=audio 4000 RTP/AVP 0', 'a=candidate:1 1 UDP 2130706431 10.0.0.5 8998 typ host'],
    [['10.0.0.5', 8998]],
  ],
  [
    'IPv6 in another spelling',
    ['m=audio 4000 RTP/AVP 0', 'c=IN IP6 2001:DB8:0:0::1'],
    [['2001:db8::1', 4000]],
  ],
  ['MSRP (RFC 4975)', ['m=message 7654 TCP/MSRP *'], [['10.0.0.1', 7654, 'tcp']]],
])('%s', (_, lines, packets) => {
  const media = flows(call(), true, [...lines]);
  for (const [ip, port, transport] of packets)
    expect(media.carries(packet(ip, port, 150, transport))).toBe(true);
});

test('messages on the port of the signalling are no media', () => {
  const media = flows(call(), true, ['m=x-ms-message 5060 sip null', 'm=audio 4000 RTP/AVP 0']);
  expect([5060, 4000].map((port) => media.carries(packet('10.0.0.1', port, 150)))).toEqual([false, true]);
});
