// The memory that the reading thread (messages-thread.ts) and the one that makes calls (messages-threaded.ts) share:
//
//   counters | blocks of the capture file, read right into it | slots: octets from elsewhere, and words for messages
//
// A slot is filled by the reading thread and emptied by the other, in turn; two counters say how many were. A message
// lies where it was read; only what was put together (TCP segments, fragments) is copied, behind the blocks.
import type { InputStatus } from './capture/capture-set.ts';
import type { Diagnostic } from './capture/diagnostic.ts';
import type { Endpoint } from './network/endpoint.ts';
import type { PassageValues } from './network/passage-row.ts';
import type { Position } from './payloads.ts';

/** What the reading thread is started with. */
export interface ReadingOrder {
  readonly inputs: readonly string[];
  readonly memory: SharedArrayBuffer;
  /** Kinds of session descriptions are numbered above it. */
  readonly kindsBefore: number;
  /** A SlotNote goes here for each slot before it is counted as filled. */
  readonly port: import('node:worker_threads').MessagePort;
}

/** What goes with the words of a slot. */
export interface SlotNote {
  readonly messages: number;
  /** Endpoints that the slot is the first to use; they get the next numbers. */
  readonly endpoints: readonly Endpoint[];
  /** Ways that messages of the slot came by, where not by themselves; their numbers are those of this slot alone. */
  readonly passages: PassageValues;
  /** The numbers of endpoints begin again at 0 with this slot. */
  readonly renumbered: boolean;
  readonly diagnostics: readonly Diagnostic[];
  /** Each diagnostic comes before the message of this number within the slot. */
  readonly diagnosed: readonly number[];
  /** The octets of the slot's only message, which is too long for it. */
  readonly long: Uint8Array | null;
  readonly position: Position;
  readonly inputs: readonly InputStatus[];
  /** Null where there are no more than before. */
  readonly names: ReadonlyMap<string, string> | null;
  readonly ledger: { readonly counts: Float64Array; readonly read: number; readonly settled: number };
  /** Nothing follows. */
  readonly last: boolean;
}

export class ReadingMemory {
  readonly memory: SharedArrayBuffer;
  /** How many slots were filled, and how many emptied, at FILLED and EMPTIED. */
  readonly counters: Int32Array;
  /** All of it: offsets of messages count from its beginning. */
  readonly octets: Buffer;
  readonly words: readonly Int32Array[];

  constructor(memory: SharedArrayBuffer = new SharedArrayBuffer(SLOTS_AT + SLOTS * SLOT_OCTETS)) {
    this.memory = memory;
    this.counters = new Int32Array(memory, 0, 2);
    this.octets = Buffer.from(memory);
    this.words = Array.from(
      { length: SLOTS },
      (_, slot) => new Int32Array(memory, SLOTS_AT + slot * SLOT_OCTETS + EXTRA_OCTETS, SLOT_WORDS),
    );
  }

  blockAt(block: number): number {
    return BLOCKS_AT + block * BLOCK_OCTETS;
  }

  extraAt(slot: number): number {
    return SLOTS_AT + slot * SLOT_OCTETS;
  }

  /** One more slot is filled: whoever waits for it wakes up. */
  filledOne(): void {
    Atomics.add(this.counters, FILLED, 1);
    Atomics.notify(this.counters, FILLED);
  }

  /** One more slot is empty. The reading thread, should it wait, wakes up only once there is room for several. */
  emptiedOne(): void {
    const emptied = Atomics.add(this.counters, EMPTIED, 1) + 1;
    if (Atomics.load(this.counters, FILLED) - emptied <= SLOTS >> 1) Atomics.notify(this.counters, EMPTIED);
  }
}

export const FILLED = 0;
export const EMPTIED = 1;
export const BLOCKS = 16;
export const BLOCK_OCTETS = 256 << 10;
export const SLOTS = 4;
export const EXTRA_OCTETS = 256 << 10;
/** A message of as many headers as are looked at takes a sixth of it. */
export const SLOT_WORDS = 160 << 10;
const SLOT_OCTETS = EXTRA_OCTETS + SLOT_WORDS * 4;
const BLOCKS_AT = 64;
const SLOTS_AT = BLOCKS_AT + BLOCKS * BLOCK_OCTETS;
