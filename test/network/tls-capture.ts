// Connections of TLS as a capture: Ethernet, IPv4, TCP, each from a port of its own.
import { pcap } from '../cli/captures.ts';
import { ETHERTYPE_IPV4, ethernet, ipv4, tcp } from './octets.ts';
import { segmentsOf } from './tls-reading.ts';
import type { Flight } from './tls-talk.ts';

/** A classic pcap of one connection after the other. */
export function tlsCapture(connections: readonly (readonly Flight[])[]): Buffer {
  return pcap(connections.flatMap(packetsOf));
}

function packetsOf(flights: readonly Flight[], index: number): Buffer[] {
  const port = 40_000 + index;
  const ends = (fromClient: boolean) =>
    fromClient ? { src: '10.0.0.1', dst: '10.0.0.2' } : { src: '10.0.0.2', dst: '10.0.0.1' };
  const packet = (octets: Buffer, seq: number, flags: number, fromClient: boolean): Buffer => {
    const [from, to] = fromClient ? [port, 5061] : [5061, port];
    return ethernet(ETHERTYPE_IPV4, ipv4(6, tcp(octets, seq, flags, from, to), ends(fromClient)));
  };
  return [
    packet(Buffer.alloc(0), 0, 0x02, true),
    packet(Buffer.alloc(0), 0, 0x12, false),
    ...segmentsOf(flights, 1400, port).map(({ seq, data, from }) =>
      packet(Buffer.from(data ?? ''), seq, 0x18, from === 1),
    ),
  ];
}
