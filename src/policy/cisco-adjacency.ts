// The modes below `adjacency sip NAME` and `adjacency h323 NAME`.
//
// Where the commands are from. Command Reference: "Cisco Unified Border Element (SP Edition) Command Reference: Unified
// Model", by the file of the edition that lists them (sbcu_a1: account … cost, sbcu_h1: h225 … overload-time-threshold,
// sbcu_p1: packetcable-em … service). Template: public repositories that print such configurations, with the arguments as
// they are used; they are the source for what begins with s (signaling-…), whose chapter could not be read.
import { type AddressRange, parseRange } from './address-range.ts';
import {
  beyond,
  type Command,
  irrelevant,
  type Mode,
  network,
  portNumber,
  type Verdict,
} from './cisco-command.ts';
import type { CiscoAdjacency, CiscoPeer } from './cisco-sbc.ts';
import type { TransportName } from './policy.ts';

export function adjacencyMode(adjacency: CiscoAdjacency, registrars: AddressRange[]): Mode {
  const what = `adjacency ${adjacency.h323 ? 'h323' : 'sip'} ${adjacency.name}`;
  return {
    what,
    commands: [
      ...addressCommands(adjacency),
      ...behaviourCommands(adjacency),
      ...registrationCommands(adjacency, registrars),
      ...OTHERS,
    ],
  };
}

// Template: `signaling-address ipv4 A`, `signaling-port P`, `signaling-peer H`, `signaling-peer-port P`,
// `redundant peer N`. Command Reference: `remote-address ipv4` (sbcu_p1; Template: `A M`), `local-id host` and
// `mandatory-transport` (sbcu_h1), `preferred-transport` (sbcu_p1; Template: `udp`, `tcp`), `account` (sbcu_a1).
function addressCommands(adjacency: CiscoAdjacency): Command[] {
  return [
    {
      form: 'signaling-address ipv4',
      apply: ([address], no) => {
        const range = network(address, undefined);
        if (range === undefined) return { reason: 'expected an IPv4 address' };
        remove(adjacency.addresses, range.text);
        if (no) return { meaning: 'no local address' };
        adjacency.addresses.push(range.text);
        return { meaning: `local address ${range.text}` };
      },
    },
    {
      form: 'signaling-port',
      apply: ([text, last], no) => {
        const port = portNumber(text);
        if (last !== undefined) return { reason: 'a range of ports: a policy has one port for each address' };
        if (port === undefined && !no) return { reason: 'expected a port' };
        adjacency.port = no ? null : port!;
        return { meaning: no ? 'the usual port' : `local port ${port}` };
      },
    },
    {
      form: 'remote-address ipv4',
      apply: ([address, mask], no) => {
        const range = network(address, mask);
        if (range === undefined) return { reason: 'expected an IPv4 address and a mask without gaps' };
        const at = adjacency.remote.findIndex((one) => one.text === range.text);
        if (at >= 0) adjacency.remote.splice(at, 1);
        if (!no) adjacency.remote.push(range);
        return { meaning: `${no ? 'no ' : ''}peers in ${range.text}` };
      },
    },
    { form: 'signaling-peer', apply: ([host], no) => setHost(adjacency.peer, host, no) },
    { form: 'signaling-peer-port', apply: ([port], no) => setPort(adjacency.peer, port, no) },
    {
      form: 'redundant peer',
      opens: true,
      apply: ([number = '?'], no) => {
        if (no) return { reason: 'removing a redundant peer is not supported' };
        const peer: CiscoPeer = { host: null, port: null, priority: Number.MAX_SAFE_INTEGER };
        adjacency.redundant.push(peer);
        return { meaning: `another next hop`, enter: redundantMode(adjacency, peer, number) };
      },
    },
    {
      form: 'local-id host',
      apply: ([name], no) => {
        const range = name === undefined ? undefined : parseRange(name);
        if (range === undefined || range.text.includes('/')) return { reason: 'expected a host name' };
        remove(adjacency.names, range.text);
        if (!no) adjacency.names.push(range.text);
        return { meaning: `${no ? 'no ' : ''}local name ${range.text}` };
      },
    },
    {
      form: 'preferred-transport',
      apply: ([name], no) => {
        const transport = transportOf(name);
        if (transport === undefined && !no) return { reason: 'expected udp, tcp or tls' };
        adjacency.preferredTransport = no ? null : transport!;
        return { meaning: no ? 'any transport' : `requests leave by ${transport}` };
      },
    },
    ...['mandatory-transport', 'mandated-transport'].map((form) => ({
      form,
      apply: ([name]: readonly string[], no: boolean): Verdict => {
        const transport = transportOf(name);
        if (transport === undefined && !no) return { reason: 'expected udp, tcp or tls' };
        adjacency.mandatoryTransport = no ? null : transport!;
        return { meaning: no ? 'any transport' : `${transport} only` };
      },
    })),
    {
      form: 'account',
      apply: ([name], no) => {
        if (name === undefined && !no) return { reason: 'expected the name of an account' };
        adjacency.account = no ? null : name!;
        return { meaning: no ? 'no account' : `account ${name}` };
      },
    },
    {
      form: 'group',
      apply: ([name], no) => {
        adjacency.group = no ? null : (name ?? null);
        return { meaning: 'adjacency group, for CAC tables that match groups' };
      },
    },
  ];
}

