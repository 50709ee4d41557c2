// `ladder --findings`: what an audit of the captures finds, by the calls and packets it is of. It takes a reading of its own.
import type { Severity } from '../../capture/diagnostic.ts';
import type { Flow } from '../../ladder/flow.ts';
import { withFindings } from '../../ladder/with-findings.ts';
import { CliError } from '../exit.ts';
import type { CommonOptions } from '../options.ts';
import { Output } from '../output/output.ts';
import { read } from '../read.ts';

export interface FindingsChoice {
  readonly findings?: boolean;
  readonly policy?: string;
  readonly minSeverity: Severity;
}

/** What puts findings at the messages of the flow of these calls; null where they are not asked for. */
export async function ladderFindings(
  captures: readonly string[],
  options: CommonOptions & FindingsChoice,
): Promise<((flow: Flow, calls: readonly { readonly id: number }[]) => Flow) | null> {
  if (options.findings !== true && options.policy === undefined) return null;
  if (captures.includes('-'))
    throw new CliError('--findings reads the captures twice, which standard input cannot be: name a file');
  const [{ SetAudit }, { asFound }, { CATALOGUE }, { EMPTY_POLICY }, { readPolicy }] = await Promise.all([
    import('../../audit/set-audit.ts'),
    import('../../audit/found-list.ts'),
    import('../../rules/catalogue.ts'),
    import('../../policy/default-policy.ts'),
    import('../policy/policy-file.ts'),
  ]);
  const policy = options.policy === undefined ? EMPTY_POLICY : await readPolicy(options.policy);
  const audit = new SetAudit({
    ...{ set: 1, captures, rules: CATALOGUE, policy, minSeverity: options.minSeverity },
    baseline: new Set<string>(),
    today: new Date().toISOString().slice(0, 10),
  });
  const { handlers } = audit;
  // What is wrong with the captures is said when they are read for the ladders.
  const result = await read(captures, {}, { ...handlers, output: new Output(), silent: true });
  const findings = [...asFound(audit.end(result).findings)];
  return (flow, calls) => {
    const ids = new Set(calls.map(({ id }) => id));
    const frames = new Set(flow.messages.map(({ frame }) => frame));
    return withFindings(
      flow,
      findings.filter(
        ({ call, frames: [frame = 0] }) => (call !== null && ids.has(call.id)) || frames.has(frame),
      ),
    );
  };
}
