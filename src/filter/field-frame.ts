// Fields of packets: frame.*, ip.*, ipv6.*, udp.*, tcp.*, sctp.*, protocol names, and our own addr, port and packet.outcome.
// Of a message they are those of the packets that carried it.
import type { Timestamp } from '../capture/timestamp.ts';
import type { Endpoint } from '../network/endpoint.ts';
import { OUTCOMES, type OutcomeName } from '../network/outcome.ts';
import type { Transport } from '../network/payload.ts';
import type { Facts, Field, FieldType, Value } from './field.ts';

export const FRAME_FIELDS: readonly Field[] = [
  field('frame.number', 'number', 'number of the packet, from 1', (facts, out) => {
    const { message, packet } = facts;
    if (message === null) pushIfSet(packet?.frame, out);
    else if (message.frames === null) out.push(message.frame);
    else for (const frame of message.frames) out.push(frame);
  }),
  field('frame.time', 'time', 'when it was captured (UTC unless a zone is said)', readTime),
  field('frame.time_epoch', 'time', 'when it was captured, in seconds since 1970', readTime),
  field('frame.time_relative', 'duration', 'since the first packet', (facts, out) => {
    const time = timeOf(facts);
    if (time === null || facts.since === null) return;
    const { seconds, nanoseconds } = facts.since;
    out.push(time.seconds - seconds + (time.nanoseconds - nanoseconds) / 1e9);
  }),
  field('frame.len', 'number', 'octets on the wire; packets only', (facts, out) =>
    pushIfSet(facts.packet?.length, out),
  ),
  ...addresses('ip', 4),
  ...addresses('ipv6', 6),
  ...addresses('addr', 0),
  ...ports('udp', (transport) => transport === 'udp'),
  ...ports('tcp', (transport) => transport !== '' && transport !== 'udp' && transport !== 'sctp'),
  ...ports('sctp', (transport) => transport === 'sctp'),
  ...ports('port', (transport) => transport !== ''),
  field('udp.length', 'number', 'octets of the UDP header and payload', ({ message }, out) => {
    if (message?.transport === 'udp') out.push(message.limit - message.start + 8);
  }),
  ...(['rtp', 'rtcp', 'stun', 'icmp', 'esp'] as const).map((name) =>
    field(name, 'presence', `the packet is ${name.toUpperCase()}`, ({ packet }, out) => {
      if (packet?.outcome === name) out.push(true);
    }),
  ),
  wrapped('tls', 'came over TLS, or is its handshake', ['tls', 'wss'], ['tls', 'tls-no-keys']),
  wrapped('websocket', 'came over WebSocket, or is its handshake or closing', ['ws', 'wss'], ['web-socket']),
  {
    ...field('packet.outcome', 'text', 'what became of the packet', (facts, out) =>
      pushIfSet(outcomeOf(facts), out),
    ),
    choices: OUTCOMES,
  },
];

/** Messages that came by one of the transports, and packets that became one of the outcomes. */
function wrapped(
  name: string,
  what: string,
  transports: readonly Transport[],
  outcomes: readonly OutcomeName[],
): Field {
  return {
    ...field(name, 'presence', what, ({ message, packet }, out) => {
      const { outcome } = packet ?? {};
      if (outcome !== undefined && outcome !== null && outcomes.includes(outcome)) out.push(true);
      else if (message !== null && transports.includes(message.transport)) out.push(true);
    }),
    // What carries a packet's SIP is known of its messages.
    level: 'message',
  };
}

function addresses(prefix: 'ip' | 'ipv6' | 'addr', version: 0 | 4 | 6): Field[] {
  const fits = (endpoint: Endpoint | null): endpoint is Endpoint =>
    endpoint !== null && (version === 0 || endpoint.version === version);
  const what = version === 0 ? 'IP address, of either version' : `IPv${version} address`;
  const all = version === 0 ? 'addr' : `${prefix}.addr`;
  const list = [
    field(all, 'address', `${what} of sender and receiver`, (facts, out) => {
      const { src, dst } = endsOf(facts);
      if (fits(src)) out.push(src.ip);
      if (fits(dst)) out.push(dst.ip);
    }),
    field(`${prefix}.src`, 'address', `${what} of the sender`, (facts, out) => {
      const { src } = endsOf(facts);
      if (fits(src)) out.push(src.ip);
    }),
    field(`${prefix}.dst`, 'address', `${what} of the receiver`, (facts, out) => {
      const { dst } = endsOf(facts);
      if (fits(dst)) out.push(dst.ip);
    }),
  ];
  if (version === 0) return list;
  const presence = field(prefix, 'presence', `IPv${version}`, (facts, out) => {
    if (fits(endsOf(facts).src)) out.push(true);
  });
  return [presence, ...list];
}

function ports(prefix: 'udp' | 'tcp' | 'sctp' | 'port', fits: (transport: string) => boolean): Field[] {
  const [both, src, dst] =
    prefix === 'port'
      ? ['port', 'port.src', 'port.dst']
      : [`${prefix}.port`, `${prefix}.srcport`, `${prefix}.dstport`];
  const what = prefix === 'port' ? 'port, of any transport' : `${prefix.toUpperCase()} port`;
  const list = [
    field(both, 'number', `${what} of sender and receiver`, (facts, out) => {
      if (!fits(transportOf(facts))) return;
      pushIfSet(endsOf(facts).src?.port, out);
      pushIfSet(endsOf(facts).dst?.port, out);
    }),
    field(src, 'number', `${what} of the sender`, (facts, out) => {
      if (fits(transportOf(facts))) pushIfSet(endsOf(facts).src?.port, out);
    }),
    field(dst, 'number', `${what} of the receiver`, (facts, out) => {
      if (fits(transportOf(facts))) pushIfSet(endsOf(facts).dst?.port, out);
    }),
  ];
  if (prefix === 'port') return list;
  const presence = field(prefix, 'presence', prefix.toUpperCase(), (facts, out) => {
    if (fits(transportOf(facts))) out.push(true);
  });
  return [presence, ...list];
}

function endsOf({ message, packet }: Facts): {
  readonly src: Endpoint | null;
  readonly dst: Endpoint | null;
} {
  return message ?? packet ?? NOWHERE;
}

function transportOf({ message, packet }: Facts): string {
  return (message ?? packet)?.transport ?? '';
}

function timeOf({ message, packet }: Facts): Timestamp | null {
  return message ?? packet;
}

function outcomeOf({ message, packet }: Facts): OutcomeName | undefined {
  if (packet !== null) return packet.outcome;
  if (message === null) return undefined;
  return message.duplicateOf > 0 ? 'sip-duplicate' : 'sip';
}

function readTime(facts: Facts, out: Value[]): void {
  const time = timeOf(facts);
  if (time !== null) out.push(nanosecondsOf(time));
}

export function nanosecondsOf(time: Timestamp): bigint {
  return BigInt(time.seconds) * 1_000_000_000n + BigInt(time.nanoseconds);
}

function pushIfSet(value: Value | undefined, out: Value[]): void {
  if (value !== undefined) out.push(value);
}

function field(name: string, type: FieldType, about: string, read: Field['read']): Field {
  return { name, type, level: 'packet', about, read };
}

const NOWHERE = { src: null, dst: null };
