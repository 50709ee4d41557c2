// A report in one format, to a file or to standard output.
import { Writable } from 'node:stream';
import { loadFormat } from '../audit/format/format.ts';
import type { Exhibit } from '../audit/html/exhibit.ts';
import type { Report } from '../audit/report.ts';
import type { Severity } from '../capture/diagnostic.ts';
import type { RuleMeta } from '../rules/rule.ts';
import type { AuditOutput } from './audit-output.ts';
import { printAudit } from './audit-table.ts';
import { colourWanted } from './colour.ts';
import type { CommonOptions } from './options.ts';
import { Output } from './output.ts';
import { tableWidth } from './table.ts';
import { writeFile } from './write-file.ts';

export interface Written {
  readonly report: Report;
  /** Those that ran. */
  readonly rules: readonly RuleMeta[];
  readonly exhibits: ReadonlyMap<number, Exhibit>;
  readonly options: CommonOptions & { readonly failOn: Severity | 'never' };
  readonly output: Output;
}

export async function writeReport({ format, path }: AuditOutput, written: Written): Promise<void> {
  const { report, rules, exhibits, options, output } = written;
  if (format === 'table') return path === null ? printTable(written) : writeTable(path, report);
  // Findings went out as they were found.
  if (format === 'ndjson' && path === null) return;
  const pieces = (await loadFormat(format))(report, { rules, failOn: options.failOn, exhibits });
  if (path === null) {
    for (const piece of gathered(pieces)) {
      output.write(piece);
      await output.flush();
    }
    return;
  }
  await writeFile(path, async (write) => {
    let room = Buffer.allocUnsafeSlow(4 * ENOUGH);
    for (const piece of gathered(pieces)) {
      // Buffers of their own would all wait for the garbage to be collected.
      if (3 * piece.length > room.length) room = Buffer.allocUnsafeSlow(3 * piece.length);
      await write(room.subarray(0, room.write(piece)));
    }
  });
}

/** As many of them together as make a write worth its while: most are a finding. */
function* gathered(pieces: Iterable<string>): Generator<string> {
  let text = '';
  for (const piece of pieces) {
    text += piece;
    if (text.length < ENOUGH) continue;
    yield text;
    text = '';
  }
  if (text !== '') yield text;
}

function printTable({ report, options, output }: Written): Promise<void> {
  const colour = colourWanted(options.color ?? 'auto', process.stdout);
  return printAudit(output, report, { colour, width: tableWidth(process.stdout) });
}

function writeTable(path: string, report: Report): Promise<void> {
  return writeFile(path, async (write) => {
    const sink = new Writable({ write: (octets, _, done) => write(octets).then(() => done(), done) });
    const file = new Output(sink as NodeJS.WriteStream);
    await printAudit(file, report, { colour: false, width: tableWidth({}) });
    await file.flush();
    await new Promise<void>((resolve) => {
      sink.end(resolve);
    });
  });
}

/** Characters. */
const ENOUGH = 1 << 16;
