// Which packets carry the media of chosen calls: those from or to an address that the calls' SDP names, while they last.
import { compareTimestamps, type Timestamp } from '../capture/timestamp.ts';
import type { Call } from '../dialog/call.ts';
import type { PacketSummary } from '../network/packet-summary.ts';

/** RTP goes to the port of the m= line, RTCP to the next one (RFC 3550 §11). */
export class MediaFlows {
  readonly #spans = new Map<string, { start: Timestamp; end: Timestamp }[]>();

  add(call: Call): void {
    for (const { address, port, im } of call.media) {
      if (im || address === '' || !(port > 0)) continue;
      for (const each of [port, port + 1]) {
        const key = `${address} ${each}`;
        const spans = this.#spans.get(key) ?? [];
        spans.push({ start: call.start, end: call.end });
        this.#spans.set(key, spans);
      }
    }
  }

  get empty(): boolean {
    return this.#spans.size === 0;
  }

  carries(packet: PacketSummary): boolean {
    if (packet.transport !== 'udp' || packet.src === null || packet.dst === null) return false;
    return this.#covers(packet.src, packet) || this.#covers(packet.dst, packet);
  }

  #covers(endpoint: { ip: string; port: number }, time: Timestamp): boolean {
    const spans = this.#spans.get(`${endpoint.ip} ${endpoint.port}`);
    return (
      spans?.some(
        ({ start, end }) => compareTimestamps(start, time) <= 0 && compareTimestamps(time, end) <= 0,
      ) === true
    );
  }
}
