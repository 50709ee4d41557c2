// Messages and RTP packets as a capture has them → the streams of each call: those from or to an address that the call's
// session descriptions named, while the call went on. An address translator may change one end; the other end tells.
// RFC 3264 §5.1, §6.1; RFC 8866 §5.14.
import type { DiagnosticSink } from '../../capture/diagnostic.ts';
import type { Endpoint } from '../../network/endpoint.ts';
import type { RtpPacket } from '../../network/rtp-packet.ts';
import { normalHost } from '../../policy/address-range.ts';
import { parseCandidate } from '../../sdp/candidate.ts';
import type { MediaDescription } from '../../sdp/media.ts';
import { staticPayloadType } from '../../sdp/payload-type.ts';
import { parseSdp } from '../../sdp/session.ts';
import type { SipMessage } from '../../sip/message.ts';
import type { Call } from '../call.ts';
import { CALL_STATES } from '../call-state.ts';
import { RtpStream } from './rtp-stream.ts';

/** A stream of a call, with what the call said of it. */
export interface CallStream {
  readonly rtp: RtpStream;
  /** `audio`, `video`. */
  readonly media: string;
  /** RTP/SAVP and its kin (RFC 3711): only the header is in clear. */
  readonly secure: boolean;
  /** Who first asked for media at its ends, as SIP endpoints; null where nobody did. */
  readonly srcAsker: Endpoint | null;
  readonly dstAsker: Endpoint | null;
}

export class CallStreams {
  private readonly onDiagnostic: DiagnosticSink;
  /** By `ip:port`: the calls that want media there, in order. */
  private readonly asked = new Map<string, Asked[]>();
  private readonly spans = new Map<number, Span>();
  /** By number of the call, and in it by source and addresses. */
  private readonly streams = new Map<number, Map<string, RtpStream>>();
  private count = 0;
  private evicted = false;

  constructor(onDiagnostic: DiagnosticSink = () => {}) {
    this.onDiagnostic = onDiagnostic;
  }

  /** Some message wanted media. */
  get asksForAny(): boolean {
    return this.asked.size > 0;
  }

  /** Notes where the message wants media. */
  message(message: SipMessage, call: Call): void {
    const time = message.seconds + message.nanoseconds / 1e9;
    let span = this.spans.get(call.id);
    if (span !== undefined) span.heard = time;
    const body = message.sdpBody();
    if (body === undefined) return;
    if (span === undefined) {
      span = {
        start: call.partial ? Number.NEGATIVE_INFINITY : time,
        heard: time,
        end: Number.POSITIVE_INFINITY,
      };
      this.spans.set(call.id, span);
      if (this.spans.size > MOST_CALLS) this.spans.delete(this.spans.keys().next().value!);
    }
    for (const media of parseSdp(message.data, body.start, body.end).media) {
      const what = { media: media.media, secure: /SAVP/i.test(media.protocol), codecs: media.rtpmaps };
      for (const key of keysOf(media)) this.ask(key, call.id, span, message.src, what);
    }
  }

  /** The call has ended, as far as the capture shows: what comes later is not its own. */
  call(call: Call): void {
    const span = this.spans.get(call.id);
    if (span === undefined || !CALL_STATES[call.state].ended) return;
    span.end = call.end.seconds + call.end.nanoseconds / 1e9 + TAIL;
  }

  packet(packet: RtpPacket): void {
    const to = this.asked.get(packet.dst.text);
    const from = this.asked.get(packet.src.text);
    if (to === undefined && from === undefined) return;
    const time = packet.seconds + packet.nanoseconds / 1e9;
    const calls = new Set<number>();
    if (to !== undefined) addCalls(calls, to, time);
    if (from !== undefined) addCalls(calls, from, time);
    for (const call of calls) this.give(packet, call);
  }

  /**
   * In the order of their first packets. What began after the end of the call is of another one with the same port, unless both
   * its ends are where this one wanted media.
   */
  of(call: number): CallStream[] {
    const end = (this.spans.get(call)?.end ?? Number.POSITIVE_INFINITY) - TAIL;
    return [...(this.streams.get(call)?.values() ?? [])]
      .map((rtp) => {
        const [to, from] = [this.asker(call, rtp.dst), this.asker(call, rtp.src)];
        const { media = '', secure = false } = to ?? from ?? {};
        return { rtp, media, secure, srcAsker: from?.by ?? null, dstAsker: to?.by ?? null };
      })
      .filter(({ rtp: { first }, srcAsker, dstAsker }) => {
        const isBefore = first.seconds + first.nanoseconds / 1e9 <= end;
        return isBefore || (srcAsker !== null && dstAsker !== null);
      })
      .sort(
        ({ rtp: a }, { rtp: b }) =>
          a.first.seconds - b.first.seconds || a.first.nanoseconds - b.first.nanoseconds || a.frame - b.frame,
      );
  }

