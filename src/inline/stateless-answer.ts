// A request that is not let in → the octets of the answer, made without keeping anything (RFC 3261 §8.2.7, §8.2.6), and where it
// goes (§18.2.2, RFC 3581 §4).
import type { Endpoint } from '../network/endpoint.ts';
import { type Flow, isReliable } from '../sbc/flow.ts';
import { HEADER } from '../sip/header/header-names.ts';
import type { SipMessage } from '../sip/message.ts';
import { statusName } from '../sip/status.ts';
import { endpointOf } from './peer-table.ts';

/** null where none may be given: to an ACK, and to what has no Via to go back by. */
export function statelessAnswer(
  request: SipMessage,
  flow: Flow,
  status: number,
  tag: string,
  headers: readonly string[] = [],
): { readonly octets: Buffer; readonly flow: Flow } | null {
  const [via] = request.vias;
  if (!request.isRequest || request.method === 'ACK' || via === undefined) return null;
  const lines = [`SIP/2.0 ${status} ${statusName(status)}`];
  for (const [index, { text }] of request.vias.entries())
    lines.push(`Via: ${index === 0 ? markedVia(text, via.rport, flow.remote) : text}`);
  for (const id of [HEADER.From, HEADER.To, HEADER['Call-ID'], HEADER.CSeq]) {
    const value = request.value(id);
    if (value === undefined) return null;
    const tagged = id === HEADER.To && request.toTag === '' ? `${value};tag=${tag}` : value;
    lines.push(`${NAMES.get(id)}: ${tagged}`);
  }
  lines.push(...headers, 'Content-Length: 0', '', '');
  // RFC 3581 §4: to the port that the request came from when rport asks for it, else to that of sent-by.
  const isBack = isReliable(flow.transport) || via.rport !== undefined;
  const to = isBack ? flow : { ...flow, remote: endpointOf(flow.remote.ip, via.port ?? 5060) };
  return { octets: Buffer.from(lines.join('\r\n')), flow: to };
}

function markedVia(text: string, rport: string | undefined, { ip, port }: Endpoint): string {
  // What the sender says of itself there counts for nothing.
  const bare = text.replace(/;\s*received\s*=[^;]*/gi, '');
  const marked = rport === undefined ? bare : bare.replace(/;\s*rport\b[^;]*/i, `;rport=${port}`);
  return `${marked};received=${ip}`;
}

const NAMES: ReadonlyMap<number, string> = new Map([
  [HEADER.From, 'From'],
  [HEADER.To, 'To'],
  [HEADER['Call-ID'], 'Call-ID'],
  [HEADER.CSeq, 'CSeq'],
]);
