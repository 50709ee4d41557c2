// Where requests that begin something went in the recording → the routes of a policy that has none, so that the core knows where
// to send them. A side that is not seen is reached at some address there.
import type { Adjacency, NextHop, Policy, Route } from '../policy/policy.ts';
import type { RecordedMessage } from './recorded-message.ts';
import type { Recording } from './recording.ts';
import { somewhereOn } from './somewhere.ts';
import { isInitial } from './transaction-key.ts';

/** The policy as it is where it has routes. */
export function withLearntRoutes(recording: Recording): Policy {
  const { policy } = recording;
  if (policy.routes.length > 0) return policy;
  return { ...policy, routes: policy.adjacencies.flatMap((inbound) => routesFrom(inbound, recording)) };
}

function routesFrom(inbound: Adjacency, { messages, policy }: Recording): Route[] {
  const seen = messages.flatMap((one) => {
    if (one.way !== 'out' || !isInitial(one.message) || one.cause?.adjacency.name !== inbound.name) return [];
    return [{ target: one.cause.message.uri.address, adjacency: one.adjacency.name, hop: hopOf(one) }];
  });
  const usual = mostFrequent(seen.map(({ adjacency }) => adjacency));
  const others = policy.adjacencies.filter((one) => one !== inbound);
  if (usual === undefined) {
    const [only] = others;
    if (others.length !== 1 || only === undefined || only.nextHops.length > 0) return [];
    const hop = { host: somewhereOn(only), port: null, transport: null };
    return [routeOf(inbound, null, only.name, [hop])];
  }
  const exceptions = new Map<string, Route>();
  for (const { target, adjacency, hop } of seen) {
    if (adjacency === usual || target === '' || exceptions.size >= MOST) continue;
    exceptions.set(target, routeOf(inbound, target, adjacency, [hop]));
  }
  const hops = seen.filter(({ adjacency }) => adjacency === usual).map(({ hop }) => JSON.stringify(hop));
  const hop = JSON.parse(mostFrequent(hops)!) as NextHop;
  return [...exceptions.values(), routeOf(inbound, null, usual, [hop])];
}

function hopOf({ flow }: RecordedMessage): NextHop {
  return { host: flow.remote.ip, port: flow.remote.port, transport: flow.transport };
}

function routeOf(
  inbound: Adjacency,
  requestUri: string | null,
  adjacency: string,
  nextHops: NextHop[],
): Route {
  const name = `learnt: ${inbound.name} to ${requestUri ?? adjacency}`;
  return { name, match: { inboundAdjacency: inbound.name, requestUri, to: null }, adjacency, nextHops };
}

function mostFrequent(values: readonly string[]): string | undefined {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort(([, one], [, other]) => other - one)[0]?.[0];
}

/** Exceptions from the usual way, for each adjacency. */
const MOST = 1000;
