// A capture that is written where the user says: in the format that the name ends in, whole or not at all.
import { CopyRefused } from '../../capture/copy-refused.ts';
import { CliError } from '../exit.ts';
import { writeFile, writeStandardOutput } from './write-file.ts';

/** Writes the octets of a capture in this format; a piece may be used again when it is written. */
export type FillCapture<Result> = (
  format: 'pcap' | 'pcapng',
  write: (octets: Buffer) => Promise<void>,
) => Promise<Result>;

/** `-` is standard output. Gives what `fill` gives. What the format cannot hold is an error that the user can mend. */
export async function writeCapture<Result>(path: string, fill: FillCapture<Result>): Promise<Result> {
  const format = /\.p?cap$/i.test(path) ? 'pcap' : 'pcapng';
  try {
    if (path === '-') return await fill(format, writeStandardOutput);
    return await writeFile(path, (write) => fill(format, write));
  } catch (error) {
    if (error instanceof CopyRefused) throw new CliError(error.message);
    throw error;
  }
}
