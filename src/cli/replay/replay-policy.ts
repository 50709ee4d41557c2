// --policy, --as, --what-if → the policy that a replay is run with, and the other one it is compared with.
import { PolicyLearner } from '../../audit/infer/policy-learner.ts';
import type { Call } from '../../dialog/call.ts';
import type { LegPair } from '../../legs/pair.ts';
import { Adjacencies } from '../../policy/adjacency-lookup.ts';
import { EMPTY_POLICY } from '../../policy/default-policy.ts';
import type { Policy } from '../../policy/policy.ts';
import { parseAs, withAddresses } from '../../replay/as.ts';
import { type Assignment, parseAssignment, withAssignments } from '../../replay/what-if.ts';
import type { Bindings } from '../../rules/facts/bindings.ts';
import { CallFacts } from '../../rules/facts/call-facts.ts';
import { Crossing } from '../../rules/facts/crossing.ts';
import { CliError } from '../exit.ts';
import { readPolicy } from '../policy/policy-file.ts';

export interface PolicyOptions {
  readonly policy?: string;
  readonly as?: readonly string[];
  readonly whatIf?: readonly string[];
  readonly whatIfPolicy?: string;
}

/** What the options say, the file and the addresses; null where nothing was said. Read before the capture. */
export async function givenPolicy(options: PolicyOptions): Promise<Policy | null> {
  const policy = options.policy === undefined ? null : await readPolicy(options.policy);
  return options.as === undefined ? policy : placed(policy, options.as);
}

/** Null without --what-if and --what-if-policy. */
export async function otherPolicy(
  options: PolicyOptions,
): Promise<((policy: Policy) => Promise<Policy>) | null> {
  const { whatIf, whatIfPolicy, as } = options;
  if (whatIfPolicy !== undefined) {
    if (whatIf !== undefined) throw new CliError('--what-if and --what-if-policy: give one of both');
    const other = await readPolicy(whatIfPolicy);
    const moved = as === undefined ? other : placed(other, as);
    return (policy) => Promise.resolve(moved.routes.length > 0 ? moved : { ...moved, routes: policy.routes });
  }
  if (whatIf === undefined) return null;
  const assignments = whatIf.map((text) => {
    const assignment = parseAssignment(text);
    if (assignment === undefined)
      throw new CliError(`--what-if takes key=value such as privacy=always, not "${text}"`);
    return assignment;
  });
  return (policy) => changed(policy, assignments, whatIf);
}

/** What the traffic shows of the box. */
export function learntPolicy(pairs: readonly LegPair[], bindings: Bindings): Policy {
  const learner = new PolicyLearner();
  const world = { policy: EMPTY_POLICY, adjacencies: new Adjacencies(EMPTY_POLICY), bindings };
  const facts = new Map<Call, CallFacts>();
  const legOf = (call: Call, index: number) => {
    const known = facts.get(call) ?? new CallFacts(call, call.end);
    facts.set(call, known);
    return known.legs[index]!;
  };
  for (const pair of pairs)
    learner.learn(
      new Crossing(legOf(pair.a.call, pair.a.index), legOf(pair.b.call, pair.b.index), pair, world),
    );
  return learner.result().policy;
}

function placed(policy: Policy | null, texts: readonly string[]): Policy {
  const all = texts.map((text) => {
    const as = parseAs(text);
    if (as === undefined)
      throw new CliError(`--as takes adjacency=address[:port] such as inside=192.0.2.1, not "${text}"`);
    return as;
  });
  try {
    return withAddresses(policy, all);
  } catch (error) {
    if (error instanceof RangeError) throw new CliError(`--as: ${error.message}`);
    throw error;
  }
}

async function changed(
  policy: Policy,
  assignments: readonly Assignment[],
  texts: readonly string[],
): Promise<Policy> {
  const [{ writePolicy }, { parsePolicy }, { formatPolicyError }] = await Promise.all([
    import('../../policy/write-policy.ts'),
    import('../../policy/parse-policy.ts'),
    import('../../policy/policy-error.ts'),
  ]);
  let text: string;
  try {
    text = withAssignments(writePolicy(policy, { bare: true }), assignments);
  } catch (error) {
    if (error instanceof RangeError) throw new CliError(`--what-if ${error.message}`);
    throw error;
  }
  const parsed = parsePolicy(text, `the policy with ${texts.join(', ')}`);
  if (parsed.policy === undefined) throw new CliError(parsed.errors.map(formatPolicyError).join('\n'));
  return parsed.policy;
}
