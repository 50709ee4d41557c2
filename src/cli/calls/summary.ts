// `sipspect CAPTURE` where no terminal is at hand for the viewer: what the captures hold, in a few lines, and the calls.
import type { Call } from '../../dialog/call.ts';
import { printable } from '../../ladder/printable.ts';
import type { CommonOptions } from '../options.ts';
import { Output } from '../output/output.ts';
import { read } from '../read.ts';
import { Tally } from '../stats/tally.ts';
import { CallsTable } from './calls-table.ts';

export async function summary(captures: readonly string[], options: CommonOptions): Promise<void> {
  const output = new Output();
  const table = new CallsTable();
  const kinds = new Tally();
  let messages = 0;
  const result = await read(captures, options, {
    output,
    onMessage: () => messages++,
    onCall(call: Call) {
      kinds.add(call.kind);
      if (call.id <= SHOWN) table.add(call);
    },
  });
  for (const { path, format, packets } of result.inputs) {
    output.line(
      `${printable(path)}: ${format === undefined || format === 'unknown' ? 'no capture' : format}, ${packets} packets`,
    );
  }
  const outcomes = result.ledger.occurred();
  output.line(`packets: ${outcomes.map(([name, count]) => `${count} ${name}`).join(', ')}`);
  const total = kinds.entries().reduce((sum, [, count]) => sum + count, 0);
  output.line(`SIP: ${messages} messages`);
  const list = kinds.entries().map(([kind, count]) => `${count} ${kind}`);
  if (list.length > 0) output.line(`kinds: ${list.join(', ')}`);
  if (table.size > 0) {
    output.line('');
    await table.print(output, options.color ?? 'auto');
    if (total > table.size) output.line(`… and ${total - table.size} more: sipspect calls`);
  }
  await output.flush();
}

const SHOWN = 50;
