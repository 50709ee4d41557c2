// A report in one format, to a file or to standard output.
import { Writable } from 'node:stream';
import { loadFormat } from '../../audit/format/format.ts';
import type { Exhibit } from '../../audit/html/exhibit.ts';
import type { Report } from '../../audit/report.ts';
import type { Severity } from '../../capture/diagnostic.ts';
import type { RuleMeta } from '../../rules/rule.ts';
import type { CommonOptions } from '../options.ts';
import { colourWanted } from '../output/colour.ts';
import { Output } from '../output/output.ts';
import { tableWidth } from '../output/table.ts';
import { writeFile } from '../write/write-file.ts';
import type { AuditOutput } from './audit-output.ts';
import { printAudit } from './audit-table.ts';

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
  return path === null ? writePieces(pieces, output) : intoFile(path, (file) => writePieces(pieces, file));
}

/** Most are a finding: they go out block by block. */
async function writePieces(pieces: Iterable<string>, output: Output): Promise<void> {
  for (const piece of pieces) {
    output.write(piece);
    if (output.hasBlocks) await output.flush();
  }
  await output.flush();
}

function printTable({ report, options, output }: Written): Promise<void> {
  const colour = colourWanted(options.color ?? 'auto', process.stdout);
  return printAudit(output, report, { colour, width: tableWidth(process.stdout) });
}

function writeTable(path: string, report: Report): Promise<void> {
  return intoFile(path, (file) => printAudit(file, report, { colour: false, width: tableWidth({}) }));
}

/** Written as standard output is. */
function intoFile(path: string, fill: (file: Output) => Promise<void>): Promise<void> {
  return writeFile(path, async (write) => {
    const sink = new Writable({ write: (octets, _, done) => write(octets).then(() => done(), done) });
    const file = new Output(sink as NodeJS.WriteStream, path);
    await fill(file);
    await file.flush();
    await new Promise<void>((resolve, reject) => {
      sink.end((error?: Error | null) => (error ? reject(error) : resolve()));
    });
  });
}
