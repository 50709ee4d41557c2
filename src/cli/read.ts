// Runs the pipeline for a verb: progress and warnings on standard error, output between blocks, exit codes.
import type { Diagnostic } from '../capture/diagnostic.ts';
import { isSecrets } from '../capture/reader.ts';
import { printable } from '../ladder/printable.ts';
import { type PipelineOptions, type PipelineResult, readCaptures } from '../pipeline.ts';
import { CliError, EXIT } from './exit.ts';
import { Interruption } from './interruption.ts';
import type { CommonOptions } from './options.ts';
import type { Output } from './output.ts';
import { readsInParallel } from './parallel.ts';
import { Progress } from './progress.ts';
import { reasonOf } from './reason.ts';
import { boundYoungRoom } from './young-room.ts';

export type Handlers = Omit<PipelineOptions, 'inputs' | 'onBlock' | 'onDiagnostic'> & {
  readonly output: Output;
  readonly onDiagnostic?: (diagnostic: Diagnostic) => void;
  /** A second reading: what is wrong was said in the first. */
  readonly silent?: boolean;
  /** Little is kept of each message: what is young needs no more room than it gets at once. */
  readonly keepsLittle?: boolean;
};

/** Reads the captures as one set. Throws CliError when none of them could be read at all. */
export async function read(
  captures: readonly string[],
  options: CommonOptions,
  { output, onDiagnostic, silent, keepsLittle, ...handlers }: Handlers,
): Promise<PipelineResult> {
  if (captures.indexOf('-') !== captures.lastIndexOf('-'))
    throw new CliError('standard input (-) can be read only once');
  const progress = new Progress();
  const warnings = new Warnings();
  const interruption = captures.includes('-') ? new Interruption() : null;
  const result = await readCaptures({
    ...handlers,
    inputs: captures,
    threaded: readsInParallel(captures, options.parallel),
    onDiagnostic(diagnostic) {
      onDiagnostic?.(diagnostic);
      warnings.add(diagnostic);
    },
    async onBlock(done, total, packets) {
      // On a terminal, lines of the output would run into the line of progress.
      if (output.waiting) progress.end();
      await output.flush();
      progress.update(done, total, packets);
      if (keepsLittle) boundYoungRoom();
    },
    stopped: () => output.closed || interruption?.asked === true,
  });
  interruption?.end();
  progress.end();
  if (silent) return result;
  // Why nothing could be read of an input is said below.
  warnings.print(new Set(result.inputs.map(({ path, error }) => `${path}: ${error}`)));
  for (const { path, error } of result.inputs) {
    if (error !== undefined) process.stderr.write(`sipspect: ${printable(`${path}: ${reasonOf(error)}`)}\n`);
  }
  if (result.inputs.every((input) => input.error !== undefined))
    throw new CliError('no capture could be read', EXIT.usage);
  if (result.inputs.every(({ error, format }) => error !== undefined || isSecrets(format)))
    throw new CliError('secrets are for the captures that they are given with: there are none', EXIT.usage);
  if (options.strict && (warnings.damaged || result.inputs.some((input) => input.error !== undefined))) {
    process.exitCode = EXIT.usage;
  }
  return result;
}

/** Collects what was odd in the input; of each code the first few are printed, and how many more there were. */
class Warnings {
  #byCode = new Map<string, { first: Diagnostic[]; count: number }>();

  add(diagnostic: Diagnostic): void {
    if (diagnostic.severity === 'info') return;
    const seen = this.#byCode.get(diagnostic.code);
    if (seen === undefined) this.#byCode.set(diagnostic.code, { first: [diagnostic], count: 1 });
    else if (seen.count++ < SHOWN_A_CODE) seen.first.push(diagnostic);
  }

  /** A capture file itself was damaged. */
  get damaged(): boolean {
    return [...this.#byCode.keys()].some((code) => /^(pcap|pcapng|capture|gzip|zstd)\//.test(code));
  }

  print(except: ReadonlySet<string>): void {
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
