// Where requests that begin something went in the recording → the routes of a policy that has none, so that the core knows where
// to send them. A side that is not seen is reached at some address there.
import type { Adjacency, NextHop, Policy, Route } from '../policy/policy.ts';
import type { RecordedMessage } from './recorded-message.ts';
import type { Recording } from './recording.ts';
import { somewhereOn } from './somewhere.ts';
import { isInitial } from './transaction-key.ts';
import { mostFrequent } from './usual-hops.ts';

/** The policy as it is where it has routes. */
export function withLearntRoutes(recording: Recording): Policy {
  const { policy } = recording;
  if (policy.routes.length > 0) return policy;
  return { ...policy, routes: policy.adjacencies.flatMap((inbound) => routesFrom(inbound, recording)) };
}

function routesFrom(inbound: Adjacency, recording: Recording): Route[] {
  const { messages, policy } = recording;
  const isUnseen = unseenSide(recording) === inbound;
  const seen = messages.filter(({ way, message, cause }) => {
    if (way !== 'out' || !isInitial(message)) return false;
    return cause === null ? isUnseen : cause.adjacency.name === inbound.name;
  });
  const usual = mostFrequent(seen.map(wayOf));
  if (usual === undefined) {
    const [only, ...more] = policy.adjacencies.filter((one) => one !== inbound);
    if (only === undefined || more.length > 0 || only.nextHops.length > 0) return [];
    return [routeOf(inbound, null, only.name, { host: somewhereOn(only), port: null, transport: null })];
  }
  const exceptions = new Map<string, Route>();
  for (const one of seen) {
    const target = (one.cause ?? one).message.uri.address;
    if (wayOf(one) === usual || target === '' || exceptions.size >= MOST) continue;
    exceptions.set(target, routeOf(inbound, target, one.adjacency.name, hopOf(one)));
  }
  const first = seen.find((one) => wayOf(one) === usual)!;
  return [...exceptions.values(), routeOf(inbound, null, first.adjacency.name, hopOf(first))];
}

/** The one adjacency that the capture does not show: what came of nothing that it shows came in there (far-side.ts). */
function unseenSide({ messages, policy }: Recording): Adjacency | undefined {
  const captured = new Set(messages.map(({ adjacency }) => adjacency.name));
  const [only, ...more] = policy.adjacencies.filter(({ name }) => !captured.has(name));
  return more.length === 0 ? only : undefined;
}

function wayOf({ adjacency, flow }: RecordedMessage): string {
  return `${adjacency.name} ${flow.transport} ${flow.remote.text}`;
}

function hopOf({ flow }: RecordedMessage): NextHop {
  return { host: flow.remote.ip, port: flow.remote.port, transport: flow.transport };
}

function routeOf(inbound: Adjacency, requestUri: string | null, adjacency: string, hop: NextHop): Route {
  const name = `learnt: ${inbound.name} to ${requestUri ?? adjacency}`;
  return {
    name,
    match: { inboundAdjacency: inbound.name, requestUri, to: null },
    adjacency,
    nextHops: [hop],
  };
}

/** Exceptions from the usual way, for each adjacency. */
const MOST = 1000;
