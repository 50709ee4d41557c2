// The running configuration of a Cisco SBC (Unified Border Element, SP Edition, on the ASR 1000; SBC of the 7600) → a
// policy, what each line meant, and every line that was not understood.
import { BlockReader, type NotUnderstoodLine, type UnderstoodLine } from './cisco-block.ts';
import { cacEntries } from './cisco-cac-entries.ts';
import { configLines } from './cisco-line.ts';
import { type CiscoAdjacency, type CiscoSbc, newSbc } from './cisco-sbc.ts';
import { topMode } from './cisco-section.ts';
import { EMPTY_POLICY } from './default-policy.ts';
import { defaultPort } from './host-address.ts';
import type { Adjacency, CacEntry, LocalAddress, NextHop, Policy } from './policy.ts';

export interface CiscoImport {
  readonly policy: Policy;
  readonly understood: readonly UnderstoodLine[];
  /** In the order of the file; then, with `line` 0, what no single line is to blame for. */
  readonly notUnderstood: readonly NotUnderstoodLine[];
  /** Runs of lines outside of any `sbc` section. */
  readonly outside: readonly { readonly from: number; readonly to: number }[];
}

/** Never throws. Octets are taken as UTF-8. */
export function importCiscoConfig(input: string | Uint8Array): CiscoImport {
  const text = typeof input === 'string' ? input : new TextDecoder().decode(input);
  const sbc = newSbc();
  const { understood, notUnderstood, outside } = new BlockReader(topMode(sbc), configLines(text));
  const { entries, problems } = cacEntries(sbc);
  const adjacencies = [...sbc.adjacencies.values()];
  const policy: Policy = {
    ...EMPTY_POLICY,
    name: sbc.name,
    adjacencies: adjacencies.map(adjacencyOf),
    cac: [...entries, ...rest(sbc, entries)],
    interworking: { lateEarly: lateEarly(adjacencies) },
    registrars: sbc.registrars,
    networks: { ...EMPTY_POLICY.networks, media: sbc.media },
  };
  return { policy, understood, notUnderstood: [...notUnderstood, ...problems], outside };
}

function adjacencyOf(cisco: CiscoAdjacency): Adjacency {
  const transport = cisco.mandatoryTransport;
  // H.323 calls are set up on port 1720.
  const port = cisco.port ?? (cisco.h323 ? 1720 : defaultPort(transport));
  const local: LocalAddress[] = [...cisco.addresses, ...cisco.names].map((host) => ({
    host,
    port,
    transport,
  }));
  const hops = [cisco.peer, ...cisco.redundant].filter(({ host }) => host !== null);
  const nextHops: NextHop[] = hops
    .toSorted((a, b) => a.priority - b.priority)
    .map((hop) => ({ host: hop.host!, port: hop.port, transport: transport ?? cisco.preferredTransport }));
  return {
    name: cisco.name,
    account: cisco.account,
    local,
    peers: cisco.remote,
    nextHops,
    recordRouteUri: null,
    recordRoutePassthrough: cisco.h323 ? null : cisco.passthrough,
    topologyHiding: null,
    registeredSubscribers: cisco.access,
    rewriteRegister: cisco.rewriteRegister ? true : null,
    trusted: cisco.privacyTrust ?? cisco.securityTrust,
    h323: cisco.h323,
    tls: null,
  };
}

/** Cisco IM, "SIP Instant Messaging": the SDP body is forwarded unchanged unless privacy is configured. */
function rest(sbc: CiscoSbc, entries: readonly CacEntry[]): CacEntry[] {
  if (sbc.adjacencies.size === 0) return [];
  let name = 'otherwise';
  while (entries.some((entry) => entry.name === name)) name += ' ';
  const match = {
    adjacency: null,
    inboundAdjacency: null,
    outboundAdjacency: null,
    account: null,
    inboundAccount: null,
    outboundAccount: null,
    caller: null,
    callee: null,
  };
  return [{ name, match, callerPrivacy: 'never', calleePrivacy: null }];
}

/** From every adjacency with `incoming` to all others, and from all to those with `outgoing`; SIP only. */
function lateEarly(adjacencies: readonly CiscoAdjacency[]): [string, string][] {
  const pairs: [string, string][] = [];
  for (const from of adjacencies)
    for (const to of adjacencies)
      if (
        from !== to &&
        !from.h323 &&
        !to.h323 &&
        (from.lateEarlyIncoming || to.lateEarlyOutgoing) &&
        pairs.length < MOST_PAIRS
      )
        pairs.push([from.name, to.name]);
  return pairs;
}

const MOST_PAIRS = 10_000;
