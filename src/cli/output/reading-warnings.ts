// What was odd about the captures that were read, and those that could not be: on standard error, and in the exit code.
import type { InputStatus } from '../../capture/capture-set.ts';
import type { Diagnostic } from '../../capture/diagnostic.ts';
import { isSecrets } from '../../capture/reader.ts';
import { printable } from '../../ladder/printable.ts';
import { CliError, EXIT } from '../exit.ts';
import { reasonOf } from '../reason.ts';

/** Collects what was odd in the input; of each code the first few are printed, and how many more there were. */
export class ReadingWarnings {
  #byCode = new Map<string, { first: Diagnostic[]; count: number }>();

  add(diagnostic: Diagnostic): void {
    if (diagnostic.severity === 'info') return;
    const seen = this.#byCode.get(diagnostic.code);
    if (seen === undefined) this.#byCode.set(diagnostic.code, { first: [diagnostic], count: 1 });
    else if (seen.count++ < SHOWN_A_CODE) seen.first.push(diagnostic);
  }

  /** At the end of the reading. Throws CliError when nothing at all could be read. */
  tell(inputs: readonly InputStatus[], strict: boolean): void {
    // Why nothing could be read of an input is said below.
    this.print(new Set(inputs.map(({ path, error }) => `${path}: ${error}`)));
    for (const { path, error } of inputs) {
      if (error !== undefined)
        process.stderr.write(`sipspect: ${printable(`${path}: ${reasonOf(error)}`)}\n`);
    }
    if (inputs.every((input) => input.error !== undefined))
      throw new CliError('no capture could be read', EXIT.usage);
    if (inputs.every(({ error, format }) => error !== undefined || isSecrets(format)))
      throw new CliError('secrets are for the captures that they are given with: there are none', EXIT.usage);
    if (strict && (this.damaged || inputs.some((input) => input.error !== undefined)))
      process.exitCode = EXIT.usage;
  }

  /** A capture file itself was damaged. */
  private get damaged(): boolean {
    return [...this.#byCode.keys()].some((code) => /^(pcap|pcapng|capture|gzip|zstd)\//.test(code));
  }

  private print(except: ReadonlySet<string>): void {
    for (const [code, { first, count }] of this.#byCode) {
      for (const { severity, message, frames } of first) {
        if (except.has(message)) continue;
        const where =
          frames !== undefined && frames.length > 0 ? ` (packet ${frames.slice(0, 5).join(', ')})` : '';
        process.stderr.write(`sipspect: ${severity}: ${printable(message)}${where} [${code}]\n`);
      }
      if (count > first.length)
        process.stderr.write(`sipspect: … and ${count - first.length} more [${code}]\n`);
    }
  }
}

const SHOWN_A_CODE = 3;
