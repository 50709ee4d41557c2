// `sipspect CAPTURE` where no terminal is at hand for the viewer: what the captures hold, in a few lines, and the calls.
import type { Call } from '../dialog/call.ts';
import { printable } from '../ladder/printable.ts';
import { OUTCOMES } from '../network/outcome.ts';
import { CALLS_COLUMNS, callRow } from './call-row.ts';
import { colourWanted } from './colour.ts';
import type { CommonOptions } from './options.ts';
import { Output } from './output.ts';
import { read } from './read.ts';
import { renderTable, tableWidth } from './table.ts';
import { Tally } from './tally.ts';

export async function summary(captures: readonly string[], options: CommonOptions): Promise<void> {
  const output = new Output();
  const rows: { id: number; cells: string[] }[] = [];
  const kinds = new Tally();
  let messages = 0;
  const result = await read(captures, options, {
    output,
    onMessage: () => messages++,
    onCall(call: Call) {
      kinds.add(call.kind);
      if (call.id <= SHOWN) rows.push({ id: call.id, cells: callRow(call) });
    },
  });
  for (const { path, format, packets } of result.inputs) {
    output.line(
      `${printable(path)}: ${format === undefined || format === 'unknown' ? 'no capture' : format}, ${packets} packets`,
    );
  }
  const outcomes = OUTCOMES.map((name, index) => [name, result.ledger.counts[index]!] as const).filter(
    ([, count]) => count > 0,
  );
  output.line(`packets: ${outcomes.map(([name, count]) => `${count} ${name}`).join(', ')}`);
  const total = kinds.entries().reduce((sum, [, count]) => sum + count, 0);
  output.line(`SIP: ${messages} messages`);
  const list = kinds.entries().map(([kind, count]) => `${count} ${kind}`);
  if (list.length > 0) output.line(`kinds: ${list.join(', ')}`);
  rows.sort((a, b) => a.id - b.id);
  if (rows.length > 0) {
    output.line('');
    const colour = colourWanted(options.color ?? 'auto', process.stdout);
    const width = tableWidth(process.stdout);
    await renderTable(
      output,
      CALLS_COLUMNS,
      rows.map((row) => row.cells),
      { colour, width },
    );
    if (total > rows.length) output.line(`… and ${total - rows.length} more: sipspect calls`);
  }
  await output.flush();
}

const SHOWN = 50;
