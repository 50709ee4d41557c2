// ICMP errors quote the packet they are about: does this one quote SIP? Nothing is made of the quoted octets.
// Rules: RFC 792, RFC 1812 §4.3.2.3 (quotes beyond 64 bits), RFC 4443 §3.
import type { Dissection } from '../dissection.ts';
import { OUTCOME, type Outcome } from '../outcome.ts';
import { looksLikeSip } from '../sniff.ts';
import { PROTOCOL } from './ip-protocol.ts';

export function icmp(d: Dissection): Outcome {
  const type = d.data[d.at];
  const isError =
    d.version === 6 ? type < 128 : type === 3 || type === 4 || type === 5 || type === 11 || type === 12;
  return isError && d.left > 8 && quotesSip(d.data, d.at + 8, d.end) ? OUTCOME['sip-quoted'] : OUTCOME.icmp;
}

function quotesSip(data: Buffer, at: number, end: number): boolean {
  if (end - at < 28) return false;
  const version = data[at] >> 4;
  if (version !== 4 && version !== 6) return false;
  const protocol = data[at + (version === 4 ? 9 : 6)];
  const transport = at + (version === 4 ? (data[at] & 0x0f) << 2 : 40);
  if (protocol === PROTOCOL.udp) return looksLikeSip(data, transport + 8, end);
  // RFC 9260 §3.1, §3.3.1: the common header, and that of a DATA chunk.
  if (protocol === PROTOCOL.sctp)
    return data[transport + 12] === 0 && looksLikeSip(data, transport + 28, end);
  if (protocol !== PROTOCOL.tcp || transport + 20 > end) return false;
  return looksLikeSip(data, transport + ((data[transport + 12] >> 4) << 2), end);
}
