// What a packet carries behind its headers, besides messages of SIP: media without what was said, keep-alives, the header of HEP, a
// packet that ICMP quotes. Anything else stays 0.
import type { Dissection } from '../../network/dissection.ts';
import { PROTOCOL } from '../../network/ip/ip-protocol.ts';
import { OUTCOME, type Outcome } from '../../network/outcome.ts';
import type { MessageAnonymizer } from '../message/message.ts';
import type { PacketDraft } from './packet-draft.ts';
import type { PacketHeaders } from './packet-headers.ts';
import { hepHeader } from './packet-hep.ts';
import { lineEnds } from './packet-line-ends.ts';
import { rtcpWithoutNames, rtpWithoutMedia, stunHeader } from './packet-media.ts';

export class PacketContent {
  private readonly anonymizer: MessageAnonymizer;
  private readonly headers: PacketHeaders;

  constructor(anonymizer: MessageAnonymizer, headers: PacketHeaders) {
    this.anonymizer = anonymizer;
    this.headers = headers;
  }

  /** Writes what is to be kept of the packet that was just taken apart. */
  write(d: Dissection, draft: PacketDraft): void {
    this.headers.end(d);
    const { transport, original } = this.headers;
    if (transport === null) return;
    const { protocol, payload, end } = transport;
    if (protocol === PROTOCOL.udp) this.datagram(d.outcome, original, draft.octets, payload, end);
    else if (d.outcome === OUTCOME['sip-quoted']) this.quoted(original, draft, payload, end);
  }

  private datagram(outcome: Outcome, from: Buffer, to: Buffer, at: number, end: number): void {
    if (outcome === OUTCOME.rtp) rtpWithoutMedia(from, to, at, end);
    else if (outcome === OUTCOME.rtcp) rtcpWithoutNames(from, to, at, end);
    else if (outcome === OUTCOME.stun) stunHeader(from, to, at, end);
    else if (outcome === OUTCOME['sip-keepalive']) from.copy(to, at, at, end);
    else if (outcome === OUTCOME.sip || outcome === OUTCOME['sip-duplicate']) {
      hepHeader(from.subarray(0, end), to, at, this.anonymizer);
      lineEnds(from, to, at, startOfLine(from, at, end));
    }
  }

  /** The IP header, the UDP header and what there is of the message. */
  private quoted(from: Buffer, { octets: to, checksums }: PacketDraft, at: number, end: number): void {
    if (!this.headers.ip(at)) return;
    const isIpv6 = from[at] >> 4 === 6;
    const transport = at + (isIpv6 ? 40 : (from[at] & 0x0f) << 2);
    if (from[at + (isIpv6 ? 6 : 9)] !== PROTOCOL.udp || transport + 8 > end) return;
    const addresses = isIpv6 ? at + 8 : at + 12;
    checksums.note(from, transport + 6, transport, end, addresses, isIpv6 ? at + 40 : at + 20);
    this.headers.copy(transport, transport + 8);
    this.anonymizer.message(from.subarray(transport + 8, end)).copy(to, transport + 8);
  }
}

/** RFC 3261 §7.5: line ends may come before a message. */
function startOfLine(from: Buffer, at: number, end: number): number {
  let start = at;
  while (start < end && (from[start] === 13 || from[start] === 10)) start++;
  return start;
}
