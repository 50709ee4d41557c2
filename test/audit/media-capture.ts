// A call with its media: the flow `call`, and RTP between the addresses that its session descriptions name.
import { pcapRecord } from '../capture/build.ts';
import { datagram } from '../cli/captures.ts';
import { flowCapture } from './flow-capture.ts';

/** A classic pcap: five messages, the media, and what follows. */
export function mediaCapture(): Buffer {
  const sip = flowCapture('call');
  const answered = recordsEnd(sip, 5);
  return Buffer.concat([sip.subarray(0, answered), ...bothWays(), sip.subarray(answered)]);
}

/** 100 packets each way, of which one did not come. */
export function bothWays(): Buffer[] {
  return Array.from({ length: 100 }, (_, index) => {
    const time = { seconds: START + 3 + Math.floor(index / 50), fraction: (index % 50) * 20_000 };
    const back = index === 50 ? [] : [pcapRecord(rtp(index, '192.0.2.20', '192.0.2.10'), time)];
    return Buffer.concat([pcapRecord(rtp(index, '192.0.2.10', '192.0.2.20'), time), ...back]);
  });
}

function rtp(index: number, src: string, dst: string): Buffer {
  const [sourcePort, destinationPort] = src.endsWith('10') ? [40000, 50000] : [50000, 40000];
  const payload = Buffer.alloc(172, 0x80);
  payload.writeUInt8(0, 1);
  payload.writeUInt16BE(1000 + index, 2);
  payload.writeUInt32BE(160 * index, 4);
  return datagram(payload, { src, dst, sourcePort, destinationPort });
}

/** Where so many records of a pcap end. */
function recordsEnd(capture: Buffer, count: number): number {
  let at = 24;
  for (let record = 0; record < count; record++) at += 16 + capture.readUInt32LE(at + 8);
  return at;
}

/** As flowCapture has it: 2026-01-05T10:00:00Z. */
const START = 1767607200;
