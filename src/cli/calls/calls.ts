// `sipspect calls`: one row, or one JSON object, for each call, registration, subscription, conversation and the rest.
import type { Call } from '../../dialog/call.ts';
import { appendCallRecord } from '../../dialog/record/call-record-writer.ts';
import { openFilter } from '../filter.ts';
import type { CommonOptions } from '../options.ts';
import { Output } from '../output/output.ts';
import { read } from '../read.ts';

export async function calls(captures: readonly string[], options: CommonOptions): Promise<void> {
  const output = new Output();
  const filter = await openFilter(options.filter);
  // What draws the table is loaded only where one is drawn.
  const table = options.json ? null : new (await import('./calls-table.ts')).CallsTable();
  await read(captures, options, {
    output,
    reuseCalls: true,
    keepsLittle: true,
    ...(filter !== null && { onMessage: filter.collect }),
    onCall(call: Call) {
      if (filter !== null && !filter.call(call)) return;
      if (table !== null) return table.add(call);
      const { json } = output;
      appendCallRecord(json, call);
      json.raw('\n');
    },
  });
  await table?.print(output, options.color ?? 'auto');
  await output.flush();
}
