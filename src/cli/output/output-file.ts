// The output of a verb: standard output, or with --output a file that appears whole or not at all.
import { extname } from 'node:path';
import { Writable } from 'node:stream';
import { CliError } from '../exit.ts';
import { writeFile } from '../write/write-file.ts';
import { Output } from './output.ts';

/** `path` undefined or `-`: standard output. */
export async function withOutput(
  path: string | undefined,
  run: (output: Output) => Promise<void>,
): Promise<void> {
  if (path === undefined || path === '-') return run(new Output());
  await writeFile(path, async (write) => {
    const sink = new Writable({ write: (octets, _, done) => write(octets).then(() => done(), done) });
    const output = new Output(sink as NodeJS.WriteStream);
    await run(output);
    await output.flush();
    await new Promise<void>((resolve) => {
      sink.end(resolve);
    });
  });
}

export interface FormatChoice<Format> {
  readonly format?: Format;
  readonly output?: string;
  readonly json?: boolean;
}

/** PNG is nothing for a terminal. */
export function refusePngOn(stream: { isTTY?: boolean }, { output }: FormatChoice<string>): void {
  if ((output === undefined || output === '-') && stream.isTTY)
    throw new CliError('png is octets: send it to a file with -o, or to a pipe');
}

/** What --format names; else --json; else what the end of the file's name tells; else `text`. */
export function formatOf<Format extends string>(
  { format, output, json }: FormatChoice<Format>,
  byEnd: Readonly<Record<string, Format>>,
): Format | 'text' | 'json' {
  if (format !== undefined) return format;
  if (json) return 'json';
  if (output === undefined || output === '-') return 'text';
  const told = byEnd[extname(output).toLowerCase()];
  if (told === undefined)
    throw new CliError(`--output ${output}: its end names no format: give --format as well`);
  return told;
}
