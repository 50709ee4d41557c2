// Packets in; the same packets out, in their order, with the same times and lengths, but with pseudonyms for addresses, names, numbers
// and contents. A packet waits until it is known what its octets are; what is not understood is written as 0.
import type { DiagnosticSink } from '../capture/diagnostic.ts';
import type { Packet } from '../capture/packet.ts';
import { NetworkDecoder } from '../network/decoder.ts';
import { JOINED_AT } from '../network/ip/partial-datagram.ts';
import { OUTCOME, type Outcome, OutcomeLedger } from '../network/outcome.ts';
import type { Payload, Transport } from '../network/payload.ts';
import type { TlsSecrets } from '../network/tls/tls-secrets.ts';
import { sipStreams } from '../sip/framing/framing.ts';
import { SipMessage } from '../sip/message.ts';
import { MessageAnonymizer } from './message/message.ts';
import { PacketChecksums } from './packet/packet-checksums.ts';
import { PacketContent } from './packet/packet-content.ts';
import { type DraftPart, PacketDraft } from './packet/packet-draft.ts';
import { PacketHeaders } from './packet/packet-headers.ts';
import { hep3Extent, hepHeader } from './packet/packet-hep.ts';
import { lineEnds, onlyLineEnds } from './packet/packet-line-ends.ts';
import { sctpChecksum } from './packet/packet-sctp.ts';
import { OctetImages } from './stream/octet-images.ts';
import { PlainStreams } from './stream/plain-streams.ts';
import { positionIn } from './stream/stream-position.ts';

export interface AnonymizerOptions {
  /** 32 octets: the same key gives the same pseudonyms. */
  readonly key: Buffer;
  /** Takes each packet as it is to be written; it is not used again. */
  readonly onPacket: (packet: PacketDraft) => void;
  readonly onDiagnostic: DiagnosticSink;
  /** Secrets of TLS connections: what they open is written as plain SIP over TCP. */
  readonly secrets?: TlsSecrets | undefined;
  /** Octets that wait, at most; then the oldest packet is written with 0 where it is not known yet what is there. */
  readonly mostWaiting?: number;
}

export class CaptureAnonymizer {
  readonly ledger: OutcomeLedger = new OutcomeLedger((frame, outcome) => this.settled(frame, outcome));
  /** Messages that were given pseudonyms, and those that could not be put back where they came from: they are 0. */
  messages = 0;
  unplaced = 0;
  private readonly options: AnonymizerOptions;
  private readonly anonymizer: MessageAnonymizer;
  private readonly headers: PacketHeaders;
  private readonly content: PacketContent;
  private readonly decoder: NetworkDecoder;
  private readonly message = new SipMessage();
  private readonly images = new OctetImages();
  private readonly plainStreams = new PlainStreams();
  /** By frame, in their order. */
  private readonly waiting = new Map<number, PacketDraft>();
  private held = 0;
  /** The packet that is being taken apart. */
  private packetNow: Packet | null = null;
  private draft: PacketDraft | null = null;

  constructor(options: AnonymizerOptions) {
    const { key, onDiagnostic } = options;
    const { ledger } = this;
    this.options = options;
    this.anonymizer = new MessageAnonymizer(key);
    this.headers = new PacketHeaders(this.anonymizer.addresses);
    this.content = new PacketContent(this.anonymizer, this.headers);
    const onMessage = (payload: Payload): boolean => this.found(payload);
    this.decoder = new NetworkDecoder(
      { datagram: onMessage, openStream: sipStreams({ ledger, onDiagnostic, onMessage }) },
      {
        ...{ ledger, onDiagnostic, secrets: options.secrets },
        onLayer: (type, d) => this.headers.layer(type, d),
        onDissected: (d) => this.content.write(d, this.draft!),
      },
    );
  }

  /** A view: copies are kept of it. */
  packet(packet: Packet): void {
    const draft = new PacketDraft(packet);
    this.packetNow = packet;
    this.draft = draft;
    this.waiting.set(draft.frame, draft);
    this.headers.begin(draft, packet);
    this.decoder.packet(packet);
    this.packetNow = null;
    this.draft = null;
    this.held += draft.size;
    this.drain();
  }

  /** No packet follows. */
  end(): void {
    this.decoder.end();
    for (const draft of this.waiting.values()) this.finish(draft);
    this.waiting.clear();
  }

  /** True when a message was made of it: as elsewhere, so that outcomes are the same. */
  private found(payload: Payload): boolean {
    const isMessage = this.message.read(payload);
    if (this.put(payload)) this.messages++;
    else this.unplaced++;
    return isMessage;
  }

  /** Puts what stands for the message where it came from; false when that cannot be. */
  private put(payload: Payload): boolean {
    const { packetNow, draft } = this;
    if (UNWRAPPED.has(payload.transport) && !isInHep(payload)) return this.plain(payload);
    if (packetNow !== null && payload.data === packetNow.data) return this.inPacket(payload, draft!);
    return this.inPieces(payload);
  }

  /** It is, as it is, within the packet at hand. */
  private inPacket(payload: Payload, draft: PacketDraft): boolean {
    const { part } = draft;
    const piece = part?.kind === 'segment' ? this.ofStream(payload) : this.whole(payload);
    if (piece === null) return false;
    const at = piece.start - this.packetNow!.start;
    piece.octets.copy(draft.octets, at);
    if (part !== null) this.images.put(part.key, part.position + at - part.at, piece.octets);
    return true;
  }

