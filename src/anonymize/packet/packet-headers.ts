// The headers of a packet, layer by layer as the network stage takes them apart → the same headers with other addresses. What is
// behind the last header, and any header that is not known here to be harmless, stays 0.
import type { Packet } from '../../capture/packet.ts';
import type { Dissection } from '../../network/dissection.ts';
import { PROTOCOL } from '../../network/ip/ip-protocol.ts';
import { AMSDU, ETHERTYPE, FRAGMENT, IP, IP_PAYLOAD, LLC, WIFI } from '../../network/link/ethertype.ts';
import type { AddressPseudonyms } from '../pseudonym/ip-pseudonym.ts';
import type { PacketDraft } from './packet-draft.ts';
import { hardwareAddresses, linkHeader } from './packet-link.ts';
import { sctpHeaders } from './packet-sctp.ts';
import { tcpOptions } from './packet-tcp-options.ts';

/** The innermost UDP, TCP, SCTP or ICMP header of a packet, and where its payload begins and ends. Offsets into the packet. */
export interface Transport {
  readonly protocol: number;
  readonly at: number;
  readonly payload: number;
  readonly end: number;
}

export class PacketHeaders {
  /** Null where there is none, or it is in a datagram that came in pieces. */
  transport: Transport | null = null;
  /** The packet's octets, as they came. */
  original: Buffer = NO_OCTETS;
  private readonly addresses: AddressPseudonyms;
  private draft: PacketDraft | null = null;
  private start = 0;
  /** The layer that was entered last, and where. */
  private type = LINK;
  private at = 0;
  /** Of the IP header before; -1 as long as there was none. */
  private protocol = -1;
  /** Where the innermost ESP trailer may begin and ends; 0 without ESP. */
  private espEnd = 0;

  constructor(addresses: AddressPseudonyms) {
    this.addresses = addresses;
  }

  begin(draft: PacketDraft, packet: Packet): void {
    this.draft = draft;
    this.original = packet.data.subarray(packet.start, packet.end);
    this.start = packet.start;
    this.type = LINK;
    this.at = 0;
    this.protocol = -1;
    this.transport = null;
    this.espEnd = 0;
  }

  /** A layer begins at `d.at`, so what was before it is a header. */
  layer(type: number, d: Dissection): void {
    if (this.draft === null || d.data !== d.packet.data) return;
    const at = d.at - this.start;
    // The next subframe of an A-MSDU begins behind its addresses and length.
    if (type === LLC && d.version === 0 && this.protocol >= 0) this.macs(at - 14, at, [0, 6]);
    else if (at >= this.at) this.header(at, d);
    this.type = type;
    this.at = at;
    if (d.version !== 0) this.protocol = d.protocol;
    if (type === IP_PAYLOAD) this.payload(d, at, d.end - this.start);
    else if (type === FRAGMENT) this.fragment(d, at, d.end - this.start);
  }

  /** The packet is taken apart. */
  end(d: Dissection): void {
    if (this.draft === null) return;
    const end = d.end - this.start;
    if (this.espEnd > 0 && d.data === d.packet.data && end < this.espEnd) this.copy(end, this.espEnd);
  }

  /** An IP header at `at`, of this packet or of one that it quotes; false where there is none, or not all of it. */
  ip(at: number): boolean {
    const { original } = this;
    const version = original[at] >> 4;
    if (version === 4 && at + 20 <= original.length) {
      const end = at + ((original[at] & 0x0f) << 2);
      if (end > original.length || end < at + 20) return false;
      this.ipv4(at, end);
    } else if (version === 6 && at + 40 <= original.length) this.ipv6(at);
    else return false;
    return true;
  }

  copy(from: number, to: number): void {
    this.original.copy(this.draft!.octets, from, from, to);
  }

  /** The header of the layer entered last, `[this.at, end)`. */
  private header(end: number, d: Dissection): void {
    const { at, type } = this;
    if (type === LINK)
      linkHeader(this.original, this.draft!.octets, end, d.packet.iface.linkType, this.addresses);
    else if (type === ETHERTYPE.ethernet || type === AMSDU) this.macs(at, end, [0, 6]);
    // IEEE 802.11-2020 §9.3.2.1: three addresses; a fourth where both To DS and From DS are set.
    else if (type === WIFI)
      this.macs(at, end, (this.original[at + 1] & 3) === 3 ? [4, 10, 16, 24] : [4, 10, 16]);
    else if (IS_IP.has(type)) this.ip(at);
    // Those that hold addresses keep but what says where they end.
    else if (type === IP_PAYLOAD && WITH_ADDRESSES.has(this.protocol)) this.copy(at, Math.min(end, at + 4));
    else this.copy(at, end);
  }

  private macs(at: number, end: number, offsets: readonly number[]): void {
    this.copy(at, end);
    hardwareAddresses(this.original, this.draft!.octets, at, end, offsets, this.addresses);
  }

