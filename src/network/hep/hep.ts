// A HEP packet (Homer's encapsulation: SIP that an agent mirrored to a capture server) → the SIP message in it, handed on as if
// seen between its own ends; the packet that carried it is its tunnel. Reports, logs and keep-alives in HEP are not SIP.
import type { Dissection } from '../dissection.ts';
import { PROTOCOL } from '../ip/ip-protocol.ts';
import { ipText } from '../ip/ip-text.ts';
import { OUTCOME, type Outcome } from '../outcome.ts';
import type { HepDelivery } from './hep-delivery.ts';
import { maybeOldHep, readOldHep } from './hep-old.ts';
import { ENDS_PORTS } from './hep-packet.ts';
import { isHep3, readHep3 } from './hep3.ts';

/** Whether the payload of a datagram may be HEP: told by a few octets, as every datagram that is not SIP is asked. */
export function maybeHep(data: Uint8Array, at: number, end: number): boolean {
  return isHep3(data, at, end) || maybeOldHep(data, at, end);
}

/** What the datagram whose payload begins at `d.at` is to settle as; NOT_HEP when it is none after all. */
export function hep(d: Dissection, delivery: HepDelivery): Outcome | typeof NOT_HEP {
  const { packet: carried } = delivery;
  const { data, at, end, packet } = d;
  if (isHep3(data, at, end)) {
    const outcome = readHep3(carried, data, at, end, d.wireEnd);
    if (outcome !== OUTCOME.sip) return outcome;
  } else if (!readOldHep(carried, data, at, end, d.cut)) return NOT_HEP;
  d.tunnels.push('hep', data, d.version, d.addressAt, carried.agent);
  const agent = ipText(d.version, data, d.addressAt);
  const outcome = delivery.deliver(packet, d.frames, d.tunnels.text!, agent);
  enter(d, delivery);
  return outcome;
}

/** From here on the packet's ends are those of the message in it. */
function enter(d: Dissection, { packet }: HepDelivery): void {
  d.data = packet.ends;
  d.version = packet.version;
  d.addressAt = 0;
  d.transportAt = ENDS_PORTS;
  d.protocol = CARRIERS.get(packet.protocol) ?? PROTOCOL.udp;
  d.at = d.end = packet.ends.length;
}

export const NOT_HEP = -1;

/** 22 stands for TLS and WebSocket (hep-transport.ts). */
const CARRIERS: ReadonlyMap<number, number> = new Map([
  [PROTOCOL.tcp, PROTOCOL.tcp],
  [22, PROTOCOL.tcp],
  [PROTOCOL.sctp, PROTOCOL.sctp],
]);
