// What the box calls itself in Record-Route, as recorded → the policy, where that does not say: the user part there is the box's own
// choice, as a tag is. A value that is another in every call is left to the comparison.
import type { Adjacency, Policy } from '../policy/policy.ts';
import type { Recording } from './recording.ts';
import { isInitial } from './transaction-key.ts';

export function withLearntRecordRoutes(recording: Recording): Policy {
  const { policy } = recording;
  if (policy.adjacencies.every(({ recordRouteUri }) => recordRouteUri !== null)) return policy;
  const seen = valuesByAdjacency(recording);
  return {
    ...policy,
    adjacencies: policy.adjacencies.map((one) => {
      const [uri, second] = [...(seen.get(one) ?? [])];
      return one.recordRouteUri !== null || uri === undefined || second !== undefined
        ? one
        : { ...one, recordRouteUri: uri };
    }),
  };
}

function valuesByAdjacency({ messages, adjacencies }: Recording): Map<Adjacency, Set<string>> {
  const seen = new Map<Adjacency, Set<string>>();
  for (const { way, message, cause } of messages) {
    if (way !== 'out' || cause === null || !isInitial(message) || message.recordRoutes.length === 0) continue;
    const came = new Set(cause.message.recordRoutes.map(({ text }) => text));
    for (const { text, uri } of message.recordRoutes) {
      if (came.has(text)) continue;
      const owner = adjacencies.all.find((one) => adjacencies.ownedBy(uri.host, one));
      if (owner === undefined) continue;
      const values = seen.get(owner) ?? new Set();
      if (values.size < 2) values.add(uri.text);
      seen.set(owner, values);
    }
  }
  return seen;
}
