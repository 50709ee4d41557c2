// Packets in; SIP datagrams, SCTP messages and TCP segments out; every packet settled in the ledger, once.
// A packet is taken apart layer by layer: each layer's function says what follows, until nothing does.
import type { DiagnosticSink } from '../capture/diagnostic.ts';
import type { Packet } from '../capture/packet.ts';
import type { DatagramSink } from './datagram-sink.ts';
import { Dissection, HELD } from './dissection.ts';
import { EndpointTable } from './endpoint-table.ts';
import { glance, NOT_TOLD } from './fast-path.ts';
import { hepStreams } from './hep/hep-stream.ts';
import { DatagramDelivery } from './ip/datagram.ts';
import { EspNull } from './ip/esp-null.ts';
import { FragmentTable } from './ip/fragment-table.ts';
import { icmp } from './ip/icmp.ts';
import { PROTOCOL } from './ip/ip-protocol.ts';
import { ipv4 } from './ip/ipv4.ts';
import { authenticationHeader, extensionHeader, fragmentHeader, ipv6 } from './ip/ipv6.ts';
import type { PartialDatagram } from './ip/partial-datagram.ts';
import { udp } from './ip/udp.ts';
import { aMsduSubframes } from './link/a-msdu.ts';
import { backboneTag, ethernet, llc, mplsLabels, vlanTag, vnTag } from './link/ethernet.ts';
import { AMSDU, ETHERTYPE, FRAGMENT, IP, IP_PAYLOAD, LLC, NOTHING, WIFI } from './link/ethertype.ts';
import { ieee80211 } from './link/ieee80211.ts';
import { linkLayer, UNKNOWN_LINK } from './link/link-layer.ts';
import { rawIp } from './link/loopback.ts';
import { ppp, pppoeSession } from './link/ppp.ts';
import { OUTCOME, type Outcome, type OutcomeLedger } from './outcome.ts';
import type { Payload } from './payload.ts';
import { SctpReassembler } from './sctp/sctp.ts';
import { TcpReassembler } from './tcp/tcp.ts';
import type { OpenStream } from './tcp/tcp-consumer.ts';
import { tlsStreams } from './tls/tls.ts';
import type { TlsSecrets } from './tls/tls-secrets.ts';
import { gre } from './tunnel/gre.ts';
import { NO_ID, type TunnelKind } from './tunnel/tunnel-path.ts';
import { webSockets } from './web-socket/web-socket.ts';

export interface NetworkSink {
  /**
   * The payload of UDP, or a message of SCTP, of a WebSocket or in HEP, that looks like SIP; true when a message was made of it. Valid
   * only during the call.
   */
  datagram: DatagramSink;
  /** A direction of a TCP connection that begins as SIP does: what takes its octets. */
  openStream: OpenStream;
}

export interface DecoderOptions {
  readonly ledger: OutcomeLedger;
  readonly onDiagnostic: DiagnosticSink;
  readonly endpoints?: EndpointTable;
  /** Secrets of TLS connections: those are decrypted. */
  readonly secrets?: TlsSecrets | undefined;
  /** Before each layer is taken apart, which begins at `at`: which one it is (ethertype.ts); a view. */
  readonly onLayer?: ((type: number, dissection: Dissection) => void) | undefined;
  /** Every packet once it is taken apart: a view, filled again for the next. It costs the short way. */
  readonly onDissected?: (dissection: Dissection) => void;
  /** The same, of what looks like RTP: it begins at `at`. */
  readonly onRtp?: ((dissection: Dissection) => void) | undefined;
}

export class NetworkDecoder {
  readonly endpoints: EndpointTable;
  private readonly sink: NetworkSink;
  private readonly ledger: OutcomeLedger;
  private readonly onDiagnostic: DiagnosticSink;
  private readonly delivery: DatagramDelivery;
  private readonly dissection = new Dissection();
  private readonly fragments: FragmentTable;
  private readonly tcp: TcpReassembler;
  /** Made with the first packet of SCTP. */
  private sctp: SctpReassembler | null = null;
  private readonly espNull = new EspNull();
  private saidEncrypted = false;
  private now = Number.NaN;
  private readonly refusedLinks = new Set<number>();
  private readonly onDissected: ((dissection: Dissection) => void) | null;
  private readonly onLayer: ((type: number, dissection: Dissection) => void) | null;
  private readonly onRtp: ((dissection: Dissection) => void) | null;

