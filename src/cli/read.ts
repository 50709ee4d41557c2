// Runs the pipeline for a verb: progress and warnings on standard error, output between blocks, exit codes.
import type { Diagnostic } from '../capture/diagnostic.ts';
import { type PipelineOptions, type PipelineResult, readCaptures } from '../pipeline.ts';
import { Interruption } from './interruption.ts';
import { type CommonOptions, readsInputOnce } from './options.ts';
import type { Output } from './output/output.ts';
import { Progress } from './output/progress.ts';
import { ReadingWarnings } from './output/reading-warnings.ts';
import { readsInParallel } from './parallel.ts';
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
  readsInputOnce(captures);
  const progress = new Progress();
  const warnings = new ReadingWarnings();
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
  warnings.tell(result.inputs, options.strict === true);
  return result;
}
