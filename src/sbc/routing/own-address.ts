// An adjacency → the SBC's own address on it: the socket to send from, sent-by of Via, Contact and Record-Route URI.
import type { Endpoint } from '../../network/endpoint.ts';
import type { Adjacency, LocalAddress, TransportName } from '../../policy/policy.ts';
import { hostKind } from '../../sip/uri/host.ts';
import { isIPv6 } from '../../sip/uri/ip-address.ts';
import { parseUri } from '../../sip/uri/uri.ts';
import type { Target } from '../event.ts';
import type { Flow } from '../flow.ts';

/** The flow to a place from the first local address of the adjacency that fits its transport and IP version. */
export function flowTo(adjacency: Adjacency, target: Target): Flow | undefined {
  const version = isIPv6(target.ip) ? 6 : 4;
  const local = adjacency.local.find(
    (address) =>
      versionOf(address) === version &&
      (address.transport === null || address.transport === target.transport),
  );
  if (local === undefined) return undefined;
  return {
    transport: target.transport,
    local: endpoint(local.host, local.port),
    remote: endpoint(target.ip, target.port),
    connection: 0,
  };
}

/** Whether the adjacency has a local address for the transport. */
export function speaks(adjacency: Adjacency, transport: TransportName): boolean {
  return adjacency.local.some(
    (address) => versionOf(address) !== 0 && (address.transport === null || address.transport === transport),
  );
}

/** RFC 3261 §18.1.1, with rport (RFC 3581 §3): the response comes back whatever lies between. */
export function viaValue({ transport, local }: Flow, branch: string): string {
  return `SIP/2.0/${transport.toUpperCase()} ${local.text};rport;branch=${branch}`;
}

export function contactUri({ transport, local }: Flow, user: string): string {
  const parameter = transport === 'udp' ? '' : `;transport=${transport}`;
  return `sip:${user === '' ? '' : `${user}@`}${local.text}${parameter}`;
}

/** Value of Record-Route (RFC 3261 §16.6 step 4): as configured, or the adjacency's name at its address. */
export function recordRoute(adjacency: Adjacency, { transport, local }: Flow): string {
  const configured = adjacency.recordRouteUri;
  if (configured !== null) {
    const uri = configured.replace(/^<|>$/g, '');
    // Without it everyone takes the SBC for a strict router (§16.6 step 4: MUST).
    return parseUri(uri).params.has('lr') ? `<${uri}>` : `<${uri};lr>`;
  }
  const parameter = transport === 'udp' ? '' : `;transport=${transport}`;
  return `<sip:${adjacency.name.replace(NOT_USER, '-')}@${local.text}${parameter};lr>`;
}

export function endpoint(ip: string, port: number): Endpoint {
  const version = ip.includes(':') ? 6 : 4;
  return { ip, port, text: version === 6 ? `[${ip}]:${port}` : `${ip}:${port}`, version };
}

function versionOf({ host }: LocalAddress): 0 | 4 | 6 {
  return isIPv6(host) ? 6 : hostKind(host) === 'ipv4' ? 4 : 0;
}

const NOT_USER = /[^\w\-.!~*'()]/g;
