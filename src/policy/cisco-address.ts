// Commands of an adjacency that say where it is: its addresses, its peers, its next hops.
//
// Template: `signaling-address ipv4 A`, `signaling-port P`, `signaling-peer H`, `signaling-peer-port P`,
// `redundant peer N`. Command Reference: `remote-address ipv4` (sbcu_p1; Template: `A M`), `local-id host` and
// `mandatory-transport` (sbcu_h1), `preferred-transport` (sbcu_p1; Template: `udp`, `tcp`), `account` (sbcu_a1).
import { parseRange } from './address-range.ts';
import {
  type Command,
  irrelevant,
  MOST,
  type Mode,
  network,
  portNumber,
  TOO_MANY,
  type Verdict,
} from './cisco-command.ts';
import type { CiscoAdjacency, CiscoPeer } from './cisco-sbc.ts';
import type { TransportName } from './policy.ts';

export function addressCommands(adjacency: CiscoAdjacency): Command[] {
  return [
    {
      form: 'signaling-address ipv4',
      apply: ([address], no) => {
        const range = network(address, undefined);
        if (range === undefined) return { reason: 'expected an IPv4 address' };
        remove(adjacency.addresses, range.text);
        if (adjacency.addresses.length >= MOST) return TOO_MANY;
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
        if (adjacency.remote.length >= MOST) return TOO_MANY;
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
        if (adjacency.redundant.length >= MOST) return TOO_MANY;
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
        if (adjacency.names.length >= MOST) return TOO_MANY;
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
          if (adjacency.remote.length >= MOST) return TOO_MANY;
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
