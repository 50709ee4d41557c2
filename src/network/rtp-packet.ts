// A datagram that was taken apart and looks like RTP → its fixed header and between whom it went. RFC 3550 §5.1.
import type { Dissection } from './dissection.ts';
import type { Endpoint } from './endpoint.ts';
import type { EndpointTable } from './endpoint-table.ts';

export interface RtpPacket {
  readonly frame: number;
  readonly seconds: number;
  readonly nanoseconds: number;
  readonly src: Endpoint;
  readonly dst: Endpoint;
  /** 0–127. */
  readonly payloadType: number;
  /** 16 bits. */
  readonly sequence: number;
  /** 32 bits, in the clock of the payload type. */
  readonly timestamp: number;
  readonly ssrc: number;
}

/** One view, filled again for each packet. */
export function rtpPackets(endpoints: EndpointTable): (d: Dissection) => RtpPacket {
  const view = {} as { -readonly [Field in keyof RtpPacket]: RtpPacket[Field] };
  return (d) => {
    const { packet, version, data, addressAt, transportAt, at } = d;
    view.frame = packet.frame;
    view.seconds = packet.seconds;
    view.nanoseconds = packet.nanoseconds;
    view.src = endpoints.at(version, data, addressAt, data.readUInt16BE(transportAt));
    const dstAt = addressAt + (version === 6 ? 16 : 4);
    view.dst = endpoints.at(version, data, dstAt, data.readUInt16BE(transportAt + 2));
    view.payloadType = data[at + 1]! & 0x7f;
    view.sequence = data.readUInt16BE(at + 2);
    view.timestamp = data.readUInt32BE(at + 4);
    view.ssrc = data.readUInt32BE(at + 8);
    return view;
  };
}
