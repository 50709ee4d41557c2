// Captures → messages, in a thread of their own: while this one makes calls of what was read, that one reads on and scans.
// They come in the same order, so the result is the same.
import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads';
import type { InputStatus } from './capture/capture-set.ts';
import type { DiagnosticSink } from './capture/diagnostic.ts';
import { otherEvents } from './capture/source-turn.ts';
import { callIdMark, MARK_WORDS, type MessageMarks } from './dialog/marks.ts';
import { reserveKinds } from './dialog/session/session-kinds.ts';
import { FILLED, ReadingMemory, type ReadingOrder, SLOTS, type SlotNote } from './messages-memory.ts';
import type { Endpoint } from './network/endpoint.ts';
import type { OutcomeLedger } from './network/outcome.ts';
import { readPassages } from './network/passage-row.ts';
import type { PayloadSource, Position } from './payloads.ts';
import { SipMessage } from './sip/message.ts';
import { endOfMessage, readMessage } from './sip/message-row.ts';

export interface ThreadedOptions {
  readonly inputs: readonly string[];
  readonly ledger: OutcomeLedger;
  readonly onDiagnostic: DiagnosticSink;
  /** The marks of each message are put here. */
  readonly marks: MessageMarks;
  /** The callId marks of the next messages. */
  readonly onAhead: (callIds: Int32Array, count: number) => void;
  /** A view, valid during the call. */
  readonly onMessage: (message: SipMessage) => void;
  readonly onBlock: (position: Position) => void | Promise<void>;
}

export function threadedMessages(options: ThreadedOptions): PayloadSource {
  return new ThreadedMessages(options);
}

class ThreadedMessages implements PayloadSource {
  inputs: readonly InputStatus[] = [];
  names: ReadonlyMap<string, string> = new Map();
  private readonly options: ThreadedOptions;
  private readonly shared = new ReadingMemory();
  private readonly message = new SipMessage();
  private readonly endpoints: Endpoint[] = [];
  private readonly ahead = new Int32Array(AHEAD);
  private failure: Error | null = null;

  constructor(options: ThreadedOptions) {
    this.options = options;
  }

  async each(): Promise<void> {
    const { port1, port2 } = new MessageChannel();
    const worker = this.start(port2);
    try {
      for (let slot = 0; ; slot++) {
        await this.filled(slot);
        const note = receiveMessageOnPort(port1)!.message as SlotNote;
        this.take(note, this.shared.words[slot % SLOTS]);
        this.shared.emptiedOne();
        await this.options.onBlock(note.position);
        if (note.last) return;
      }
    } finally {
      port1.close();
      await worker.terminate();
    }
  }

  /** The thread gave up what it held before its last note. */
  end(): void {}

  private start(port: MessagePort): Worker {
    const file = import.meta.url.endsWith('.ts') ? './messages-thread.ts' : './messages-thread.js';
    const { inputs } = this.options;
    const order: ReadingOrder = { inputs, memory: this.shared.memory, kindsBefore: reserveKinds(), port };
    const worker = new Worker(new URL(file, import.meta.url), {
      ...{ workerData: order, transferList: [port] },
      // It keeps nothing for long: more room for what is young would only be room.
      resourceLimits: { maxYoungGenerationSizeMb: 4 },
    });
    worker.on('error', (error) => {
      this.failure = error instanceof Error ? error : new Error(String(error));
    });
    worker.on('exit', () => {
      this.failure ??= new Error('the reading thread has ended');
    });
    return worker;
  }

  /** Resolves once slot number `slot` is filled; rejects when the thread has failed. Other events get their turn. */
  private async filled(slot: number): Promise<void> {
    const { counters } = this.shared;
    await otherEvents();
    while (Atomics.load(counters, FILLED) <= slot) {
      if (this.failure !== null) throw this.failure;
      Atomics.wait(counters, FILLED, slot, LONGEST_WAIT);
      await otherEvents();
    }
  }

  private take(note: SlotNote, words: Int32Array): void {
    const { message, endpoints } = this;
    const { ledger, marks, onDiagnostic, onMessage } = this.options;
    const { diagnostics, diagnosed } = note;
    const passages = readPassages(note.passages);
    if (note.renumbered) endpoints.length = 0;
    // Made anew: what was copied from the other thread takes more room.
    for (const { ip, port, text, version } of note.endpoints) endpoints.push({ ip, port, text, version });
    message.data = note.long === null ? this.shared.octets : Buffer.from(note.long.buffer);
    let said = 0;
    for (let at = 0, index = 0; index < note.messages; index++) {
      if (index % AHEAD === 0) this.lookAhead(words, at, Math.min(AHEAD, note.messages - index));
      while (diagnosed[said] === index) onDiagnostic(diagnostics[said++]);
      at = marks.take(words, readMessage(words, at, message, endpoints, passages));
      onMessage(message);
    }
    while (said < diagnostics.length) onDiagnostic(diagnostics[said++]);
    this.inputs = note.inputs;
    this.names = note.names ?? this.names;
    ledger.counts.set(note.ledger.counts);
    ledger.read = note.ledger.read;
    ledger.settled = note.ledger.settled;
  }

  private lookAhead(words: Int32Array, from: number, count: number): void {
    const { ahead } = this;
    for (let i = 0, at = from; i < count; i++) {
      const marksAt = endOfMessage(words, at);
      ahead[i] = callIdMark(words, marksAt);
      at = marksAt + MARK_WORDS;
    }
    this.options.onAhead(ahead, count);
  }
}

/** Messages that are looked ahead to at once. */
const AHEAD = 24;
/** Milliseconds for which this thread may stand still, so that it hears of a signal, or of a thread that failed. */
const LONGEST_WAIT = 20;
