// A packet of HEP version 3 (also called EEP) → the SIP message in it, with between whom it went and who captured it.
// Rules: the HEP3 network protocol specification of the SIPCAPTURE project: `HEP3`, the total length, then chunks of
// vendor, type, length (16 bits each, in network order, the length counts these six octets) and value, in any order.

import { OUTCOME, type Outcome } from '../outcome.ts';
import { looksLikeSip } from '../sniff.ts';
import { NO_ID } from '../tunnel/tunnel-path.ts';
import type { HepChunks } from './hep-chunks.ts';
import { inflate } from './hep-inflate.ts';
import { ENDS_PORTS, type HepPacket } from './hep-packet.ts';

/** `HEP3`, and room for the length. */
export function isHep3(data: Uint8Array, at: number, end: number): boolean {
  return (
    data[at] === 0x48 &&
    end - at >= HEADER &&
    data[at + 1] === 0x45 &&
    data[at + 2] === 0x50 &&
    data[at + 3] === 0x33
  );
}

/** The length that the packet at `at` says it has. */
export function hep3Length(data: Uint8Array, at: number): number {
  return (data[at + 4] << 8) | data[at + 5];
}

/**
 * Fills `hep` from the packet that begins at `at`. `wireEnd` is where its carrier ends, beyond `end` when the capture cut it.
 * OUTCOME.sip: there is a message in it; else what the packet is to settle as.
 */
export function readHep3(hep: HepPacket, data: Buffer, at: number, end: number, wireEnd: number): Outcome {
  const limit = at + hep3Length(data, at);
  if (limit < at + HEADER || limit > wireEnd) return OUTCOME.malformed;
  const { chunks } = hep;
  if (!chunks.read(data, at + HEADER, limit, end)) return OUTCOME.malformed;
  hep.clear();
  if (chunks.number(CHUNK.type, 1, SIP) !== SIP) return OUTCOME['not-sip'];
  const lacking = limit > end ? OUTCOME.truncated : OUTCOME.malformed;
  if (!readEnds(hep, chunks)) return lacking;
  const carried = readPayload(hep, chunks, lacking);
  if (carried !== OUTCOME.sip) return carried;
  hep.protocol = chunks.number(CHUNK.protocol, 1, 0);
  hep.agent = chunks.number(CHUNK.agent, 4, NO_ID);
  hep.correlationId = chunks.text(CHUNK.correlationId);
  hep.node = chunks.text(CHUNK.node);
  hep.seconds = chunks.number(CHUNK.seconds, 4, 0) || Number.NaN;
  hep.nanoseconds = chunks.number(CHUNK.microseconds, 4, 0) * 1000;
  return carried;
}

/** Addresses and ports; false when there are none. Where there are addresses of both families, the one named counts. */
function readEnds(hep: HepPacket, chunks: HepChunks): boolean {
  const has4 = chunks.size(CHUNK.source4) === 4 && chunks.size(CHUNK.destination4) === 4;
  const has6 = chunks.size(CHUNK.source6) === 16 && chunks.size(CHUNK.destination6) === 16;
  if (!has4 && !has6) return false;
  hep.version = has6 && !(has4 && chunks.number(CHUNK.family, 1, 0) === IPV4) ? 6 : 4;
  const [source, destination, size] =
    hep.version === 6 ? [CHUNK.source6, CHUNK.destination6, 16] : [CHUNK.source4, CHUNK.destination4, 4];
  chunks.copy(source, hep.ends, 0);
  chunks.copy(destination, hep.ends, size);
  if (chunks.size(CHUNK.sourcePort) === 2) chunks.copy(CHUNK.sourcePort, hep.ends, ENDS_PORTS);
  if (chunks.size(CHUNK.destinationPort) === 2) chunks.copy(CHUNK.destinationPort, hep.ends, ENDS_PORTS + 2);
  return true;
}

function readPayload(hep: HepPacket, chunks: HepChunks, lacking: Outcome): Outcome {
  const plain = chunks.size(CHUNK.payload) >= 0;
  const chunk = plain ? CHUNK.payload : CHUNK.compressed;
  if (chunks.size(chunk) < 0) return lacking;
  hep.data = chunks.data;
  hep.start = chunks.start(chunk);
  hep.end = hep.start + chunks.size(chunk);
  hep.cut = chunks.isCut(chunk);
  if (!plain && !inflate(hep)) return hep.cut ? OUTCOME.truncated : OUTCOME.malformed;
  if (looksLikeSip(hep.data, hep.start, hep.end)) return OUTCOME.sip;
  return hep.cut && hep.end - hep.start < TOO_SHORT_TO_TELL ? OUTCOME.truncated : OUTCOME['not-sip'];
}

const HEADER = 6;
const TOO_SHORT_TO_TELL = 12;
/** AF_INET. */
const IPV4 = 2;
/** Of CHUNK.type: 5 and 32 to 35 are reports about media, 100 is a log line, and so on. */
const SIP = 1;

/** Types of chunks. */
const CHUNK = {
  family: 1,
  protocol: 2,
  source4: 3,
  destination4: 4,
  source6: 5,
  destination6: 6,
  sourcePort: 7,
  destinationPort: 8,
  seconds: 9,
  microseconds: 10,
  type: 11,
  agent: 12,
  payload: 15,
  compressed: 16,
  // 14 is the key that the agent is let in with: a secret, which is not read.
  correlationId: 17,
  // The specification's group: agents put their name there.
  node: 19,
} as const;
