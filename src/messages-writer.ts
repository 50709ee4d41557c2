// Messages in, slots of the shared memory out: the reading thread's side. It waits where the other side is too far behind.
import type { MessagePort } from 'node:worker_threads';
import type { InputStatus } from './capture/capture-set.ts';
import type { Diagnostic } from './capture/diagnostic.ts';
import { MARK_WORDS, MessageMarks } from './dialog/marks.ts';
import { SessionKinds } from './dialog/session/session-kinds.ts';
import {
  BLOCK_OCTETS,
  BLOCKS,
  EMPTIED,
  EXTRA_OCTETS,
  type ReadingMemory,
  SLOT_WORDS,
  SLOTS,
  type SlotNote,
} from './messages-memory.ts';
import type { Endpoint } from './network/endpoint.ts';
import type { OutcomeLedger } from './network/outcome.ts';
import { PassageWriter } from './network/passage-row.ts';
import type { Position } from './payloads.ts';
import type { SipMessage } from './sip/message.ts';
import { wordsOf, writeMessage } from './sip/message-row.ts';

/** What the notes tell of the reading as a whole. */
export interface ReadingState {
  position: Position;
  readonly inputs: readonly InputStatus[];
  readonly names: ReadonlyMap<string, string>;
  readonly ledger: OutcomeLedger;
}

export class MessagesWriter {
  private readonly shared: ReadingMemory;
  private readonly port: MessagePort;
  private readonly state: () => ReadingState;
  /** Slots handed over; the one that is being filled has this number. */
  private slot = 0;
  private words: Int32Array;
  private usedWords = 0;
  private usedExtra = 0;
  private messages = 0;
  private diagnostics: Diagnostic[] = [];
  private diagnosed: number[] = [];
  private names = 0;
  /** Blocks given out, and of each place the slot that was being filled when its block was done with. */
  private blocks = 0;
  private readonly doneWith = new Float64Array(BLOCKS).fill(-1);
  private blocksOfSlot = 0;
  /** The block that is being worked on, and where it lies. */
  private block: Buffer = EMPTY;
  private blockAt = 0;
  private readonly marks = new MessageMarks();
  private readonly kinds: SessionKinds;
  /** Endpoints get the next number from this one on; what has a smaller one has it of before they began again. */
  private firstNumber = 0;
  private nextNumber = 0;
  private fresh: Endpoint[] = [];
  private renumbered = false;
  private readonly passages = new PassageWriter();

  constructor(shared: ReadingMemory, port: MessagePort, kindsBefore: number, state: () => ReadingState) {
    this.shared = shared;
    this.port = port;
    this.kinds = new SessionKinds(kindsBefore);
    this.state = state;
    this.words = shared.words[0];
  }

  /** Memory for the next block of the capture file: the one before is done with, but for the messages in it. */
  nextBlock(length: number): Buffer {
    if (this.blocks > 0) this.doneWith[(this.blocks - 1) % BLOCKS] = this.slot;
    const place = this.blocks++ % BLOCKS;
    if (this.doneWith[place] === this.slot) this.handOver(false);
    this.waitUntilEmptied(this.doneWith[place] + 1);
    this.blockAt = this.shared.blockAt(place);
    this.block = this.shared.octets.subarray(this.blockAt, this.blockAt + Math.min(length, BLOCK_OCTETS));
    this.blocksOfSlot++;
    return this.block;
  }

  message(m: SipMessage): void {
    const { start, limit } = m;
    const isInBlock = m.data === this.block;
    const extra = isInBlock ? 0 : limit - start;
    if (extra > EXTRA_OCTETS) {
      this.longMessage(m);
      return;
    }
    if (this.usedWords + wordsOf(m) + MARK_WORDS > SLOT_WORDS || this.usedExtra + extra > EXTRA_OCTETS)
      this.handOver(false);
    let by = this.blockAt;
    if (!isInBlock) {
      const at = this.shared.extraAt(this.slot % SLOTS) + this.usedExtra;
      m.data.copy(this.shared.octets, at, start, limit);
      by = at - start;
      this.usedExtra += extra;
    }
    this.add(m, by);
  }

  diagnostic(diagnostic: Diagnostic): void {
    this.diagnostics.push(diagnostic);
    this.diagnosed.push(this.messages);
  }

  /** A block of input has been worked through. */
  blockDone(): void {
    if (this.blocksOfSlot >= BLOCKS_A_SLOT) this.handOver(false);
  }

  end(): void {
    this.handOver(true);
  }

  private add(m: SipMessage, by: number): void {
    const src = this.numberOf(m.src);
    const dst = this.numberOf(m.dst);
    this.kinds.note(m);
    const passage = m.passage === null ? 0 : this.passages.numberOf(m.passage);
    const marksAt = writeMessage(this.words, this.usedWords, m, by, src, dst, passage);
    this.usedWords = this.marks.read(m).write(this.words, marksAt);
    this.messages++;
  }

  private longMessage(m: SipMessage): void {
    if (this.messages > 0) this.handOver(false);
    this.add(m, -m.start);
    this.handOver(false, new Uint8Array(m.data.subarray(m.start, m.limit)));
  }

  private handOver(last: boolean, long: Uint8Array | null = null): void {
    const { messages, diagnostics, diagnosed } = this;
    const { position, inputs, names, ledger } = this.state();
    const { counts, read, settled } = ledger;
    const note: SlotNote = {
      ...{ messages, endpoints: this.fresh, renumbered: this.renumbered, diagnostics, diagnosed, long },
      passages: this.passages.take(),
      ...{ position, inputs, names: names.size === this.names ? null : names },
      ...{ ledger: { counts, read, settled }, last },
    };
    this.names = names.size;
    this.port.postMessage(note);
    this.shared.filledOne();
    this.slot++;
    this.words = this.shared.words[this.slot % SLOTS];
    this.usedWords = this.usedExtra = this.messages = this.blocksOfSlot = 0;
    this.fresh = [];
    this.diagnostics = [];
    this.diagnosed = [];
    this.renumbered = this.nextNumber - this.firstNumber > MOST_NUMBERS;
    if (this.renumbered) this.firstNumber = this.nextNumber;
    if (!last) this.waitUntilEmptied(this.slot - SLOTS + 1);
  }

  private waitUntilEmptied(slots: number): void {
    const { counters } = this.shared;
    for (let emptied = Atomics.load(counters, EMPTIED); emptied < slots; ) {
      Atomics.wait(counters, EMPTIED, emptied);
      emptied = Atomics.load(counters, EMPTIED);
    }
  }

  private numberOf(endpoint: Endpoint): number {
    const { number = -1 } = endpoint;
    if (number >= this.firstNumber) return number - this.firstNumber;
    endpoint.number = this.nextNumber;
    this.fresh.push(endpoint);
    return this.nextNumber++ - this.firstNumber;
  }
}

const EMPTY = Buffer.alloc(0);
/** Few enough that the other thread soon has something to do, many enough that notes cost nothing. */
const BLOCKS_A_SLOT = 6;
const MOST_NUMBERS = 1 << 18;
