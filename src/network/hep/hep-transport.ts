// What a HEP packet says of the transport of its message → the transport. An agent has an IP protocol number to say it with;
// for TLS and WebSocket, which have none, Kamailio and others put 22 there (XNS IDP, which nobody uses).

import { PROTOCOL } from '../ip/ip-protocol.ts';
import type { Transport } from '../payload.ts';
import type { HepPacket } from './hep-packet.ts';

export function hepTransport({ protocol, data, start, end }: HepPacket): Transport {
  if (protocol === PROTOCOL.tcp) return 'tcp';
  if (protocol === PROTOCOL.sctp) return 'sctp';
  if (protocol !== XNS_IDP) return 'udp';
  // RFC 3261 §18.1.1: the topmost Via names the transport of this hop, of responses too.
  const via = TOPMOST_VIA.exec(data.toString('latin1', start, Math.min(end, start + HEAD)));
  const named = via?.[1].toLowerCase();
  return named === 'ws' || named === 'wss' ? named : 'tls';
}

const XNS_IDP = 22;
const HEAD = 2048;
const TOPMOST_VIA = /[\r\n](?:via|v)[ \t]*:\s*SIP\s*\/\s*2\.0\s*\/\s*(\w+)/i;