// The chapter on SIP instant messaging: `passthrough header record-route`. Command Reference: `media-late-to-early-iw`
// (sbcu_h1; Template: `incoming`, `outgoing`; the chapter on late-to-early media: for calls made to and from the
// adjacency), `security` (sbcu_p1; its values as the project's task names them), `inherit profile` (sbcu_h1; Template:
// `preset-peering`). `privacy trusted`: Template of a successor of this SBC.
function behaviourCommands(adjacency: CiscoAdjacency): Command[] {
  return [
    {
      form: 'passthrough header record-route',
      apply: (_, no) => {
        adjacency.passthrough = !no;
        return { meaning: `Record-Route passthrough ${no ? 'off' : 'on'}` };
      },
    },
    {
      form: 'media-late-to-early-iw incoming',
      apply: (_, no) => {
        adjacency.lateEarlyIncoming = !no;
        return { meaning: 'late to early media for calls that come in here' };
      },
    },
    {
      form: 'media-late-to-early-iw outgoing',
      apply: (_, no) => {
        adjacency.lateEarlyOutgoing = !no;
        return { meaning: 'late to early media for calls that leave here' };
      },
    },
    {
      form: 'security',
      apply: ([value = ''], no) => {
        if (!/^(un)?trusted(-(un)?encrypted)?$/.test(value) && !no)
          return {
            reason: 'expected trusted-encrypted, trusted-unencrypted, untrusted-encrypted or untrusted',
          };
        adjacency.securityTrust = no ? null : value.startsWith('trusted');
        return { meaning: no ? 'trust not known' : `${adjacency.securityTrust ? '' : 'not '}trusted` };
      },
    },
    {
      form: 'privacy',
      apply: ([value], no) => {
        if (value !== 'trusted' && value !== 'untrusted')
          return {
            reason: 'expected trusted or untrusted; other privacy of an adjacency is not in a policy',
          };
        adjacency.privacyTrust = no ? null : value === 'trusted';
        return { meaning: `${value}: identities may ${value === 'trusted' ? '' : 'not '}pass` };
      },
    },
    {
      form: 'inherit profile',
      apply: ([profile = ''], no) => {
        if (no) return { meaning: 'no profile' };
        if (/^preset-(peering|core|access)$/.test(profile)) {
          adjacency.access = profile === 'preset-access';
          return { meaning: adjacency.access ? 'subscribers register here' : 'no subscribers register here' };
        }
        return { reason: 'what this profile brings is not known' };
      },
    },
  ];
}

// Command Reference, sbcu_p1: `registration rewrite-register`, `registration target address`, `registration target port`.
// `fast-register` as the project's task names it.
function registrationCommands(adjacency: CiscoAdjacency, registrars: AddressRange[]): Command[] {
  return [
    {
      form: 'registration rewrite-register',
      apply: (_, no) => {
        adjacency.rewriteRegister = !no;
        return { meaning: `Contact of REGISTER is ${no ? 'not ' : ''}rewritten` };
      },
    },
    {
      form: 'registration target address',
      apply: ([host], no) => {
        const range = host === undefined ? undefined : parseRange(host);
        if (no) return { meaning: 'no registrar' };
        if (range === undefined) return { reason: 'expected an address or a name' };
        if (!registrars.some((one) => one.text === range.text)) registrars.push(range);
        return { meaning: `registrar ${range.text}` };
      },
    },
    ...irrelevant(
      'registration target port',
      'registration outgoing timer',
      'registration monitor',
      'reg-min-expiry',
    ),
    {
      form: 'fast-register',
      apply: ([value], no) => {
        if (value !== 'disable' && !no) adjacency.access = true;
        return { meaning: value === 'disable' || no ? 'no fast registration' : 'subscribers register here' };
      },
    },
    ...irrelevant('fast-register-interval'),
    ...beyond('one registration for many endpoints is not in a policy', 'registration aggregate'),
  ];
}

