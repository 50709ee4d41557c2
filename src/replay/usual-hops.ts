// The messages of a recording → where requests that begin something usually go on each adjacency.
import type { Target } from '../sbc/event.ts';
import type { RecordedMessage } from './recorded-message.ts';
import { isInitial } from './transaction-key.ts';

/** By the name of the adjacency. */
export function usualHops(messages: readonly RecordedMessage[]): Map<string, Target> {
  const seen = new Map<string, string[]>();
  for (const { way, message, adjacency, flow } of messages) {
    if (way !== 'out' || !isInitial(message)) continue;
    const { ip, port } = flow.remote;
    const list = seen.get(adjacency.name) ?? [];
    list.push(JSON.stringify({ transport: flow.transport, ip, port } satisfies Target));
    seen.set(adjacency.name, list);
  }
  return new Map([...seen].map(([name, list]) => [name, JSON.parse(mostFrequent(list)!) as Target]));
}

export function mostFrequent(values: readonly string[]): string | undefined {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort(([, one], [, other]) => other - one)[0]?.[0];
}
