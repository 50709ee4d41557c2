// The calls as a table, in the order of their numbers.
import type { Call } from '../../dialog/call.ts';
import { type ColourChoice, colourWanted } from '../output/colour.ts';
import type { Output } from '../output/output.ts';
import { renderTable, tableWidth } from '../output/table.ts';
import { CALLS_COLUMNS, callRow } from './call-row.ts';

export class CallsTable {
  readonly #rows: { readonly id: number; readonly cells: string[] }[] = [];

  get size(): number {
    return this.#rows.length;
  }

  add(call: Call): void {
    this.#rows.push({ id: call.id, cells: callRow(call) });
  }

  async print(output: Output, color: ColourChoice): Promise<void> {
    const rows = this.#rows.sort((a, b) => a.id - b.id).map((row) => row.cells);
    const colour = colourWanted(color, process.stdout);
    await renderTable(output, CALLS_COLUMNS, rows, { colour, width: tableWidth(process.stdout) });
  }
}
