// Captures in, slots of shared memory with their messages out: all that the reading thread does.
import { ReadingMemory, type ReadingOrder } from './messages-memory.ts';
import { MessagesWriter } from './messages-writer.ts';
import { OutcomeLedger } from './network/outcome.ts';
import { type Position, payloads } from './payloads.ts';
import { SipMessage } from './sip/message.ts';

export async function readMessages({ inputs, memory, kindsBefore, port }: ReadingOrder): Promise<void> {
  const ledger = new OutcomeLedger();
  const message = new SipMessage();
  let position: Position = { done: 0, total: 0, packets: 0 };
  const writer = new MessagesWriter(new ReadingMemory(memory), port, kindsBefore, () => {
    return { position, inputs: source.inputs, names: source.names, ledger };
  });
  const source = payloads({
    ...{ inputs, ledger },
    blocks: (length) => writer.nextBlock(length),
    onDiagnostic: (diagnostic) => writer.diagnostic(diagnostic),
    onPayload(payload) {
      if (!message.read(payload)) return false;
      writer.message(message);
      return true;
    },
    onBlock(now) {
      position = now;
      writer.blockDone();
    },
  });
  await source.each();
  source.end();
  writer.end();
}
