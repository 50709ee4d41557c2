// The thread of messages-threaded.ts: reads captures, and hands their messages over a block of input at a time. It never runs
// further ahead than a few blocks: it waits for the memory of an earlier one to come back.
import { parentPort, workerData } from 'node:worker_threads';
import type { Diagnostic } from './capture/diagnostic.ts';
import type { BlockNote } from './messages-threaded.ts';
import { OutcomeLedger } from './network/outcome.ts';
import type { Payload } from './network/payload.ts';
import { type Position, payloads } from './payloads.ts';
import { SipMessage } from './sip/message.ts';
import { type BatchNote, EndpointNumbers, MessageBatch } from './sip/message-batch.ts';

const BLOCKS_AHEAD = 3;
const OCTETS = 1 << 20;
const MEMORY = new MessageBatch(OCTETS).memory.byteLength;

const ledger = new OutcomeLedger();
const numbers = new EndpointNumbers();
const message = new SipMessage();
const free: MessageBatch[] = [];
let filled: BatchNote[] = [];
let diagnostics: Diagnostic[] = [];
let batch: MessageBatch | null = null;
let position: Position = { done: 0, total: 0, packets: 0 };
/** Blocks handed over whose memory has not come back. */
let ahead = 0;
let wake: (() => void) | null = null;

parentPort!.on('message', (memories: readonly SharedArrayBuffer[]) => {
  ahead--;
  for (const memory of memories) {
    if (memory.byteLength === MEMORY && free.length < BLOCKS_AHEAD * 2)
      free.push(new MessageBatch(OCTETS, memory));
  }
  wake?.();
});

const source = payloads({
  inputs: workerData as readonly string[],
  ledger,
  onDiagnostic: (diagnostic) => diagnostics.push(diagnostic),
  onPayload,
  async onBlock(now) {
    position = now;
    post(false);
    while (ahead >= BLOCKS_AHEAD) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  },
});
await source.each();
source.end();
post(true);

function onPayload(payload: Payload): boolean {
  if (!message.read(payload)) return false;
  batch ??= free.pop() ?? new MessageBatch(OCTETS);
  if (batch.add(message, numbers)) return true;
  fill();
  const length = message.limit - message.start;
  batch = length > OCTETS ? new MessageBatch(length) : (free.pop() ?? new MessageBatch(OCTETS));
  batch.add(message, numbers);
  return true;
}

function fill(): void {
  if (batch !== null) filled.push(batch.note(numbers));
  batch = null;
}

function post(last: boolean): void {
  fill();
  const note: BlockNote = {
    ...{ position, batches: filled, diagnostics, last },
    inputs: source.inputs,
    names: source.names,
    ledger: { counts: ledger.counts, read: ledger.read, settled: ledger.settled },
  };
  parentPort!.postMessage(note);
  ahead++;
  filled = [];
  diagnostics = [];
}
