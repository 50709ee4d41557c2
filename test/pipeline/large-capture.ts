// A capture larger than the memory that two threads share, with all that has a way of its own through it: messages that lie
// whole in a block, messages put together from segments, one longer than a slot, ones of very many headers, damaged ones.
import { pcapHeader, pcapRecord } from '../capture/build.ts';
import { ethernet, ipv4, tcp, udp } from '../network/octets.ts';

export function largeCapture(): Buffer {
  const packets: Buffer[] = [];
  const media = udp(Buffer.concat([Buffer.from([0x80, 0]), Buffer.alloc(1380)]), 20000, 30000);
  const sequences = { up: 1000 };
  const segments = (text: string): void => {
    const octets = Buffer.from(text, 'latin1');
    for (let at = 0; at < octets.length; at += 1200) {
      const part = octets.subarray(at, at + 1200);
      packets.push(ipv4(6, tcp(part, sequences.up, 0x18, 40000, 5060), { id: packets.length & 0xffff }));
      sequences.up += part.length;
    }
  };
  const datagram = (text: string): void => {
    packets.push(
      ipv4(17, udp(Buffer.from(text, 'latin1'), 5060 + (packets.length % 50)), {
        id: packets.length & 0xffff,
      }),
    );
  };
  for (let n = 0; n < 4000; n++) {
    if (n < 3000) packets.push(ipv4(17, media));
    datagram(options(n, 'UDP'));
    if (n % 50 === 0) segments(options(n, 'TCP', 'x'.repeat(1000)));
    if (n % 400 === 0)
      datagram(options(n, 'UDP').replaceAll('\r\nVia', `${'\r\nX-Filler: 1'.repeat(3900)}\r\nVia`));
    if (n % 300 === 0) datagram('INVITE sip:nobody@example.org SIP/2.0\r\n');
    if (n === 2000) segments(options(n, 'TCP', 'y'.repeat(300_000)));
    if (n % 500 === 0) segments(`${options(n, 'TCP').replace('Content-Length: 0', 'Content-Length: many')}`);
  }
  const records = packets.map((packet, n) =>
    pcapRecord(ethernet(0x0800, packet), {
      seconds: 1_700_000_000 + Math.floor(n / 1000),
      fraction: (n % 1000) * 1000,
    }),
  );
  return Buffer.concat([pcapHeader(), ...records]);
}

function options(n: number, transport: string, body = ''): string {
  return [
    'OPTIONS sip:bob@example.org SIP/2.0',
    `Via: SIP/2.0/${transport} 192.0.2.1;branch=z9hG4bK${n}${body.length}`,
    `From: <sip:alice@example.org>;tag=${n}`,
    'To: <sip:bob@example.org>',
    `Call-ID: ${n}-${transport}-${body.length}`,
    `CSeq: ${n} OPTIONS`,
    'Max-Forwards: 70',
    `Content-Length: ${body.length}`,
    '',
    body,
  ].join('\r\n');
}
