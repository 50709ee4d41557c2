// `192.0.2.1`, `[2001:db8::1]:5062`, `sbc.example.com:5061;transport=tls` ↔ host, port and transport: the hostport of SIP
// URIs (RFC 3261 §25.1) with their transport parameter. An IPv6 address without a port may stand without brackets.

import type { Via } from '../sip/header/via.ts';
import { parseHostPort } from '../sip/uri/host.ts';
import { isIPv6 } from '../sip/uri/ip-address.ts';
import { normalHost } from './address-range.ts';
import type { LocalAddress, NextHop, TransportName } from './policy.ts';

/** undefined when the text is none. A missing port is null. */
export function parseNextHop(text: string): NextHop | undefined {
  const match = HOST_ADDRESS.exec(text);
  if (match === null) return undefined;
  const transport = (match[2] ?? null) as TransportName | null;
  if (isIPv6(match[1])) return { host: normalHost(match[1]), port: null, transport };
  const { host, port, problem } = parseHostPort(match[1]);
  if (problem !== '' || port === 0) return undefined;
  return { host: normalHost(host), port: port ?? null, transport };
}

/** As parseNextHop, with the port that the transport has by default. */
export function parseLocalAddress(text: string): LocalAddress | undefined {
  const address = parseNextHop(text);
  return address && { ...address, port: address.port ?? defaultPort(address.transport) };
}

/** Of what carries SIP in a capture; undefined for what no policy names. */
export function transportNamed(name: string): TransportName | undefined {
  return NAMES.find((one) => one === name);
}

/** The port of a sent-by or a URI that names none: RFC 3261 §18.1.1, §19.1.2; RFC 7118 §5.5: WebSocket has those of HTTP. */
export function defaultPort(transport: TransportName | null): number {
  return transport === 'tls' ? 5061 : transport === 'ws' ? 80 : transport === 'wss' ? 443 : 5060;
}

/** Of a Via header field, named or not. */
export function sentByPort({ port, transport }: Pick<Via, 'port' | 'transport'>): number {
  return port ?? defaultPort(transportNamed(transport.toLowerCase()) ?? null);
}

export function formatNextHop({ host, port, transport }: NextHop): string {
  const bracketed = host.includes(':') && port !== null ? `[${host}]` : host;
  return `${bracketed}${port === null ? '' : `:${port}`}${transport === null ? '' : `;transport=${transport}`}`;
}

export function formatLocalAddress(address: LocalAddress): string {
  const usual = address.port === defaultPort(address.transport);
  return formatNextHop({ ...address, port: usual ? null : address.port });
}

const NAMES: readonly TransportName[] = ['udp', 'tcp', 'tls', 'ws', 'wss'];
/** What the JSON Schema can say of it. */
export const HOST_ADDRESS = /^([A-Za-z0-9.:[\]-]{1,300}?)(?:;transport=(udp|tcp|tls|ws|wss))?$/;
