// `sipspect anonymize`: the same packets with pseudonyms for addresses, names, numbers and contents, into a new capture to share.
import { type Anonymized, anonymizeCaptures } from '../../anonymize/anonymize-captures.ts';
import { CopyRefused } from '../../capture/copy-refused.ts';
import { printable } from '../../ladder/printable.ts';
import { CliError } from '../exit.ts';
import { Interruption } from '../interruption.ts';
import { Progress } from '../output/progress.ts';
import { ReadingWarnings } from '../output/reading-warnings.ts';
import { anonymizedSummary } from './anonymized-summary.ts';
import { pseudonymKey } from './pseudonym-key.ts';
import { writeFile, writeStandardOutput } from './write-file.ts';

export interface AnonymizeVerbOptions {
  readonly write: string;
  readonly key?: string;
  readonly strict?: boolean;
}

export async function anonymize(captures: readonly string[], options: AnonymizeVerbOptions): Promise<void> {
  if (captures.indexOf('-') !== captures.lastIndexOf('-'))
    throw new CliError('standard input (-) can be read only once');
  const key = await pseudonymKey(options.key);
  const path = options.write;
  const format = /\.p?cap$/i.test(path) ? 'pcap' : 'pcapng';
  const warnings = new ReadingWarnings();
  const rewrite = async (write: (octets: Buffer) => Promise<void>): Promise<Anonymized> => {
    const progress = new Progress();
    const interruption = captures.includes('-') ? new Interruption() : null;
    try {
      const done = await anonymizeCaptures({
        ...{ inputs: captures, key, format, write },
        onDiagnostic: (diagnostic) => warnings.add(diagnostic),
        onProgress: (octets, total, packets) => progress.update(octets, total, packets),
        stopped: () => interruption?.asked === true,
      });
      progress.end();
      warnings.tell(done.inputs, options.strict === true);
      return done;
    } catch (error) {
      if (error instanceof CopyRefused) throw new CliError(error.message);
      throw error;
    } finally {
      interruption?.end();
      progress.end();
    }
  };
  const done = path === '-' ? await rewrite(writeStandardOutput) : await writeFile(path, rewrite);
  process.stderr.write(`sipspect: wrote ${anonymizedSummary(done)} to ${printable(path)}\n`);
}
