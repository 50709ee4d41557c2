// RTP of a generated session, as each hop shows it: a few packets each way, from its first to its last.
import type { Endpoint } from '../../../src/network/endpoint.ts';
import type { RtpPacket } from '../../../src/network/rtp-packet.ts';
import type { Dice } from './dice.ts';
import { endpoint, type Hop } from './hop.ts';
import type { Mode } from './mode.ts';

/** Between these seconds. */
export function mediaOf(
  hops: readonly Hop[],
  { media, skew }: Mode,
  from: number,
  to: number,
  dice: Dice,
): RtpPacket[] {
  const own = () => (media === 'played' ? PLAYED : 1 + dice.below(0xfffffff0));
  const [away, back] = [own(), own()];
  return hops.flatMap((hop, at) => {
    const [caller, callee] = [mediaAt(hop.offer), mediaAt(hop.answer)];
    if (caller === undefined || callee === undefined) return [];
    const [there, home] = media === 'transcoded' ? [own(), own()] : [away, back];
    return [0.01, 0.5, 0.99].flatMap((share) => {
      const time = from + (to - from) * share + at * (0.001 + skew);
      return [packet(time, caller, callee, there), packet(time + 0.004, callee, caller, home)];
    });
  });
}

export function timeOf({ seconds, nanoseconds }: RtpPacket): number {
  return seconds + nanoseconds / 1e9;
}

function packet(time: number, src: Endpoint, dst: RtpPacket['dst'], ssrc: number): RtpPacket {
  const seconds = Math.floor(time);
  const nanoseconds = Math.floor((time - seconds) * 1e9);
  return { frame: 0, seconds, nanoseconds, src, dst, payloadType: 0, sequence: 0, timestamp: 0, ssrc };
}

function mediaAt(sdp: string): Endpoint | undefined {
  const address = /^c=IN IP4 (\S+)/m.exec(sdp)?.[1];
  const port = /^m=audio (\d+)/m.exec(sdp)?.[1];
  return address === undefined || port === undefined ? undefined : endpoint(address, Number(port));
}

const PLAYED = 0x12345678;
