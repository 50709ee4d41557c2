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

test('addresses go with the calls that nobody asks about any more', () => {
  const told: string[] = [];
  const watch = new MediaWatch(({ code }) => told.push(code), 10_000);
  const ask = (id: number, ip: string, port: number) =>
    watch.expect(offer(`IN ${ip.includes(':') ? 'IP6' : 'IP4'} ${ip}`, port), {
      call: { id },
    } as MessageInfo);
  // Two calls that stay: one alone, one whose address another call had after it.
  ask(1, '192.0.2.1', 1000);
  ask(2, '192.0.2.1', 1001);
  ask(3, '192.0.2.1', 1001);
  ask(4, '2001:db8::4', 1002);
  for (let id = 5; id <= 30_000; id++) {
    ask(id, '192.0.2.2', id);
    watch.letGo(id);
    if (id === 10_000) for (const over of [3, 4]) watch.letGo(over);
  }
  watch.packet(packet(9, 9, '192.0.2.9', '192.0.2.1', 1001));
  expect(told).toEqual([]);
  expect([1, 2, 3].map((id) => watch.of(id, '192.0.2.1', id === 1 ? 1000 : 1001)?.to.packets)).toEqual([
    ...[0, 0],
    undefined,
  ]);
  expect([watch.of(4, '2001:db8::4', 1002), watch.of(5, '192.0.2.2', 5)]).toEqual([undefined, undefined]);
});

function offer(address = 'IN IP4 192.0.2.1', port = 4000) {
  const body = `v=0\r\nc=${address}\r\nm=audio ${port} RTP/AVP 0\r\n`;
  return messageOf(`INVITE sip:b@c SIP/2.0\r\nContent-Type: application/sdp\r\n\r\n${body}`)!;
}

function packet(frame: number, seconds: number, from: string, to: string, port = 4000): PacketSummary {
  const [src, dst] = [from, to].map((ip): Endpoint => ({ ip, port, text: `${ip}:${port}`, version: 4 }));
  return {
    ...{ frame, seconds, nanoseconds: 0, length: 200, src: src!, dst: dst! },
    ...{ transport: 'udp', protocol: 'udp', tunnel: null },
  };
}
