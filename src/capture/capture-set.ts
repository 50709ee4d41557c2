// Captures in, the packets of all of them out as one sequence in order of time, numbered over the whole set.
import { CaptureInput, type InputStatus } from './capture-input.ts';
import type { DiagnosticSink } from './diagnostic.ts';
import { MergeHeap } from './merge-heap.ts';
import type { Packet } from './packet.ts';
import type { PacketPlaces } from './packet-places.ts';
import type { PcapngBlock } from './pcapng.ts';
import type { CaptureComment, DecryptionSecrets, InterfaceStatistics } from './pcapng-annotation.ts';
import type { CaptureReader } from './reader.ts';
import type { BlockMemory, Follow } from './source-file.ts';
import { eachRecordFrom, readRecordAt } from './source-record.ts';

export type { InputStatus } from './capture-input.ts';

export interface CaptureSetOptions {
  readonly onDiagnostic: DiagnosticSink;
  /** After each block: octets read, octets in all (0 when not known), packets so far. */
  readonly onProgress?: (done: number, total: number, packets: number) => void;
  /** Every pcapng block that is no packet; `source` is the index of its input. */
  readonly onBlock?: (source: number, block: PcapngBlock) => void;
  /** Where the blocks of a set of one regular file are read to; at most 256 KiB are asked for at once. */
  readonly blocks?: BlockMemory | undefined;
  /** Of a set of one regular file: whether to go on at its end. */
  readonly follow?: Follow | undefined;
  /** Told of each packet of a set of several which capture it is from. */
  readonly places?: PacketPlaces | undefined;
  /** What to wait for before the packets of a block that was read are handed on. */
  readonly hold?: (() => Promise<void> | undefined) | undefined;
}

export class CaptureSet {
  readonly inputs: readonly InputStatus[];
  /** Packets handed on so far. */
  packets = 0;

  private readonly options: CaptureSetOptions;
  private readonly ranks: readonly number[];
  private opened: readonly CaptureInput[] = [];
  private metSecrets: DecryptionSecrets[] = [];
  /** Of each reader, how many of its secrets are among them. */
  private knownSecrets: number[] = [];

  /** Paths; `-` is standard input. */
  constructor(paths: readonly string[], options: CaptureSetOptions) {
    this.inputs = paths.map(newStatus);
    this.options = options;
    this.ranks = ranksByPath(paths);
  }

  /**
   * Calls `onPacket` with each packet (a view, filled again for the next), and waits for `afterBatch` after every block.
   * Within one input the order of the file is kept; between inputs the earlier packet goes first.
   */
  async each(onPacket: (packet: Packet) => void, afterBatch?: () => void | Promise<void>): Promise<void> {
    this.packets = 0;
    const inputs = this.inputs.map((status, index) => this.newInput(status, index));
    this.opened = inputs;
    this.metSecrets = [];
    this.knownSecrets = [];
    const after = async (): Promise<void> => {
      this.reportProgress();
      await afterBatch?.();
    };
    try {
      if (inputs.length === 1) await this.eachOfOne(inputs[0], onPacket, after);
      else await this.eachMerged(inputs, onPacket, after);
    } finally {
      await Promise.all(inputs.map((input) => input.close()));
    }
  }

  /**
   * A copy of the packet that each() found at `offset` of input `source`, without its frame number (and, for a simple
   * packet of pcapng, without the time it was given). Undefined when it is not there any more, or on standard input.
   */
  async readPacketAt(source: number, offset: number): Promise<Packet | undefined> {
    const status = this.inputs[source];
    const reader = this.readerOf(source)?.resumeAt(offset, () => {});
    return status && reader && readRecordAt(status.path, status.compression, offset, reader);
  }

  /**
   * Calls `onPacket` with each packet of input `source` from the one at `offset` on, as each() found it, until it says no: a view,
   * without its frame number. Nothing on standard input.
   */
  async eachFrom(source: number, offset: number, onPacket: (packet: Packet) => boolean): Promise<void> {
    const status = this.inputs[source];
    const reader = this.readerOf(source)?.resumeAt(offset, () => {});
    if (status && reader) await eachRecordFrom(status.path, status.compression, offset, reader, onPacket);
  }

  /** What each input was written as: its header, byte order, sections. */
  readerOf(source: number): CaptureReader | undefined {
    return this.opened[source]?.reader;
  }

  /** Addresses and their names from all captures; the first to name an address wins. */
  get names(): ReadonlyMap<string, string> {
    const names = new Map<string, string>();
    for (const { reader } of this.opened) {
      for (const [ip, name] of reader.names) if (!names.has(ip)) names.set(ip, name);
    }
    return names;
  }

