// Which packets carry the media of chosen calls: those from or to an address that the calls' session descriptions ever
// named, from the beginning of the call until shortly after its end.
import { SocketAddress } from 'node:net';
import { countWhile } from '../../capture/count-while.ts';
import type { Timestamp } from '../../capture/timestamp.ts';
import type { Call } from '../../dialog/call.ts';
import { CALL_STATES } from '../../dialog/call-state.ts';
import type { PacketSummary } from '../../network/packet-summary.ts';
import { parseCandidate } from '../../sdp/candidate.ts';
import type { MediaDescription } from '../../sdp/media.ts';
import { parseRtcp, rtcpPort } from '../../sdp/rtcp.ts';
import { parseSdp } from '../../sdp/session.ts';
import type { SipMessage } from '../../sip/message.ts';

/** Seconds, inclusive; infinite at an end that the capture does not show. */
interface Span {
  readonly start: number;
  end: number;
}

export class MediaFlows {
  /** `udp 192.0.2.1 49170` and so on, of each call that is not handed on yet. */
  readonly #open = new Map<Call, Set<string>>();
  readonly #spans = new Map<string, Span[]>();
  #isMerged = false;

  /** Notes where the message wants media. */
  message(message: SipMessage, call: Call): void {
    const body = message.sdpBody();
    if (body === undefined) return;
    const keys = this.#open.get(call) ?? new Set();
    this.#open.set(call, keys);
    for (const media of parseSdp(message.data, body.start, body.end).media) {
      for (const key of keysOf(media)) if (keys.size < MOST_KEYS) keys.add(key);
    }
    // Instant messages with the port of the signalling are SIP messages themselves, of this call or of others.
    for (const { ip, port } of [message.src, message.dst])
      for (const transport of TRANSPORTS) keys.delete(`${transport} ${ip} ${port}`);
  }

  /** The call is handed on: its media is wanted, or not. */
  call(call: Call, isChosen: boolean): void {
    const keys = this.#open.get(call) ?? [];
    this.#open.delete(call);
    if (!isChosen) return;
    const start = call.partial ? Number.NEGATIVE_INFINITY : secondsOf(call.start);
    const end = CALL_STATES[call.state].ended ? secondsOf(call.end) + TAIL : Number.POSITIVE_INFINITY;
    for (const key of keys) {
      const spans = this.#spans.get(key) ?? [];
      spans.push({ start, end });
      this.#spans.set(key, spans);
    }
  }

  get empty(): boolean {
    return this.#spans.size === 0;
  }

  /** Asked once all calls are handed on. */
  carries(packet: PacketSummary): boolean {
    const { transport, src, dst } = packet;
    if (transport === null || src === null || dst === null) return false;
    const time = secondsOf(packet);
    return (
      covers(this.#merged.get(`${transport} ${src.ip} ${src.port}`), time) ||
      covers(this.#merged.get(`${transport} ${dst.ip} ${dst.port}`), time)
    );
  }

  get #merged(): ReadonlyMap<string, Span[]> {
    if (!this.#isMerged) for (const [key, spans] of this.#spans) this.#spans.set(key, merge(spans));
    this.#isMerged = true;
    return this.#spans;
  }
}

/** In order and apart: one port may have served very many calls. */
function merge(spans: readonly Span[]): Span[] {
  const merged: Span[] = [];
  for (const { start, end } of [...spans].sort((a, b) => a.start - b.start)) {
    const last = merged.at(-1);
    if (last === undefined || start > last.end) merged.push({ start, end });
    else last.end = Math.max(last.end, end);
  }
  return merged;
}

function covers(spans: readonly Span[] | undefined, time: number): boolean {
  if (spans === undefined) return false;
  const ended = countWhile(spans, ({ end }) => end < time);
  return ended < spans.length && spans[ended]!.start <= time;
}

function secondsOf({ seconds, nanoseconds }: Timestamp): number {
  return seconds + nanoseconds / 1e9;
}

function* keysOf(media: MediaDescription): Generator<string> {
  // RFC 4975 §8.1: m=message 7654 TCP/MSRP *.
  const transport = /tcp/i.test(media.protocol) ? 'tcp' : 'udp';
  const count = Math.min(media.portCount, MOST_PORTS);
  // RFC 8866 §5.14: 49170/2 is two pairs of RTP and RTCP.
  for (let pair = 0; media.port > 0 && pair < count; pair++)
    yield key(transport, media.address, media.port + 2 * pair);
  if (media.port > 0 && transport === 'udp') {
    const rtcp = parseRtcp(media.attribute('rtcp') ?? '')?.connection?.address ?? media.address;
    for (let pair = 0; pair < count; pair++) yield key(transport, rtcp, rtcpPort(media) + 2 * pair);
  }
  for (const value of media.attributeValues('candidate')) {
    const candidate = parseCandidate(value);
    if (candidate === undefined) continue;
    const { address, port } = candidate;
    yield key(candidate.transport.toLowerCase() === 'tcp' ? 'tcp' : 'udp', address, port);
  }
}

/** Addresses of IPv6 are spelled in many ways: here as the network stage spells them (RFC 5952). */
function key(transport: 'tcp' | 'udp', address: string, port: number): string {
  const colon = address.includes(':');
  try {
    const ip = colon ? new SocketAddress({ address, family: 'ipv6' }).address : address;
    return `${transport} ${ip} ${port}`;
  } catch {
    return `${transport} ${address} ${port}`;
  }
}

const TRANSPORTS = ['udp', 'tcp'] as const;
/** Seconds: packets that were on their way, and RTCP's goodbye. */
const TAIL = 2;
const MOST_KEYS = 200;
const MOST_PORTS = 16;
