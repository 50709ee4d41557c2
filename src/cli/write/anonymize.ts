// `sipspect anonymize`: the same packets with pseudonyms for addresses, names, numbers and contents, into a new capture to share.
import { anonymizeCaptures } from '../../anonymize/anonymize-captures.ts';
import { printable } from '../../ladder/printable.ts';
import { Interruption } from '../interruption.ts';
import { readsInputOnce } from '../options.ts';
import { Progress } from '../output/progress.ts';
import { ReadingWarnings } from '../output/reading-warnings.ts';
import { anonymizedSummary } from './anonymized-summary.ts';
import { pseudonymKey } from './pseudonym-key.ts';
import { writeCapture } from './write-capture.ts';

export interface AnonymizeVerbOptions {
  readonly write: string;
  readonly key?: string;
  readonly strict?: boolean;
}

export async function anonymize(captures: readonly string[], options: AnonymizeVerbOptions): Promise<void> {
  readsInputOnce(captures);
  const key = await pseudonymKey(options.key);
  const done = await writeCapture(options.write, async (format, write) => {
    const warnings = new ReadingWarnings();
    const progress = new Progress();
    const interruption = captures.includes('-') ? new Interruption() : null;
    const written = await anonymizeCaptures({
      ...{ inputs: captures, key, format, write },
      onDiagnostic: (diagnostic) => warnings.add(diagnostic),
      onProgress: (octets, total, packets) => progress.update(octets, total, packets),
      stopped: () => interruption?.asked === true,
    }).finally(() => {
      interruption?.end();
      progress.end();
    });
    warnings.tell(written.inputs, options.strict === true);
    return written;
  });
  process.stderr.write(`sipspect: wrote ${anonymizedSummary(done)} to ${printable(options.write)}\n`);
}
