// `sipspect policy infer`: what an SBC is, told from its traffic, as a policy to correct.
import { PolicyLearner } from '../audit/infer/policy-learner.ts';
import type { Call } from '../dialog/call.ts';
import { letGoOfEvents } from '../legs/leg.ts';
import { LegPairing } from '../legs/pairing.ts';
import { Adjacencies } from '../policy/adjacency-lookup.ts';
import { EMPTY_POLICY } from '../policy/default-policy.ts';
import { writePolicy } from '../policy/write-policy.ts';
import { Bindings } from '../rules/facts/bindings.ts';
import { Crossing } from '../rules/facts/crossing.ts';
import { FactsShelf } from '../rules/facts/facts-shelf.ts';
import { CliError, EXIT } from './exit.ts';
import type { CommonOptions } from './options.ts';
import { Output } from './output.ts';
import { read } from './read.ts';
import { warn } from './warn.ts';
import { writeFile } from './write-file.ts';

export interface InferOptions extends CommonOptions {
  readonly output?: string;
  readonly header?: readonly string[];
}

export async function inferPolicy(captures: readonly string[], options: InferOptions): Promise<void> {
  const output = new Output();
  const learner = new PolicyLearner();
  const world = {
    policy: EMPTY_POLICY,
    adjacencies: new Adjacencies(EMPTY_POLICY),
    bindings: new Bindings(warn),
  };
  const facts = new FactsShelf();
  const legOf = (call: Call, index: number) => facts.of(call, call.end).legs[index]!;
  const pairing = new LegPairing({
    legHeaders: options.header ?? [],
    onCapped: warn,
    onPair: (pair) => {
      const { a, b } = pair;
      learner.learn(new Crossing(legOf(a.call, a.index), legOf(b.call, b.index), pair, world));
    },
  });
  await read(captures, options, {
    output,
    keepMessages: true,
    onMessage(message) {
      world.bindings.learn(message);
      pairing.clock(message.seconds);
    },
    onCall(call) {
      pairing.call(call);
      letGoOfEvents(call);
    },
  });
  pairing.end();
  const { policy, evidence } = learner.result();
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
