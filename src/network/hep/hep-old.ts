// A packet of HEP version 1 or 2 → the SIP message in it. There is no specification but what Kamailio and Homer send: version,
// length of the header, address family, IP protocol, source and destination port, addresses; in version 2 also seconds,
// microseconds, capture id and two octets of nothing. Nothing marks such a packet, so all of it has to fit, and SIP to follow.

import { looksLikeSip } from '../sniff.ts';
import { ENDS_PORTS, type HepPacket } from './hep-packet.ts';

/** A glance: version, length and family go together. */
export function maybeOldHep(data: Uint8Array, at: number, end: number): boolean {
  const version = data[at];
  if ((version !== 1 && version !== 2) || end - at < HEADER + 8) return false;
  const size = addressSize(data[at + 2]);
  // Kamailio leaves the time out of the length, others count it.
  const rest = data[at + 1] - HEADER - 2 * size;
  return size > 0 && (rest === 0 || (version === 2 && rest === TIME));
}

/** Fills `hep` from the packet that begins at `at`; false when it is none. */
export function readOldHep(hep: HepPacket, data: Buffer, at: number, end: number, cut: boolean): boolean {
  if (!maybeOldHep(data, at, end) || !PROTOCOLS.has(data[at + 3])) return false;
  const size = addressSize(data[at + 2]);
  const time = at + HEADER + 2 * size;
  const start = data[at] === 2 ? time + TIME : time;
  if (start >= end || !looksLikeSip(data, start, end)) return false;
  hep.clear();
  hep.hepVersion = data[at];
  hep.version = size === 16 ? 6 : 4;
  hep.protocol = data[at + 3];
  data.copy(hep.ends, 0, at + HEADER, time);
  data.copy(hep.ends, ENDS_PORTS, at + 4, at + 8);
  if (data[at] === 2) readTime(hep, data, time);
  hep.data = data;
  hep.start = start;
  hep.end = end;
  hep.cut = cut;
  return true;
}

/** In the order of the host that sent it, which microseconds tell: there are less than a million. */
function readTime(hep: HepPacket, data: Buffer, at: number): void {
  const microseconds = data.readUInt32LE(at + 4);
  if (microseconds < 1e6) {
    hep.seconds = data.readUInt32LE(at) || Number.NaN;
    hep.nanoseconds = microseconds * 1000;
    hep.agent = data.readUInt16LE(at + 8);
  } else if (data.readUInt32BE(at + 4) < 1e6) {
    hep.seconds = data.readUInt32BE(at) || Number.NaN;
    hep.nanoseconds = data.readUInt32BE(at + 4) * 1000;
    hep.agent = data.readUInt16BE(at + 8);
  }
}

/** Of AF_INET and AF_INET6, which has another number on Linux, FreeBSD and macOS; 0 for anything else. */
function addressSize(family: number): number {
  if (family === 2) return 4;
  return family === 10 || family === 28 || family === 30 ? 16 : 0;
}

const HEADER = 8;
const TIME = 12;
/** TCP, UDP, what stands for TLS and WebSocket, SCTP. */
const PROTOCOLS: ReadonlySet<number> = new Set([6, 17, 22, 132]);