  constructor(sink: NetworkSink, options: DecoderOptions) {
    const { ledger, onDiagnostic, endpoints, onDissected, onRtp } = options;
    this.sink = sink;
    this.ledger = ledger;
    this.onDissected = onDissected ?? null;
    this.onLayer = options.onLayer ?? null;
    this.onRtp = onRtp ?? null;
    this.onDiagnostic = onDiagnostic;
    this.endpoints = endpoints ?? new EndpointTable(onDiagnostic);
    this.fragments = new FragmentTable((partial) => this.lost(partial), onDiagnostic);
    this.delivery = new DatagramDelivery(this.endpoints, (payload) => sink.datagram(payload));
    this.tcp = new TcpReassembler({
      ...{ ledger, onDiagnostic, endpoints: this.endpoints },
      openStream: carriers(sink, options, this.delivery),
    });
  }

  packet(packet: Packet): void {
    this.ledger.read++;
    if (packet.seconds !== this.now) this.tick(packet.seconds);
    const outcome = this.onDissected === null ? glance(packet) : NOT_TOLD;
    if (outcome === NOT_TOLD || (outcome === OUTCOME.rtp && this.onRtp !== null)) this.long(packet);
    else this.ledger.settle(packet.frame, outcome);
  }

  /** No packet follows: what is still held is given up, and settled. */
  end(): void {
    this.fragments.end();
    this.tcp.end();
    this.sctp?.end();
  }

  /** Time goes on; small steps back, as between the captures of a set, are none. */
  private tick(seconds: number): void {
    if (seconds < this.now && seconds > this.now - CLOCK_WAS_SET) return;
    this.now = seconds;
    this.fragments.tick(seconds);
    this.tcp.tick(seconds);
    this.sctp?.tick(seconds);
  }

  private long(packet: Packet): void {
    const d = this.dissection;
    d.begin(packet);
    const next = linkLayer(d);
    if (next === UNKNOWN_LINK) this.refuse(packet);
    else this.takeApart(d, next);
    if (d.encrypted) this.sayEncrypted(packet);
    this.onDissected?.(d);
    if (d.outcome === OUTCOME.rtp) this.onRtp?.(d);
  }

  private takeApart(d: Dissection, first: number): void {
    let next = first;
    for (let layers = 0; next !== NOTHING; layers++) {
      this.onLayer?.(next, d);
      next = layers === MAX_LAYERS ? d.settle(OUTCOME.malformed) : this.layer(d, next);
    }
    if (d.frames !== null) this.settleJoined(d, d.frames);
    else if (d.outcome !== HELD) this.ledger.settle(d.packet.frame, d.outcome);
  }

  /** The packets whose fragments were joined share their fate, now or when TCP settles the last of them. */
  private settleJoined(d: Dissection, frames: readonly number[]): void {
    if (d.outcome === HELD) return;
    for (const frame of frames) this.ledger.settle(frame, d.outcome);
    this.fragments.settled(d.outcome);
  }

  /** A packet whose fragments never came all: what there is of a SIP message over UDP is handed on all the same. */
  private lost(partial: PartialDatagram): void {
    const { frames } = partial;
    if (partial.protocol >= 0 && this.deliverHead(partial)) {
      this.onDiagnostic({
        code: 'network/fragment-missing',
        severity: 'warning',
        message: 'An IP fragment of this SIP message is missing: it is shown as far as it came',
        frames,
      });
    }
    for (const frame of frames) this.ledger.settle(frame, OUTCOME['fragment-missing']);
  }

