// `sipspect policy infer`: what an SBC is, told from its traffic, as a policy to correct.
import { CaptureLearner } from '../../audit/infer/capture-learner.ts';
import { writePolicy } from '../../policy/write-policy.ts';
import { CliError, EXIT } from '../exit.ts';
import type { CommonOptions } from '../options.ts';
import { Output } from '../output/output.ts';
import { warn } from '../output/warn.ts';
import { read } from '../read.ts';
import { writeFile } from '../write/write-file.ts';

export interface InferOptions extends CommonOptions {
  readonly output?: string;
  readonly header?: readonly string[];
}

export async function inferPolicy(captures: readonly string[], options: InferOptions): Promise<void> {
  const output = new Output();
  const learner = new CaptureLearner({ legHeaders: options.header ?? [], onCapped: warn });
  await read(captures, options, {
    output,
    keepMessages: true,
    onMessage: (message) => learner.onMessage(message),
    onCall: (call) => learner.onCall(call),
  });
  const { policy, evidence } = learner.end();
  if (policy.adjacencies.length === 0)
    throw new CliError(
      'no box with two sides was seen: name both captures of it, or see `sipspect legs`',
      EXIT.done,
    );
  const head = [
    'Learnt by sipspect from traffic. Correct it: what is not said here could not be told.',
    '',
    ...evidence,
  ];
  const written = writePolicy(policy, { head });
  if (options.output === undefined || options.output === '-') output.write(written);
  else await writeFile(options.output, (write) => write(Buffer.from(written)));
  await output.flush();
}