  private ipv4(at: number, end: number): void {
    const { octets, checksums } = this.draft!;
    checksums.note(this.original, at + 10, at, end);
    this.copy(at, at + 20);
    // Options may record a route.
    octets.fill(NO_OPERATION, at + 20, end);
    this.addresses.ipv4(this.original, at + 12, octets, at + 12);
    this.addresses.ipv4(this.original, at + 16, octets, at + 16);
  }

  private ipv6(at: number): void {
    this.copy(at, at + 8);
    this.addresses.ipv6(this.original, at + 8, this.draft!.octets, at + 8);
    this.addresses.ipv6(this.original, at + 24, this.draft!.octets, at + 24);
  }

  /** What is behind an IP header, at once, since nothing may follow. */
  private payload(d: Dissection, at: number, end: number): void {
    const { original } = this;
    const size = d.version === 6 ? 16 : 4;
    const addresses = d.addressAt - this.start;
    const { checksums } = this.draft!;
    switch (d.protocol) {
      case PROTOCOL.udp: {
        if (at + 8 > end) return;
        this.copy(at, at + 8);
        const length = original.readUInt16BE(at + 4);
        const stop = length >= 8 ? Math.min(end, at + length) : end;
        checksums.note(original, at + 6, at, stop, addresses, addresses + 2 * size);
        this.transport = { protocol: d.protocol, at, payload: at + 8, end: stop };
        return;
      }
      case PROTOCOL.tcp: {
        const payload = at + ((original[at + 12] >> 4) << 2);
        if (at + 20 > end || payload < at + 20 || payload > end) return;
        this.copy(at, at + 20);
        tcpOptions(original, this.draft!.octets, at + 20, payload);
        checksums.note(original, at + 16, at, end, addresses, addresses + 2 * size);
        this.transport = { protocol: d.protocol, at, payload, end };
        if (payload < end) this.segment(addresses, size, at, payload, end);
        return;
      }
      case PROTOCOL.icmp:
      case PROTOCOL.icmpv6: {
        if (at + 8 > end) return;
        this.copy(at, at + 8);
        // RFC 792: a redirect says to which gateway.
        if (d.protocol === PROTOCOL.icmp && original[at] === REDIRECT)
          this.addresses.ipv4(original, at + 4, this.draft!.octets, at + 4);
        if (d.protocol === PROTOCOL.icmp) checksums.note(original, at + 2, at, end);
        else checksums.note(original, at + 2, at, end, addresses, addresses + 2 * size);
        this.transport = { protocol: d.protocol, at, payload: at + 8, end };
        return;
      }
      case PROTOCOL.sctp:
        if (at + 12 > end) return;
        sctpHeaders(original, this.draft!.octets, at, end);
        if (d.wireEnd === d.end) this.draft!.sctp = [at, end];
        this.transport = { protocol: d.protocol, at, payload: at + 12, end };
        return;
      case PROTOCOL.esp:
        this.espEnd = end;
        return;
      default:
    }
  }

  /** The octets of a TCP segment, and where in its stream they stand. */
  private segment(addresses: number, size: number, at: number, payload: number, end: number): void {
    const { original } = this;
    const source = original.toString('latin1', addresses, addresses + size);
    const destination = original.toString('latin1', addresses + size, addresses + 2 * size);
    const ports = original.readUInt32BE(at);
    const isOwn = source === destination && ports >>> 16 === (ports & 0xffff);
    this.draft!.part = {
      kind: 'segment',
      // Both directions of a connection between an end point and itself are told apart by what they acknowledge.
      key: `${source}${destination} ${ports}${isOwn ? ` ${original.readUInt32BE(at + 8)}` : ''}`,
      position: original.readInt32BE(at + 4),
      at: payload,
      original: Buffer.from(original.subarray(payload, end)),
      searched: 0,
    };
  }

  private fragment(d: Dissection, at: number, end: number): void {
    const addresses = d.addressAt - this.start;
    const size = d.version === 6 ? 16 : 4;
    const ends = this.original.toString('latin1', addresses, addresses + 2 * size);
    this.draft!.part = {
      kind: 'fragment',
      // RFC 8200 §4.5: of an IPv6 packet's protocol only the first fragment tells.
      key: `${d.version === 6 ? 6 : d.protocol} ${d.identification} ${ends}`,
      position: d.fragmentOffset,
      at,
      original: Buffer.from(this.original.subarray(at, end)),
      searched: 0,
    };
  }
}

const NO_OCTETS = Buffer.alloc(0);
/** The layer of the interface. */
const LINK = -1;
/** RFC 791 §3.1. */
const NO_OPERATION = 1;
const REDIRECT = 5;
const IS_IP: ReadonlySet<number> = new Set([ETHERTYPE.ipv4, ETHERTYPE.ipv6, IP]);
/** Extension headers. */
const WITH_ADDRESSES: ReadonlySet<number> = new Set([
  PROTOCOL.routing,
  PROTOCOL.mobility,
  PROTOCOL.hip,
  PROTOCOL.shim6,
  PROTOCOL.destination,
]);
