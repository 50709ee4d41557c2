// Connections of a capture → the numbers by which the core knows them; 0 over UDP.
import type { Endpoint } from '../network/endpoint.ts';
import type { TransportName } from '../policy/policy.ts';
import { isReliable } from '../sbc/flow.ts';

export function connectionNumbers(): (transport: TransportName, local: Endpoint, remote: Endpoint) => number {
  const numbers = new Map<string, number>();
  return (transport, local, remote) => {
    if (!isReliable(transport)) return 0;
    const key = `${transport} ${local.text} ${remote.text}`;
    const number = numbers.get(key) ?? numbers.size + 1;
    numbers.set(key, number);
    return number;
  };
}
