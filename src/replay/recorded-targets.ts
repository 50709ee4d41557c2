// A question of the core's resolver → where the box went for the same cause; where it went nowhere, the hop itself (RFC 3263 §4
// for one that is an address), or for a name where
// the box usually went, else any address of that side, so that the prediction goes on.
import { defaultPort } from '../policy/host-address.ts';
import type { Adjacency, NextHop } from '../policy/policy.ts';
import type { Target } from '../sbc/event.ts';
import { isIPv4, isIPv6 } from '../sip/uri/ip-address.ts';
import type { RecordedMessage } from './recorded-message.ts';
import { somewhereOn } from './somewhere.ts';

export function recordedTargets(
  cause: RecordedMessage | null,
  hop: NextHop,
  adjacency: Adjacency | undefined,
  usual: Target | undefined,
): readonly Target[] {
  const root = cause === null ? null : (cause.request?.cause ?? cause);
  const sent = (root?.effects ?? []).filter(
    (one) => one.message.isRequest && one.adjacency.name === adjacency?.name,
  );
  const targets = new Map<string, Target>();
  for (const { flow } of sent) {
    const { ip, port, text } = flow.remote;
    targets.set(text, { transport: flow.transport, ip, port });
  }
  if (targets.size > 0) return [...targets.values()];
  const isAddress = isIPv4(hop.host) || isIPv6(hop.host);
  if (!isAddress && usual !== undefined) return [usual];
  const transport = hop.transport ?? 'udp';
  const port = hop.port ?? defaultPort(transport);
  const ip = isAddress ? hop.host : somewhereOn(adjacency);
  return [{ transport, ip, port }];
}
