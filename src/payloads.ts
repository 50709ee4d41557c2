// Captures → payloads: the first two stages, put together. What looks like SIP comes out, whole and in order; every packet
// is counted.
import { CaptureSet, type InputStatus } from './capture/capture-set.ts';
import type { DiagnosticSink } from './capture/diagnostic.ts';
import type { PacketPlaces } from './capture/packet-places.ts';
import type { BlockMemory, Follow } from './capture/source-file.ts';
import { NetworkDecoder } from './network/decoder.ts';
import { EndpointTable } from './network/endpoint-table.ts';
import type { OutcomeLedger } from './network/outcome.ts';
import { type PacketSummary, summarizePacket } from './network/packet-summary.ts';
import type { Payload } from './network/payload.ts';
import { type RtpPacket, rtpPackets } from './network/rtp-packet.ts';
import { TlsSecrets } from './network/tls/tls-secrets.ts';
import { sipStreams } from './sip/framing/framing.ts';

export interface PayloadOptions {
  readonly inputs: readonly string[];
  readonly ledger: OutcomeLedger;
  readonly onDiagnostic: DiagnosticSink;
  /** Where a single capture file is read to. */
  readonly blocks?: BlockMemory;
  readonly follow?: Follow | undefined;
  readonly hold?: (() => Promise<void> | undefined) | undefined;
  /** Told which of several captures each packet is from. */
  readonly places?: PacketPlaces | undefined;
  /** Each packet in order, once it is taken apart. */
  readonly onPacket?: ((packet: PacketSummary) => void) | undefined;
  /** Each packet that looks like RTP: a view, filled again for the next. */
  readonly onRtp?: ((packet: RtpPacket) => void) | undefined;
  /** A view, valid during the call; true when a message was made of it. */
  readonly onPayload: (payload: Payload) => boolean;
  /** Between blocks of input. Rejecting ends the reading, and `each` rejects with the same. */
  readonly onBlock: (position: Position) => void | Promise<void>;
}

/** How far the reading is: octets read, octets in all (0 when not known), packets. */
export interface Position {
  readonly done: number;
  readonly total: number;
  readonly packets: number;
}

export interface PayloadSource {
  readonly inputs: readonly InputStatus[];
  readonly names: ReadonlyMap<string, string>;
  /** Reads all; once. */
  each(): Promise<void>;
  /** Gives up what is still held: called after `each`, also when that was ended early. */
  end(): void;
}

/** Reads in this thread. */
export function payloads(options: PayloadOptions): PayloadSource {
  const { inputs, ledger, onDiagnostic, onPacket, onRtp, onPayload, onBlock } = options;
  let position: Position = { done: 0, total: 0, packets: 0 };
  const captures = new CaptureSet(inputs, {
    onDiagnostic,
    blocks: options.blocks,
    places: options.places,
    follow: options.follow,
    hold: options.hold,
    onProgress(done, total, packets) {
      position = { done, total, packets };
    },
  });
  const endpoints = new EndpointTable(onDiagnostic);
  // Of its own: there may be more addresses of media than are kept of SIP.
  const rtp = onRtp && rtpPackets(new EndpointTable());
  const decoder = new NetworkDecoder(
    { datagram: onPayload, openStream: sipStreams({ ledger, onDiagnostic, onMessage: onPayload }) },
    {
      ...{ ledger, onDiagnostic, endpoints },
      secrets: new TlsSecrets(captures, onDiagnostic),
      ...(onPacket && { onDissected: (dissection) => onPacket(summarizePacket(dissection, endpoints)) }),
      onRtp: onRtp && rtp && ((dissection) => onRtp(rtp(dissection))),
    },
  );
  return {
    inputs: captures.inputs,
    get names() {
      return captures.names;
    },
    each: () =>
      captures.each(
        (packet) => decoder.packet(packet),
        () => onBlock(position),
      ),
    end: () => decoder.end(),
  };
}
