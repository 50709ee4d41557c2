// Messages as a capture: raw IPv4 (LINKTYPE 101) in a classic pcap, over UDP, or over TCP in segments that are cut, left out,
// doubled and put out of order.

export function wrapMessages(random, messages) {
  const packets = random.below(2) === 0 ? overUdp(random, messages) : overTcp(random, messages);
  const header = Buffer.alloc(24);
  header.writeUInt32LE(0xa1b2c3d4, 0);
  header.writeUInt16LE(2, 4);
  header.writeUInt16LE(4, 6);
  header.writeUInt32LE(262144, 16);
  header.writeUInt32LE(101, 20);
  return Buffer.concat([header, ...packets.map(record)]);
}

function overUdp(random, messages) {
  return messages.map((message) => {
    const payload = message.subarray(0, 65_000);
    const udp = Buffer.alloc(8);
    udp.writeUInt16BE(5060, 0);
    udp.writeUInt16BE(5060, 2);
    udp.writeUInt16BE(8 + payload.length, 4);
    return ipv4(17, random.below(2), Buffer.concat([udp, payload]));
  });
}

function overTcp(random, messages) {
  const stream = Buffer.concat(messages);
  const direction = random.below(2);
  const base = random.of([1000, 0xffffff00]);
  const segments = [];
  for (let at = 0; at < stream.length; ) {
    const length = Math.min(stream.length - at, 1 + random.below(random.of([20, 600, 1460, 30_000])));
    segments.push(segment(direction, base + at, stream.subarray(at, at + length)));
    at += length;
  }
  const packets = [];
  for (const one of segments) {
    const fate = random.below(20);
    if (fate === 0) continue;
    if (fate === 1) packets.push(one);
    packets.splice(Math.max(0, packets.length - (fate === 2 ? random.below(6) : 0)), 0, one);
  }
  return packets;
}

function segment(direction, sequence, payload) {
  const tcp = Buffer.alloc(20);
  tcp.writeUInt16BE(direction === 0 ? 40_000 : 5060, 0);
  tcp.writeUInt16BE(direction === 0 ? 5060 : 40_000, 2);
  tcp.writeUInt32BE(sequence >>> 0, 4);
  tcp[12] = 0x50;
  tcp[13] = 0x18;
  tcp.writeUInt16BE(65_535, 14);
  return ipv4(6, direction, Buffer.concat([tcp, payload]));
}

function ipv4(protocol, direction, payload) {
  const ip = Buffer.alloc(20);
  ip[0] = 0x45;
  ip.writeUInt16BE(20 + payload.length, 2);
  ip[8] = 64;
  ip[9] = protocol;
  ip.writeUInt32BE(0x7f00000a + direction, 12);
  ip.writeUInt32BE(0x7f00000b - direction, 16);
  return Buffer.concat([ip, payload]);
}

function record(packet, index) {
  const header = Buffer.alloc(16);
  header.writeUInt32LE(1_700_000_000 + index, 0);
  header.writeUInt32LE(packet.length, 8);
  header.writeUInt32LE(packet.length, 12);
  return Buffer.concat([header, packet]);
}
