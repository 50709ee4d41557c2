// The Via lines of a request as its responses carry them, with where it came from noted in the topmost (RFC 3261 §18.2.1,
// RFC 3581 §4), and the way that responses go (RFC 3261 §18.2.2).
import type { Endpoint } from '../../network/endpoint.ts';
import { normalHost } from '../../policy/address-range.ts';
import { defaultPort } from '../../policy/host-address.ts';
import { HEADER } from '../../sip/header/header-names.ts';
import type { SipMessage } from '../../sip/message.ts';
import { indexOutside, splitOutside } from '../../sip/text/delimited.ts';
import { hostKind, parseHostPort } from '../../sip/uri/host.ts';
import { isIPv6 } from '../../sip/uri/ip-address.ts';
import { type Flow, isReliable } from '../flow.ts';

export interface ReceivedVias {
  /** The lines in their order, and their values. */
  readonly lines: readonly string[];
  readonly values: readonly string[];
  readonly responses: Flow;
  /** The way when the connection that the request came by is gone; `responses` when there is no other. */
  readonly otherwise: Flow;
}

export function receivedVias(request: SipMessage, flow: Flow): ReceivedVias {
  const values: string[] = [];
  for (let row = request.viaRow; row >= 0; row = request.find(HEADER.Via, row + 1)) {
    values.push(request.headerValue(row));
  }
  const comma = indexOutside(values[0], ',');
  const top = comma < 0 ? values[0] : values[0].slice(0, comma);
  const [sent, ...parameters] = splitOutside(top, ';');
  const { host, port } = parseHostPort(SENT_BY.exec(sent.trim())?.[1] ?? '');
  const { remote } = flow;
  const kept: string[] = [sent.trimEnd()];
  let rport = false;
  let maddr = '';
  for (const parameter of parameters) {
    const [, name, value] = PARAMETER.exec(parameter) ?? NO_MATCH;
    switch (name.toLowerCase()) {
      case 'received': // only this server may say it
        continue;
      case 'rport': // RFC 3581 §4
        if (rport) continue;
        rport = true;
        kept.push(`rport=${remote.port}`);
        continue;
      case 'maddr':
        maddr = value;
    }
    kept.push(parameter.trim());
  }
  // RFC 3261 §18.2.1: when sent-by is a name or another address; RFC 3581 §4: with rport always.
  if (rport || (host !== remote.ip && normalHost(host) !== remote.ip)) kept.push(`received=${remote.ip}`);
  values[0] = comma < 0 ? kept.join(';') : kept.join(';') + values[0].slice(comma);
  return {
    lines: values.map((value) => `Via: ${value}`),
    values,
    ...responseFlows(flow, port, rport, maddr),
  };
}

/** RFC 3261 §18.2.2. */
function responseFlows(
  flow: Flow,
  sentByPort: number | undefined,
  rport: boolean,
  maddr: string,
): { responses: Flow; otherwise: Flow } {
  const { transport, remote } = flow;
  const port = sentByPort ?? defaultPort(transport);
  if (isReliable(transport)) {
    // RFC 7118 §5: nothing can be connected to a WebSocket client.
    const other = transport === 'ws' || transport === 'wss' ? remote : endpointAt(remote, remote.ip, port);
    return { responses: flow, otherwise: { ...flow, remote: other, connection: 0 } };
  }
  const host = normalHost(maddr);
  let to = remote;
  if (maddr !== '' && isAddress(host)) to = endpointAt(remote, host, port);
  // RFC 3581 §4: to the port it came from; else to that of sent-by, at the address it came from (`received`).
  else if (!rport) to = endpointAt(remote, remote.ip, port);
  const responses = to === remote ? flow : { ...flow, remote: to };
  return { responses, otherwise: responses };
}

function endpointAt(like: Endpoint, ip: string, port: number): Endpoint {
  if (like.ip === ip && like.port === port) return like;
  const version = ip.includes(':') ? 6 : 4;
  return { ip, port, text: version === 6 ? `[${ip}]:${port}` : `${ip}:${port}`, version };
}

function isAddress(host: string): boolean {
  return hostKind(host) === 'ipv4' || isIPv6(host);
}

const SENT_BY = /^[^/]*\/[^/]*\/\s*\S+\s+(\S[\s\S]*)$/;
const PARAMETER = /^\s*([^\s=]*)\s*(?:=\s*"?([^\s"]*))?/;
const NO_MATCH = ['', '', ''];
