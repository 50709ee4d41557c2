// Packets count for the call that asked for their address last; calls that had it before keep what they saw.
import { expect, test } from 'vitest';
import type { MessageInfo } from '../../../src/dialog/call.ts';
import type { Endpoint } from '../../../src/network/endpoint.ts';
import type { PacketSummary } from '../../../src/network/packet-summary.ts';
import { MediaWatch } from '../../../src/rules/facts/media-watch.ts';
import { messageOf } from '../../../src/sip/parse.ts';

test('packets of an address that several calls had', () => {
  const watch = new MediaWatch();
  const seen = (call: number) => {
    const media = watch.of(call, '192.0.2.1', 4000);
    return media && [media.to.packets, media.from.packets, [...media.to.others], media.to.frame];
  };
  const states = [seen(1)];
  watch.expect(offer(), { call: { id: 1 } } as MessageInfo);
  states.push(seen(1), seen(2));
  watch.packet(packet(5, 9, '192.0.2.9', '192.0.2.1'));
  watch.packet(packet(6, 10, '192.0.2.9', '192.0.2.1'));
  watch.packet(packet(7, 11, '192.0.2.1', '192.0.2.9'));
  states.push(seen(1));
  watch.expect(offer(), { call: { id: 1 } } as MessageInfo);
  watch.expect(offer(), { call: { id: 2 } } as MessageInfo);
  watch.packet(packet(8, 12, '192.0.2.8', '192.0.2.1'));
  states.push(seen(1), seen(2));
  expect(states).toEqual([
    undefined,
    [0, 0, [], 0],
    undefined,
    [2, 1, ['192.0.2.9:4000'], 5],
    [2, 1, ['192.0.2.9:4000'], 5],
    [1, 0, ['192.0.2.8:4000'], 8],
  ]);
});

test('an address that two calls had before any packet came', () => {
  const watch = new MediaWatch();
  for (const id of [1, 2]) watch.expect(offer(), { call: { id } } as MessageInfo);
  watch.packet(packet(3, 1, '192.0.2.9', '192.0.2.1'));
  expect([1, 2, 3].map((call) => watch.of(call, '192.0.2.1', 4000)?.to.packets)).toEqual([0, 1, undefined]);
});

function offer() {
  const body = 'v=0\r\nc=IN IP4 192.0.2.1\r\nm=audio 4000 RTP/AVP 0\r\n';
  return messageOf(`INVITE sip:b@c SIP/2.0\r\nContent-Type: application/sdp\r\n\r\n${body}`)!;
}

function packet(frame: number, seconds: number, from: string, to: string): PacketSummary {
  const [src, dst] = [from, to].map((ip): Endpoint => ({ ip, port: 4000, text: `${ip}:4000`, version: 4 }));
  return {
    ...{ frame, seconds, nanoseconds: 0, length: 200, src: src!, dst: dst! },
    ...{ transport: 'udp', protocol: 'udp', tunnel: null },
  };
}