  /** Takes the beginning of a packet apart; nobody may hold it, as it settles at once. */
  private deliverHead(partial: PartialDatagram): boolean {
    const d = new Dissection();
    d.packet.frame = partial.frames[0];
    d.packet.seconds = partial.seconds;
    d.packet.nanoseconds = partial.nanoseconds;
    partial.open(d);
    d.tunnels.keep(partial.tunnel);
    let next = IP_PAYLOAD;
    for (let layers = 0; next !== NOTHING && layers < MAX_LAYERS; layers++) {
      if (next === FRAGMENT || (next === IP_PAYLOAD && HOLDING.has(d.protocol))) return false;
      next = this.layer(d, next);
    }
    return SHOWN.has(d.outcome);
  }

  /** Takes one layer apart and says what follows it. */
  private layer(d: Dissection, type: number): number {
    switch (type) {
      case ETHERTYPE.ipv4:
        return ipv4(d);
      case IP_PAYLOAD:
        return this.ipPayload(d);
      case ETHERTYPE.ipv6:
        return ipv6(d);
      case FRAGMENT:
        return this.fragments.add(d);
      case IP:
        return rawIp(d);
      case ETHERTYPE.ethernet:
        return ethernet(d);
      case ETHERTYPE.vlan:
      case ETHERTYPE.provider:
      case ETHERTYPE.vlan9100:
      case ETHERTYPE.vlan9200:
        return vlanTag(d);
      case ETHERTYPE.mpls:
      case ETHERTYPE.mplsMulticast:
        return mplsLabels(d);
      case ETHERTYPE.pppoeSession:
        return pppoeSession(d);
      case ETHERTYPE.ppp:
        return ppp(d);
      case ETHERTYPE.vnTag:
        return vnTag(d);
      case ETHERTYPE.backbone:
        return backboneTag(d);
      case LLC:
        return llc(d);
      case WIFI:
        return ieee80211(d);
      case AMSDU:
        return this.aMsdu(d);
      default:
        return d.settle(OUTCOME['not-ip']);
    }
  }

  /** Every subframe is a packet of its own; together they settle once. */
  private aMsdu(d: Dissection): number {
    const subframes = aMsduSubframes(d);
    if (subframes.length === 0) return d.short();
    this.ledger.split(d.packet.frame, subframes.length / 2);
    for (let i = 0; i < subframes.length; i += 2) {
      d.begin(d.packet);
      d.at = subframes[i];
      d.narrow(subframes[i + 1]);
      this.takeApart(d, LLC);
    }
    return d.settle(HELD);
  }

  private ipPayload(d: Dissection): number {
    switch (d.protocol) {
      case PROTOCOL.udp:
        d.transportAt = d.at;
        return udp(d, this.delivery);
      case PROTOCOL.tcp:
        return this.segment(d);
      case PROTOCOL.ipip:
        return enter(d, 'ipip', ETHERTYPE.ipv4);
      case PROTOCOL.ipv6:
        return enter(d, '6in4', ETHERTYPE.ipv6);
      case PROTOCOL.mpls:
        return enter(d, 'mpls', ETHERTYPE.mpls);
      case PROTOCOL.etherIp:
        return etherIp(d);
      case PROTOCOL.gre:
        return gre(d);
      case PROTOCOL.icmp:
      case PROTOCOL.icmpv6:
        return d.settle(icmp(d));
      case PROTOCOL.hopByHop:
      case PROTOCOL.routing:
      case PROTOCOL.destination:
      case PROTOCOL.mobility:
      case PROTOCOL.hip:
      case PROTOCOL.shim6:
        return d.version === 6 ? extensionHeader(d) : d.settle(OUTCOME['other-transport']);
      case PROTOCOL.fragment:
        return d.version === 6 ? fragmentHeader(d) : d.settle(OUTCOME['other-transport']);
      case PROTOCOL.ah:
        return authenticationHeader(d);
      case PROTOCOL.esp:
        return this.espNull.open(d);
      case PROTOCOL.sctp:
        d.transportAt = d.at;
        return this.associations().read(d);
      default:
        return d.settle(OUTCOME['other-transport']);
    }
  }

