// --policy → the policy an audit judges by, and what it knew of the SBC in words.
import { CliError } from '../exit.ts';
import { readOctets } from '../policy/policy-file.ts';

export interface AuditPolicy {
  readonly source: { readonly text: string; readonly file: string } | null;
  readonly note: string;
}

/** A file that is no policy ends the program, with everything that is wrong with it at its place. */
export async function auditPolicy(file: string | undefined): Promise<AuditPolicy> {
  if (file === undefined) return { source: null, note: NONE };
  const text = (await readOctets(file)).toString('utf8');
  const [{ parsePolicy }, { formatPolicyError }] = await Promise.all([
    import('../../policy/parse-policy.ts'),
    import('../../policy/policy-error.ts'),
  ]);
  const { policy, errors } = parsePolicy(text, file);
  if (policy === undefined) throw new CliError(errors.map(formatPolicyError).join('\n'));
  const names = policy.adjacencies.map(({ name }) => name).join(', ');
  const known = names === '' ? 'no adjacency' : `adjacencies ${names}`;
  return { source: { text, file }, note: `Policy ${policy.name ?? file}: ${known}.` };
}

const NONE = 'No policy given: what the SBC was to do is told from the traffic alone, where that shows it.';
