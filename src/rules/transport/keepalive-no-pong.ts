// RFC 5626 §3.5.1, §4.4.1; RFC 6223: a double line end on a stream is a ping, a single one within ten seconds its pong.
import type { Endpoint } from '../../network/endpoint.ts';
import { HEADER } from '../../sip/header/header-names.ts';
import type { SipMessage } from '../../sip/message.ts';
import { factEvidence } from '../evidence.ts';
import { RecentMap } from '../facts/recent-map.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'transport/keepalive-no-pong',
    severity: 'warning',
    scope: 'capture',
    tier: 2,
    since: '0.2.0',
    needsPackets: true,
    summary:
      'A ping on a connection that is kept alive is answered by a pong within ten seconds, or the connection is left.',
    why: 'The connection is dead, mostly in a NAT or firewall between: the phone looks registered and cannot be called.',
    exceptions: [
      'A server that never agreed to answer pings: neither outbound, nor Flow-Timer, nor keep with a value in Via.',
      'A connection that the client leaves after the ping.',
      'Line ends over UDP, which keep a NAT open and have no answer.',
    ],
    fix: 'Have the client open a new connection when no pong comes, and the firewall keep connections longer than the ping interval.',
    sources: [
      { document: 'RFC 5626', section: '3.5.1', says: 'double CRLF and single CRLF' },
      { document: 'RFC 5626', section: '4.4.1', says: 'without a pong in 10 seconds the flow has failed' },
      { document: 'RFC 6223', section: '4.4', says: 'keep with a value is the consent' },
    ],
    messages: { silent: '{client} goes on with a connection whose ping {server} does not answer' },
  },
  create({ report, policy }) {
    const { pongMs } = policy.thresholds;
    /** `client>server` of connections whose server answers pings, and of pings that wait. */
    const agreed = new Set<string>();
    const waiting = new RecentMap<string, Ping>(MAX_CONNECTIONS);
    return {
      live(message) {
        if (message.transport !== 'tcp') return;
        if (!message.isRequest && agrees(message)) remember(key(message.dst, message.src));
        judge(message.src, message.dst, timeOf(message));
      },
      packet(packet) {
        const { src, dst, lineEnds } = packet;
        if (lineEnds === undefined || src === null || dst === null) return;
        if (lineEnds === PONG) {
          waiting.delete(key(dst, src));
          return;
        }
        const time = timeOf(packet);
        judge(src, dst, time);
        const connection = key(src, dst);
        if (!agreed.has(connection) || waiting.has(connection)) return;
        waiting.set(connection, { time, frame: packet.frame });
      },
    };

    /** The client sends again: had its ping been answered by now? */
    function judge(src: Endpoint, dst: Endpoint, time: number): void {
      if (waiting.size === 0) return;
      const connection = key(src, dst);
      const ping = waiting.get(connection);
      if (ping === undefined || time - ping.time <= pongMs) return;
      waiting.delete(connection);
      const seconds = ((time - ping.time) / 1000).toFixed(1);
      report({
        message: 'silent',
        data: { client: src.text, server: dst.text },
        at: [],
        frames: [ping.frame],
        peer: dst.text,
        evidence: [factEvidence(ping.frame, 'time', 'ping', `no pong in ${seconds} s`)],
      });
    }

    function remember(connection: string): void {
      agreed.add(connection);
      if (agreed.size > MAX_CONNECTIONS) agreed.delete(agreed.values().next().value!);
    }
  },
});

interface Ping {
  readonly time: number;
  readonly frame: number;
}

/** RFC 5626 §5.4, §11.1; RFC 6223 §4.4: what a server says that answers pings. */
function agrees(message: SipMessage): boolean {
  if (message.find(HEADER['Flow-Timer']) >= 0) return true;
  if (message.values(HEADER.Require).some((tag) => tag.toLowerCase() === 'outbound')) return true;
  const keep = message.vias[0]?.params.get('keep');
  return keep !== undefined && keep !== '';
}

function key(client: Endpoint, server: Endpoint): string {
  return `${client.text}>${server.text}`;
}

function timeOf({
  seconds,
  nanoseconds,
}: {
  readonly seconds: number;
  readonly nanoseconds: number;
}): number {
  return seconds * 1000 + nanoseconds / 1e6;
}

const PONG = 2;
const MAX_CONNECTIONS = 10_000;
