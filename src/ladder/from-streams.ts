// Streams that the dialog stage found of calls → those of a flow, in order of time, each once.
import { compareTimestamps } from '../capture/timestamp.ts';
import type { CallStream } from '../dialog/session/call-streams.ts';
import type { FlowStream } from './flow.ts';

/** Two calls of one session may name the same address: a stream is then found twice, perhaps not as much of it each time. */
export function flowStreams(found: readonly CallStream[]): FlowStream[] {
  const streams = new Map<string, CallStream>();
  for (const one of found) {
    const { src, dst, ssrc, packets } = one.rtp;
    const key = `${ssrc} ${src.text} ${dst.text}`;
    const before = streams.get(key);
    if (before === undefined || before.rtp.packets < packets) streams.set(key, one);
  }
  return [...streams.values()].map(flowStream).sort((a, b) => compareTimestamps(a, b) || a.frame - b.frame);
}

function flowStream({ rtp, media, secure, srcAsker, dstAsker }: CallStream): FlowStream {
  const { frame, lastFrame, first, src, dst, ssrc, codecs, packets, lost, jitter, milliseconds } = rtp;
  return {
    ...{ frame, lastFrame, src, dst, srcAsker, dstAsker, media, codecs, ssrc, packets, lost, jitter },
    ...{ milliseconds, seconds: first.seconds, nanoseconds: first.nanoseconds },
    protocol: secure ? 'SRTP' : 'RTP',
  };
}
