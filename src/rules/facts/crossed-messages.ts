// Two legs of a call across a box → each message that came in, with what went out.
import type { LegPair } from '../../legs/pair.ts';
import { Adjacencies } from '../../policy/adjacency-lookup.ts';
import { EMPTY_POLICY } from '../../policy/default-policy.ts';
import { Bindings } from './bindings.ts';
import { CallFacts } from './call-facts.ts';
import { Crossing } from './crossing.ts';
import type { LegFacts } from './leg-facts.ts';
import type { MessageFacts } from './message-facts.ts';

/** Requests and responses in the order they went out. The calls were kept with their messages. */
export function crossedMessages({ a, b, ...pair }: LegPair): [MessageFacts, MessageFacts][] {
  const policy = EMPTY_POLICY;
  const world = { policy, adjacencies: new Adjacencies(policy), bindings: new Bindings() };
  const near = new CallFacts(a.call, a.call.end);
  const far = a.call === b.call ? near : new CallFacts(b.call, b.call.end);
  const crossing = new Crossing(legOf(near, a.index), legOf(far, b.index), { a, b, ...pair }, world);
  const messages = crossing.requests.flatMap(({ received, sent, responses }) => [
    ...(sent === undefined ? [] : [[received.request!, sent.request!] as [MessageFacts, MessageFacts]]),
    ...responses.flatMap((one) =>
      one.received === undefined ? [] : [[one.received, one.sent] as [MessageFacts, MessageFacts]],
    ),
  ]);
  return messages.sort(([, one], [, other]) => one.frame - other.frame);
}

function legOf({ legs }: CallFacts, index: number): LegFacts {
  return legs[index]!;
}