  /** Packets of all its streams. */
  packetsOf(call: number): number {
    let packets = 0;
    for (const stream of this.streams.get(call)?.values() ?? []) packets += stream.packets;
    return packets;
  }

  /** Nobody will ask for it any more. */
  forget(call: number): void {
    this.count -= this.streams.get(call)?.size ?? 0;
    this.streams.delete(call);
    this.spans.delete(call);
  }

  private ask(key: string, call: number, span: Span, by: Endpoint, what: What): void {
    let list = this.asked.get(key);
    if (list === undefined) {
      if (this.asked.size >= MOST_ADDRESSES) this.asked.delete(this.asked.keys().next().value!);
      list = [];
      this.asked.set(key, list);
    }
    const before = list.find((one) => one.call === call);
    if (before !== undefined) {
      Object.assign(before, { ...what, codecs: new Map([...before.codecs, ...what.codecs]) });
      return;
    }
    list.push({ call, span, by, ...what });
    if (list.length > MOST_AT_ADDRESS) list.shift();
  }

  private give(packet: RtpPacket, call: number): void {
    let streams = this.streams.get(call);
    if (streams === undefined) {
      streams = new Map();
      this.streams.set(call, streams);
    }
    const key = `${packet.ssrc} ${packet.src.text} ${packet.dst.text}`;
    let found = streams.get(key);
    if (found === undefined) {
      if (streams.size >= MOST_OF_CALL) return;
      found = this.newStream(packet, call);
      streams.set(key, found);
      if (++this.count > MOST_STREAMS) this.evict();
    }
    found.add(packet);
  }

  private newStream(packet: RtpPacket, call: number): RtpStream {
    const { src, dst } = packet;
    // RFC 3264 §5.1: numbers of payload types are those that the receiver named.
    return new RtpStream(packet, (type) => {
      const [to, from] = [this.asker(call, dst), this.asker(call, src)];
      const name = String(type);
      return to?.codecs.get(name) ?? from?.codecs.get(name) ?? staticPayloadType(type) ?? '';
    });
  }

  private asker(call: number, endpoint: Endpoint): Asked | undefined {
    return this.asked.get(endpoint.text)?.find((one) => one.call === call);
  }

  /** The streams of the call that is there longest go. */
  private evict(): void {
    this.forget(this.streams.keys().next().value!);
    if (this.evicted) return;
    this.evicted = true;
    this.onDiagnostic({
      code: 'media/streams-evicted',
      severity: 'warning',
      message: `More than ${MOST_STREAMS} RTP streams: those of the oldest calls are forgotten from here on`,
    });
  }
}

/** From when to when a call has what it asked for, and when it was last heard of, in seconds. */
interface Span {
  readonly start: number;
  heard: number;
  end: number;
}

interface What {
  readonly media: string;
  readonly secure: boolean;
  /** By payload type. */
  readonly codecs: ReadonlyMap<string, string>;
}

interface Asked extends What {
  readonly call: number;
  readonly span: Span;
  readonly by: Endpoint;
}

/** Those that have the address at this time. It may be used again: a call that was not seen to end ends with the next there. */
function addCalls(calls: Set<number>, list: readonly Asked[], time: number): void {
  let next = Number.NEGATIVE_INFINITY;
  for (let at = list.length - 1; at >= 0; at--) {
    const { call, span } = list[at]!;
    if (time < span.start || time > span.end || span.heard < next) continue;
    next = span.start;
    calls.add(call);
  }
}

function* keysOf(media: MediaDescription): Generator<string> {
  const count = Math.min(media.portCount, MOST_PORTS);
  // RFC 8866 §5.14: 49170/2 is two pairs of RTP and RTCP.
  for (let pair = 0; media.port > 0 && pair < count; pair++)
    yield keyOf(media.address, media.port + 2 * pair);
  let candidates = 0;
  for (const value of media.attributeValues('candidate')) {
    const candidate = parseCandidate(value);
    if (candidate === undefined || candidate.component !== 1) continue;
    if (candidates++ === MOST_CANDIDATES) return;
    yield keyOf(candidate.address, candidate.port);
  }
}

/** As endpoints are spelled. */
function keyOf(address: string, port: number): string {
  return address.includes(':') ? `[${normalHost(address)}]:${port}` : `${address}:${port}`;
}

/** Seconds: packets that were on their way. */
const TAIL = 2;
const MOST_PORTS = 16;
const MOST_CANDIDATES = 20;
const MOST_CALLS = 100_000;
const MOST_ADDRESSES = 200_000;
const MOST_AT_ADDRESS = 8;
const MOST_STREAMS = 100_000;
const MOST_OF_CALL = 64;
