// Captures in, one capture with the same packets out, with pseudonyms.
import { ByteBatch } from '../capture/byte-batch.ts';
import { CaptureSet, type InputStatus } from '../capture/capture-set.ts';
import { copyAnew } from '../capture/copy-packets.ts';
import type { DiagnosticSink } from '../capture/diagnostic.ts';
import { type CaptureInterface, Packet } from '../capture/packet.ts';
import type { PacketCopy } from '../capture/packet-copy.ts';
import { TlsSecrets } from '../network/tls/tls-secrets.ts';
import { CaptureAnonymizer } from './capture-anonymizer.ts';
import type { PacketDraft } from './packet/packet-draft.ts';

export interface AnonymizeOptions {
  /** Paths; `-` is standard input. Together they are one set, merged by time. */
  readonly inputs: readonly string[];
  /** 32 octets: the same key gives the same pseudonyms. */
  readonly key: Buffer;
  readonly format: 'pcap' | 'pcapng';
  /** Takes the octets of the new capture, piece by piece; a piece is valid until this resolves. */
  readonly write: (octets: Buffer) => Promise<void>;
  readonly onDiagnostic: DiagnosticSink;
  readonly onProgress?: (done: number, total: number, packets: number) => void;
  /** Asked between blocks: true ends the reading early, as if the captures ended there. */
  readonly stopped?: () => boolean;
}

export interface Anonymized extends Pick<CaptureAnonymizer, 'ledger' | 'messages' | 'unplaced'> {
  readonly inputs: readonly InputStatus[];
}

/** Rejects with CopyRefused where the format cannot hold the packets. */
export async function anonymizeCaptures(options: AnonymizeOptions): Promise<Anonymized> {
  const { inputs, key, format, write, onDiagnostic, onProgress, stopped } = options;
  const batch = new ByteBatch();
  const bare = new BareInterfaces();
  const packet = new Packet();
  let copy: PacketCopy | null = null;
  const set = new CaptureSet(inputs, { onDiagnostic, ...(onProgress && { onProgress }) });
  const anonymizer = new CaptureAnonymizer({
    ...{ key, onDiagnostic, secrets: new TlsSecrets(set, onDiagnostic) },
    onPacket(draft) {
      copy ??= copyAnew(set, format, batch);
      copy.packet(filled(packet, draft, bare), set.readerOf(draft.source)!);
    },
  });
  const flush = async (): Promise<void> => {
    const octets = batch.take();
    if (octets.length > 0) await write(octets);
    if (stopped?.()) throw STOPPED;
  };
  try {
    await set.each((each) => anonymizer.packet(each), flush);
  } catch (reason) {
    if (reason !== STOPPED) throw reason;
  }
  anonymizer.end();
  copy ??= copyAnew(set, format, batch);
  copy.finish();
  await write(batch.take());
  const { ledger, messages, unplaced } = anonymizer;
  return { inputs: set.inputs, ledger, messages, unplaced };
}

function filled(packet: Packet, draft: PacketDraft, bare: BareInterfaces): Packet {
  packet.frame = draft.frame;
  packet.seconds = draft.seconds;
  packet.nanoseconds = draft.nanoseconds;
  packet.data = draft.octets;
  packet.end = draft.octets.length;
  packet.originalLength = draft.originalLength;
  packet.iface = bare.of(draft.iface);
  return packet;
}

/** Interfaces without what names them. */
class BareInterfaces {
  private readonly known = new WeakMap<CaptureInterface, CaptureInterface>();

  of(iface: CaptureInterface): CaptureInterface {
    let bare = this.known.get(iface);
    if (bare === undefined) {
      const { id, linkType, snapLength, fcsLength } = iface;
      bare = { id, linkType, snapLength, fcsLength };
      this.known.set(iface, bare);
    }
    return bare;
  }
}

const STOPPED = new Error('stopped');