  /** Those for decryption, as they are met: the list only grows. */
  get secrets(): readonly DecryptionSecrets[] {
    for (const [index, { reader }] of this.opened.entries()) {
      const { secrets } = reader;
      let known = this.knownSecrets[index] ?? 0;
      while (known < secrets.length) this.metSecrets.push(secrets[known++]);
      this.knownSecrets[index] = known;
    }
    return this.metSecrets;
  }

  /** More may come: a key log is given with packets that are still to be captured. */
  get secretsGrow(): boolean {
    if (!this.opened.some((input) => input.mayGrow)) return false;
    return this.options.follow !== undefined || this.opened.some((input) => input.isStream);
  }

  /** Looks for some that stand behind the packets they are for: `secrets` has them then. */
  lookAhead(): void {
    for (const input of this.opened) {
      for (const found of input.lookAhead()) this.metSecrets.push(found);
    }
  }

  /** Comments with the index of the input that carries them. */
  get comments(): readonly (CaptureComment & { readonly source: number })[] {
    return this.opened.flatMap(({ reader }, source) =>
      reader.comments.map((comment) => ({ ...comment, source })),
    );
  }

  /** What the capturing programs counted, with the index of the input. */
  get statistics(): readonly (InterfaceStatistics & { readonly source: number })[] {
    return this.opened.flatMap(({ reader }, source) =>
      reader.statistics.map((item) => ({ ...item, source })),
    );
  }

  private async eachOfOne(
    input: CaptureInput,
    onPacket: (packet: Packet) => void,
    after: () => Promise<void>,
  ): Promise<void> {
    const { blocks, follow, hold } = this.options;
    if (!(await input.open(LARGEST_BLOCK, blocks, follow))) return;
    const { reader, packet, status } = input;
    for (let more = true; more; ) {
      more = await input.refill();
      await hold?.();
      let packets = this.packets;
      while (reader.next(packet)) {
        packet.frame = ++packets;
        onPacket(packet);
      }
      this.packets = packets;
      status.packets = packets;
      await after();
    }
  }

  private async eachMerged(
    inputs: readonly CaptureInput[],
    onPacket: (packet: Packet) => void,
    after: () => Promise<void>,
  ): Promise<void> {
    const heap = new MergeHeap<CaptureInput>();
    const blockSize = Math.max(SMALLEST_BLOCK, Math.min(LARGEST_BLOCK, Math.floor(BUFFERS / inputs.length)));
    for (const input of inputs) {
      if ((await input.open(blockSize)) && (await advance(input))) heap.add(input);
    }
    for (let input = heap.first; input !== undefined; input = heap.first) {
      input.packet.frame = ++this.packets;
      input.status.packets++;
      this.options.places?.add(input.index);
      onPacket(input.packet);
      if (input.reader.next(input.packet)) {
        heap.firstAdvanced();
        continue;
      }
      const more = await advance(input);
      if (more) heap.firstAdvanced();
      else heap.removeFirst();
      await after();
    }
    await after();
  }

  private newInput(status: InputStatus, index: number): CaptureInput {
    Object.assign(status, newStatus(status.path));
    delete status.error;
    const { onBlock, onDiagnostic } = this.options;
    const blockSink = onBlock && ((block: PcapngBlock) => onBlock(index, block));
    return new CaptureInput(status, index, this.ranks[index], onDiagnostic, blockSink);
  }

  private reportProgress(): void {
    const { onProgress } = this.options;
    if (onProgress === undefined) return;
    let done = 0;
    let total = 0;
    let isKnown = true;
    for (const { bytes, size, error } of this.inputs) {
      done += bytes;
      total += size;
      if (size === 0 && error === undefined) isKnown = false;
    }
    onProgress(done, isKnown ? total : 0, this.packets);
  }
}

/** Brings the next packet of an input to its head; false when there is none any more. The input is closed then. */
async function advance(input: CaptureInput): Promise<boolean> {
  for (let more = true; more; ) {
    more = await input.refill();
    if (input.reader.next(input.packet)) return true;
  }
  await input.close();
  return false;
}

function newStatus(path: string): InputStatus {
  return { path, format: undefined, compression: 'none', bytes: 0, size: 0, packets: 0 };
}

/** Packets of the same time come in the order of their paths, so that the order in which inputs are named does not matter. */
function ranksByPath(paths: readonly string[]): number[] {
  const order = paths.map((_, index) => index).sort((a, b) => compare(paths[a], paths[b]) || a - b);
  const ranks: number[] = [];
  order.forEach((index, rank) => {
    ranks[index] = rank;
  });
  return ranks;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Octets that are read stay in the processor's own cache until they are looked at. */
const LARGEST_BLOCK = 256 * 1024;
const SMALLEST_BLOCK = 64 * 1024;
/** For the blocks of all inputs together. */
const BUFFERS = 32 * 1024 * 1024;
