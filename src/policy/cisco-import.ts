// The running configuration of a Cisco SBC (Unified Border Element, SP Edition, on the ASR 1000; SBC of the 7600) → a
// policy, what each line meant, and every line that was not understood.
import { adjacencyMode } from './cisco-adjacency.ts';
import { BlockReader, type NotUnderstoodLine, type UnderstoodLine } from './cisco-block.ts';
import { cacEntries, policySetMode } from './cisco-cac.ts';
import { type Command, closedBlock, irrelevant, type Mode, network, type Verdict } from './cisco-command.ts';
import { configLines } from './cisco-line.ts';
import { type CiscoAdjacency, type CiscoSbc, newAdjacency, newSbc } from './cisco-sbc.ts';
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

function topMode(sbc: CiscoSbc): Mode {
  return {
    what: 'the configuration',
    commands: [
      {
        form: 'sbc',
        opens: true,
        apply: ([name = 'sbc']) => {
          sbc.name ??= name;
          return { meaning: `SBC ${name}`, enter: sbcMode(sbc) };
        },
      },
    ],
  };
}

// Command Reference: sbc, sbe (sbcu_p1); media-address ipv4, media-address pool ipv4 (sbcu_h1); activate (sbcu_a1); dbe and
// vdbe are of the distributed model.
function sbcMode(sbc: CiscoSbc): Mode {
  const media = (form: string, count: number): Command => ({
    form,
    opens: true,
    apply: ([first, last], no) => {
      const ends = [first, last].slice(0, count).map((address) => network(address, undefined));
      const addresses = ends.filter((range) => range !== undefined);
      if (addresses.length < count) return { reason: 'expected IPv4 addresses', enter: MEDIA };
      if (no) return { reason: 'taking a media address away is not supported' };
      // The ends of a pool stand for it; a policy has networks, not spans.
      for (const range of addresses)
        if (!sbc.media.some((one) => one.text === range.text)) sbc.media.push(range);
      return { meaning: `media address ${addresses.map((one) => one.text).join(' to ')}`, enter: MEDIA };
    },
  });
  const mediaCommands = [media('media-address ipv4', 1), media('media-address pool ipv4', 2)];
  const border: Mode = { what: 'dbe', commands: [...mediaCommands, ...OF_MEDIA] };
  const section = (form: string, mode: Mode): Command => ({
    form,
    opens: true,
    apply: () => ({ meaning: form, enter: mode }),
  });
  return {
    what: 'sbc',
    commands: [
      section('sbe', sbeMode(sbc)),
      section('dbe', border),
      section('vdbe', border),
      ...mediaCommands,
      ...OF_MEDIA,
    ],
  };
}

function sbeMode(sbc: CiscoSbc): Mode {
  const adjacency = (kind: 'sip' | 'h323'): Command => ({
    form: `adjacency ${kind}`,
    opens: true,
    apply: ([name], no): Verdict => {
      if (name === undefined) return { reason: 'expected a name' };
      if (no) {
        sbc.adjacencies.delete(name);
        return { meaning: `no adjacency ${name}` };
      }
      const one = sbc.adjacencies.get(name) ?? newAdjacency(name, kind === 'h323');
      sbc.adjacencies.set(name, one);
      return { meaning: `adjacency ${name}`, enter: adjacencyMode(one, sbc.registrars) };
    },
  });
  const activate = (form: string): Command => ({
    form,
    opens: true,
    apply: ([id], no) => {
      if (id === undefined && !no) return { reason: 'expected a number' };
      sbc.activeSet = no ? null : id!;
      return { meaning: no ? 'no CAC policy set is active' : `CAC policy set ${id} is active` };
    },
  });
  return {
    what: 'sbe',
    commands: [
      adjacency('sip'),
      adjacency('h323'),
      // Command Reference, both in editions of sbcu_a1.
      activate('active-cac-policy-set'),
      activate('cac-policy-set global'),
      {
        form: 'cac-policy-set',
        opens: true,
        apply: ([id, ...more], no) => {
          if (id === undefined || !/^\d+$/.test(id)) return { reason: 'expected a number' };
          if (more.length > 0) return { reason: 'copying and swapping policy sets is not supported' };
          if (no) {
            sbc.policySets.delete(id);
            return { meaning: `no CAC policy set ${id}` };
          }
          const set = sbc.policySets.get(id) ?? { id, firstTable: null, tables: new Map() };
          sbc.policySets.set(id, set);
          return { meaning: `CAC policy set ${id}`, enter: policySetMode(set) };
        },
      },
      ...OF_SBE,
    ],
  };
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

const MEDIA: Mode = { what: 'media-address', commands: irrelevant('port-range') };

const OF_MEDIA: readonly Command[] = irrelevant(
  'activate',
  'location-id',
  'media-timeout',
  'unexpected-source-alerting',
  'overload-time-threshold',
  'deactivation-mode',
  'deact-mode',
);

const ROUTING = 'routing is not imported';

const OF_SBE: readonly Command[] = [
  ...irrelevant(
    'activate',
    'adjacency timeout',
    'deact-mode',
    'redirect-limit',
    'hold-media-timeout',
    'control address aaa',
    'location-id',
    'secure-media',
    'description',
  ),
  ...irrelevant('call-policy-set default', 'active-call-policy-set').map((one) => ({ ...one, opens: true })),
  ...closedBlock('call-policy-set', ROUTING, 'call-policy-set'),
  ...closedBlock(
    'profiles',
    'header manipulation is not in a policy',
    'sip',
    'header-editor',
    'sdp-policy-table',
  ),
  ...closedBlock('sdp', 'SDP manipulation is not in a policy', 'sdp-match-table', 'sdp-attribute-table'),
  ...closedBlock('blacklist', 'blacklists are not imported', 'blacklist'),
  ...closedBlock('billing', 'billing and RADIUS are not imported', 'billing', 'radius', 'ldr-check'),
  ...closedBlock('codec', 'codecs are not imported', 'codec', 'stream-list'),
  ...closedBlock('qos', 'QoS is not imported', 'qos', 'resource-priority-set'),
  ...closedBlock('h323', 'H.323 settings are not imported', 'h323', 'ras', 'h225'),
  ...closedBlock('subscriber', 'delegated registrations are not imported', 'subscriber', 'delegate-profile'),
  ...closedBlock('enum', 'ENUM is not imported', 'enum'),
];

const MOST_PAIRS = 10_000;