  /** Several packets carry it, or one that came before. */
  private inPieces(payload: Payload): boolean {
    const parts = this.partsOf(payload);
    if (parts.length === 0) return false;
    const { kind, key } = parts[0];
    if (kind === 'fragment') {
      const datagram = this.datagram(payload);
      if (datagram !== null) this.images.put(key, 0, datagram);
      return datagram !== null;
    }
    const piece = this.ofStream(payload);
    if (piece === null) return false;
    const { start, octets } = piece;
    const position = positionIn(parts, payload.data.subarray(start, start + octets.length));
    if (position === null) return false;
    this.images.put(key, position, octets);
    return true;
  }

  /** Of what was encrypted or in a WebSocket: plain, in the segments that carried it, which had more octets than it has. */
  private plain(payload: Payload): boolean {
    const parts = this.partsOf(payload);
    const position = this.plainStreams.place(parts, payload.end - payload.start);
    if (position === null) return false;
    this.images.put(parts[0].key, position, this.whole(payload).octets);
    return true;
  }

  private partsOf({ frame, frames }: Payload): DraftPart[] {
    return (frames ?? [frame]).flatMap((each) => this.waiting.get(each)?.part ?? []);
  }

  private whole({ data, start, end }: Payload): Piece {
    return { start, octets: this.anonymizer.message(data.subarray(start, end)) };
  }

  /** The message, with its HEP packet where it is in one; null where that is compressed. */
  private ofStream(payload: Payload): Piece | null {
    if (!isInHep(payload)) return this.whole(payload);
    const { data, start, end } = payload;
    const extent = hep3Extent(data, start, end);
    if (extent === null) return null;
    const [from, to] = extent;
    const octets = Buffer.alloc(to - from);
    hepHeader(data.subarray(from, to), octets, 0, this.anonymizer);
    this.whole(payload).octets.copy(octets, start - from);
    return { start: from, octets };
  }

  /** A datagram that was joined of fragments, from its UDP header on; null where that carries the message in something else. */
  private datagram(payload: Payload): Buffer | null {
    const { data, start, end, src } = payload;
    const { addresses } = this.anonymizer;
    const from = data.subarray(0, end);
    const to = Buffer.alloc(end);
    const checksums = new PacketChecksums();
    from.copy(to, JOINED_AT, JOINED_AT, JOINED_AT + 6);
    if (isInHep(payload)) hepHeader(from, to, JOINED_AT + 8, this.anonymizer);
    else {
      lineEnds(from, to, JOINED_AT + 8, start);
      if (
        payload.transport !== 'udp' ||
        !from.subarray(JOINED_AT + 8, start).equals(to.subarray(JOINED_AT + 8, start))
      )
        return null;
      const size = src.version === 6 ? 16 : 4;
      const at = JOINED_AT - 2 * size;
      checksums.note(from, JOINED_AT + 6, JOINED_AT, end, at, JOINED_AT);
      from.copy(to, JOINED_AT + 6, JOINED_AT + 6, JOINED_AT + 8);
      for (const address of [at, at + size]) addresses.ip(src.version, from, address, to, address);
    }
    this.whole(payload).octets.copy(to, start);
    checksums.settle(to);
    return to.subarray(JOINED_AT);
  }

  private settled(frame: number, outcome: Outcome): void {
    const draft = this.waiting.get(frame);
    if (draft !== undefined) draft.outcome = outcome;
  }

  /** Hands on packets from the oldest on, as far as they are settled or there is no room for more. */
  private drain(): void {
    const { mostWaiting = MOST_WAITING } = this.options;
    for (const draft of this.waiting.values()) {
      if (draft.outcome === null && this.held <= mostWaiting) return;
      this.waiting.delete(draft.frame);
      this.held -= draft.size;
      this.finish(draft);
    }
  }

  private finish(draft: PacketDraft): void {
    const { part, octets, sctp } = draft;
    if (part !== null) this.fill(draft, part);
    draft.checksums.settle(octets);
    if (sctp !== null) sctpChecksum(octets, ...sctp);
    this.options.onPacket(draft);
  }

  /** Writes what is known of the part of a stream or datagram that the packet carries. */
  private fill({ octets, outcome }: PacketDraft, { kind, key, position, at, original }: DraftPart): void {
    const isUnwrapped = outcome === OUTCOME.tls || outcome === OUTCOME['web-socket'];
    if (kind === 'segment' && (isUnwrapped || this.plainStreams.has(key)))
      onlyLineEnds(octets, at, at + original.length);
    // What is between messages keeps a connection alive.
    else if (this.images.has(key)) lineEnds(original, octets, 0, original.length, at);
    this.images.fill(key, position, original.length, octets, at);
  }
}

/** Octets that stand for `data[start …)` of what was found. */
interface Piece {
  readonly start: number;
  readonly octets: Buffer;
}

function isInHep({ passage }: Payload): boolean {
  return passage !== null && passage.hep !== null;
}

/** What is in these is written as plain SIP over TCP. */
const UNWRAPPED: ReadonlySet<Transport> = new Set(['tls', 'ws', 'wss']);

/** Octets. */
const MOST_WAITING = 64 << 20;
