// A policy → the addresses to listen on. One address may belong to several adjacencies; names and WebSocket are none to
// listen on, and are said.
import { isIP } from 'node:net';
import type { Policy, TransportName } from '../policy/policy.ts';

export type SocketKind = 'udp' | 'tcp' | 'tls';

export interface ListenerPlan {
  readonly transport: SocketKind;
  readonly ip: string;
  readonly port: number;
  /** Names of its adjacencies, as the policy orders them. */
  readonly adjacencies: readonly string[];
}

export interface ListenerPlans {
  readonly plans: readonly ListenerPlan[];
  /** What is not listened on, in words. */
  readonly left: readonly string[];
}

export function listenerPlans(policy: Policy): ListenerPlans {
  const plans = new Map<string, ListenerPlan & { adjacencies: string[] }>();
  const left: string[] = [];
  for (const { name, local } of policy.adjacencies) {
    let listens = false;
    for (const { host, port, transport } of local) {
      if (transport === 'ws' || transport === 'wss') {
        left.push(`${name}: SIP over WebSocket is not listened for (${host}:${port})`);
        continue;
      }
      // A name is one by which others know the SBC.
      if (isIP(host) === 0) continue;
      listens = true;
      for (const kind of kindsOf(transport)) {
        const key = planKey(kind, host, port);
        const plan = plans.get(key);
        if (plan === undefined) plans.set(key, { transport: kind, ip: host, port, adjacencies: [name] });
        else if (!plan.adjacencies.includes(name)) plan.adjacencies.push(name);
      }
    }
    if (!listens) left.push(`${name}: no IP address to listen on`);
  }
  return { plans: [...plans.values()], left };
}

export function planKey(transport: TransportName, ip: string, port: number): string {
  return `${transport} ${ip} ${port}`;
}

/** RFC 3261 §18.2.1: for any address on which it listens on UDP it must do so on TCP; TLS is there when it is named. */
function kindsOf(transport: TransportName | null): readonly SocketKind[] {
  if (transport === null) return ['udp', 'tcp'];
  return transport === 'udp' || transport === 'tcp' || transport === 'tls' ? [transport] : [];
}