function redundantMode(adjacency: CiscoAdjacency, peer: CiscoPeer, number: string): Mode {
  return {
    what: `redundant peer ${number}`,
    commands: [
      { form: 'address', apply: ([host], no) => setHost(peer, host, no) },
      { form: 'port', apply: ([port], no) => setPort(peer, port, no) },
      {
        form: 'priority',
        apply: ([text = '']) => {
          if (!/^\d{1,3}$/.test(text)) return { reason: 'expected a number' };
          peer.priority = Number(text);
          return { meaning: `tried as number ${text}` };
        },
      },
      {
        form: 'network ipv4',
        apply: ([address, mask]) => {
          const range = network(address, mask);
          if (range === undefined) return { reason: 'expected an IPv4 address and a mask without gaps' };
          if (!adjacency.remote.some((one) => one.text === range.text)) adjacency.remote.push(range);
          return { meaning: `peers in ${range.text}` };
        },
      },
      ...irrelevant('activate', 'deactivate'),
    ],
  };
}

function setHost(peer: CiscoPeer, host: string | undefined, no: boolean): Verdict {
  const range = host === undefined ? undefined : parseRange(host);
  if (!no && (range === undefined || range.text.includes('/')))
    return { reason: 'expected an address or a name' };
  peer.host = no ? null : range!.text;
  return { meaning: no ? 'no next hop' : `next hop ${peer.host}` };
}

function setPort(peer: CiscoPeer, text: string | undefined, no: boolean): Verdict {
  const port = portNumber(text);
  if (port === undefined && !no) return { reason: 'expected a port' };
  peer.port = no ? null : port!;
  return { meaning: no ? 'the usual port' : `port ${port} of the next hop` };
}

function transportOf(name: string | undefined): TransportName | undefined {
  return name === 'udp' || name === 'tcp' || name === 'tls' ? name : undefined;
}

function remove(list: string[], text: string): void {
  const at = list.indexOf(text);
  if (at >= 0) list.splice(at, 1);
}

const PING: Mode = {
  what: 'ping-enable',
  commands: irrelevant('ping-interval', 'ping-lifetime', 'ping-fail-count', 'ping-suppression'),
};

const HEADERS = 'it changes headers in ways that a policy cannot say';

// Command Reference: attach, authentication (sbcu_a1); max-…, nat, outbound-flood-rate, location-id, media-…, hunting-trigger,
// header-profile, method-profile, option-profile, network-id (sbcu_h1); ping-…, redirect-…, remote-port, secure-media,
// server-retry, request-line, pass-body, privacy restrict outbound, h245, ras (sbcu_h1, sbcu_p1); allow private info, alias,
// authentication, tech-prefix (sbcu_a1). Template: description, vrf, realm, nat force-on, statistics, force-signaling-peer,
// local-jitter-ratio, calc-moscqe, sipi.
const OTHERS: readonly Command[] = [
  { form: 'attach', apply: (_, no) => ({ meaning: no ? 'not attached' : 'attached' }) },
  {
    form: 'ping-enable',
    opens: true,
    apply: () => ({ meaning: 'pings the peer with OPTIONS', enter: PING }),
  },
  ...irrelevant(
    'description',
    'vrf',
    'realm',
    'statistics',
    'statistics-setting',
    'force-signaling-peer',
    'local-jitter-ratio',
    'calc-moscqe',
    'nat',
    'network-id',
    'location-id',
    'media-timeout',
    'media-gateway',
    'media bandwidth-fields',
    'media-bypass',
    'media-bypass-forbid',
    'hunting-trigger',
    'max-connections',
    'max-call-rate',
    'max-bandwidth',
    'max-regs',
    'max-num-calls',
    'outbound-flood-rate',
    'redirect-limit',
    'redirect-mode',
    'remote-port',
    'server-retry disable',
    'secure-media',
    'adjacency timeout',
    'h225',
    'h245-address-pass',
    'h245-tunnel disable',
    'ras',
    'tech-prefix',
    'authentication',
    'authentication-realm',
  ),
  ...beyond(
    HEADERS,
    'passthrough',
    'header-profile',
    'method-profile',
    'option-profile',
    'parameter-profile',
    'request-line request-uri rewrite',
    'pass-body',
    'sipi',
    'header-name',
    'uri',
    '100rel',
  ),
  ...beyond(
    'a policy hides by CAC entries only',
    'allow private info',
    'privacy restrict outbound',
    'privacy inherit-profile',
  ),
];