  private segment(d: Dissection): number {
    const addressSize = d.version === 6 ? 16 : 4;
    d.transportAt = d.at;
    this.tcp.segment(
      d.packet,
      d.data,
      d.version === 6 ? 6 : 4,
      d.addressAt,
      d.addressAt + addressSize,
      d.at,
      d.end,
      d.wireEnd - d.end,
      d.identification,
      d.frames,
      d.tunnels,
    );
    return d.settle(HELD);
  }

  private associations(): SctpReassembler {
    const { ledger, onDiagnostic, endpoints, delivery, sink } = this;
    this.sctp ??= new SctpReassembler({
      ...{ ledger, onDiagnostic, endpoints, datagrams: delivery },
      sink: (payload) => sink.datagram(payload),
    });
    return this.sctp;
  }

  private sayEncrypted(packet: Packet): void {
    if (this.saidEncrypted) return;
    this.saidEncrypted = true;
    this.onDiagnostic({
      code: 'network/wifi-encrypted',
      severity: 'warning',
      message: 'IEEE 802.11 frames are encrypted: such packets are left out',
      frames: [packet.frame],
    });
  }

  private refuse(packet: Packet): void {
    const { linkType } = packet.iface;
    this.ledger.settle(packet.frame, OUTCOME['link-type-unknown']);
    if (this.refusedLinks.has(linkType) || this.refusedLinks.size === MOST_REFUSED_LINKS) return;
    this.refusedLinks.add(linkType);
    this.onDiagnostic({
      code: 'network/link-type-unknown',
      severity: 'warning',
      message: `Link type ${linkType} is not one that can be read: packets of such interfaces are left out`,
      frames: [packet.frame],
    });
  }
}

/** What takes the octets of a stream, by what its first octets begin. */
function carriers(sink: NetworkSink, options: DecoderOptions, { hep, copies }: DatagramDelivery): OpenStream {
  const { ledger, onDiagnostic, secrets } = options;
  const hepStream = hepStreams(hep, ledger, onDiagnostic);
  const webSocket = webSockets({ ledger, onDiagnostic, onMessage: (payload) => sink.datagram(payload) });
  const toldBefore = (payload: Payload): number => copies.streamed(payload);
  const open: OpenStream = (direction, carrier) => {
    switch (carrier) {
      case 'sip':
        return sink.openStream({ ...direction, toldBefore }, carrier);
      case 'web-socket':
        return webSocket(direction);
      case 'hep':
        return hepStream(direction);
      case 'tls':
        return tls?.(direction, carrier) ?? null;
      default:
        return null;
    }
  };
  const tls = secrets && tlsStreams({ secrets, ledger, onDiagnostic, openContent: open });
  return open;
}

function enter(d: Dissection, kind: TunnelKind, next: number): number {
  d.tunnels.push(kind, d.data, d.version, d.addressAt, NO_ID);
  return next;
}

/** RFC 3378 §3: version 3 and reserved bits in two octets, then an Ethernet frame. */
function etherIp(d: Dissection): number {
  if (d.left < 2) return d.short();
  if (d.data[d.at] !== 0x30) return d.settle(OUTCOME['other-transport']);
  d.at += 2;
  return enter(d, 'etherip', ETHERTYPE.ethernet);
}

/** What the beginning of a packet settles as when it was handed on. */
const SHOWN: ReadonlySet<Outcome> = new Set([
  OUTCOME.sip,
  OUTCOME['sip-duplicate'],
  OUTCOME['sip-malformed'],
]);
/** Protocols of which packets may be held. */
const HOLDING: ReadonlySet<number> = new Set([PROTOCOL.tcp, PROTOCOL.sctp]);
const MAX_LAYERS = 40;
/** Seconds. */
const CLOCK_WAS_SET = 60;
/** Link types that are spoken of one by one. */
const MOST_REFUSED_LINKS = 64;
