// The modes of `sbc NAME`, and of `sbe`, `dbe` and media addresses in it.
import { adjacencyMode } from './cisco-adjacency.ts';
import { policySetMode } from './cisco-cac.ts';
import {
  type Command,
  closedBlock,
  irrelevant,
  MOST,
  type Mode,
  network,
  TOO_MANY,
  type Verdict,
} from './cisco-command.ts';
import { type CiscoSbc, newAdjacency } from './cisco-sbc.ts';

export function topMode(sbc: CiscoSbc): Mode {
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
      if (sbc.media.length >= MOST) return TOO_MANY;
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
      if (sbc.adjacencies.size >= MOST && !sbc.adjacencies.has(name)) return TOO_MANY_ADJACENCIES;
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
          if (sbc.policySets.size >= MOST) return TOO_MANY;
          const set = sbc.policySets.get(id) ?? { id, firstTable: null, tables: new Map() };
          sbc.policySets.set(id, set);
          return { meaning: `CAC policy set ${id}`, enter: policySetMode(set) };
        },
      },
      ...OF_SBE,
    ],
  };
}

/** Its lines are passed over with it. */
const TOO_MANY_ADJACENCIES: Verdict = {
  ...TOO_MANY,
  enter: { what: 'an adjacency', commands: [], closed: 'in an adjacency that is one too many' },
};

const MEDIA: Mode = { what: 'media-address', commands: irrelevant('port-range') };

const OF_MEDIA: readonly Command[] = irrelevant(
  'activate',
  'location-id',
  'media-timeout',
  'overload-time-threshold',
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
