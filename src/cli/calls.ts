// `sipspect calls`: one row, or one JSON object, for each call, registration, subscription, conversation and the rest.
import type { Call } from '../dialog/call.ts';
import { appendCallRecord } from '../dialog/call-record-writer.ts';
import { JsonText } from '../dialog/json-text.ts';
import { CALLS_COLUMNS, callRow } from './call-row.ts';
import { colourWanted } from './colour.ts';
import { openFilter } from './filter.ts';
import type { CommonOptions } from './options.ts';
import { Output } from './output.ts';
import { read } from './read.ts';
import { renderTable, tableWidth } from './table.ts';

export async function calls(captures: readonly string[], options: CommonOptions): Promise<void> {
  const output = new Output();
  const filter = openFilter(options.filter);
  const json = new JsonText();
  const rows: { id: number; cells: string[] }[] = [];
  await read(captures, options, {
    output,
    reuseCalls: true,
    ...(filter !== null && { onMessage: filter.collect }),
    onCall(call: Call) {
      if (filter !== null && !filter.call(call)) return;
      if (options.json) {
        json.clear();
        appendCallRecord(json, call);
        output.append(json.raw('\n').octets);
      } else rows.push({ id: call.id, cells: callRow(call) });
    },
  });
  if (!options.json) {
    rows.sort((a, b) => a.id - b.id);
    const colour = colourWanted(options.color ?? 'auto', process.stdout);
    const width = tableWidth(process.stdout);
    await renderTable(
      output,
      CALLS_COLUMNS,
      rows.map((row) => row.cells),
      { colour, width },
    );
  }
  await output.flush();
}
