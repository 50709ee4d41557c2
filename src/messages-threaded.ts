// Captures → messages, in a thread of their own: while this one makes calls of a block, that one reads the next and scans
// its messages. They come in the same order, so the result is the same.
import { Worker } from 'node:worker_threads';
import type { InputStatus } from './capture/capture-set.ts';
import type { Diagnostic, DiagnosticSink } from './capture/diagnostic.ts';
import type { Endpoint } from './network/endpoint.ts';
import type { OutcomeLedger } from './network/outcome.ts';
import type { PayloadSource, Position } from './payloads.ts';
import type { SipMessage } from './sip/message.ts';
import { type BatchNote, MessageBatch } from './sip/message-batch.ts';

/** What the thread says after each block of input, and at the end. */
export interface BlockNote {
  readonly position: Position;
  readonly batches: readonly BatchNote[];
  readonly diagnostics: readonly Diagnostic[];
  readonly inputs: readonly InputStatus[];
  readonly names: ReadonlyMap<string, string>;
  readonly ledger: { readonly counts: Float64Array; readonly read: number; readonly settled: number };
  readonly last: boolean;
}

export interface ThreadedOptions {
  readonly inputs: readonly string[];
  readonly ledger: OutcomeLedger;
  readonly onDiagnostic: DiagnosticSink;
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
  private readonly endpoints: Endpoint[] = [];

  constructor(options: ThreadedOptions) {
    this.options = options;
  }

  async each(): Promise<void> {
    const file = import.meta.url.endsWith('.ts') ? './messages-thread.ts' : './messages-thread.js';
    const worker = new Worker(new URL(file, import.meta.url), { workerData: this.options.inputs });
    const notes = new NoteQueue(worker);
    try {
      for (;;) {
        const note = await notes.next();
        this.take(note);
        if (!note.last) worker.postMessage(note.batches.map(({ memory }) => memory));
        await this.options.onBlock(note.position);
        if (note.last) return;
      }
    } finally {
      await worker.terminate();
    }
  }

  /** The thread gave up what it held before its last note. */
  end(): void {}

  private take(note: BlockNote): void {
    const { ledger, onDiagnostic, onMessage } = this.options;
    for (const batch of note.batches) {
      if (batch.renumbered) this.endpoints.length = 0;
      for (const endpoint of batch.endpoints) this.endpoints.push(endpoint);
      new MessageBatch(batch.octets, batch.memory).each(batch, this.endpoints, onMessage);
    }
    for (const diagnostic of note.diagnostics) onDiagnostic(diagnostic);
    this.inputs = note.inputs;
    this.names = note.names;
    ledger.counts.set(note.ledger.counts);
    ledger.read = note.ledger.read;
    ledger.settled = note.ledger.settled;
  }
}

/** Notes as they come, asked for one by one; a thread that fails makes the next question fail. */
class NoteQueue {
  private readonly waiting: BlockNote[] = [];
  private failure: Error | null = null;
  private wake: (() => void) | null = null;

  constructor(worker: Worker) {
    worker.on('message', (note: BlockNote) => {
      this.waiting.push(note);
      this.wake?.();
    });
    worker.on('error', (error) => {
      this.failure = error instanceof Error ? error : new Error(String(error));
      this.wake?.();
    });
  }

  async next(): Promise<BlockNote> {
    while (this.waiting.length === 0) {
      if (this.failure !== null) throw this.failure;
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    }
    return this.waiting.shift()!;
  }
}
