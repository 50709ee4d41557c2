// SIP messages for tests of framing, and what a framer makes of segments that carry them.

import type { TcpLimits } from '../../src/network/tcp/tcp-options.ts';
import { sipStreams } from '../../src/sip/framing/framing.ts';
import type { FramingLimits } from '../../src/sip/framing/framing-store.ts';
import { TcpWire } from '../network/tcp-wire.ts';

export interface Framed {
  text: string;
  frames: number[];
  src: string;
  truncated?: true;
}

/** A wire whose SIP messages are collected in `framed`. */
export function sipWire(
  limits: Partial<FramingLimits> = {},
  tcp: Partial<TcpLimits> = {},
): { wire: TcpWire; framed: Framed[] } {
  const framed: Framed[] = [];
  const wire = new TcpWire(
    ({ ledger, onDiagnostic }) =>
      sipStreams({
        ledger,
        onDiagnostic,
        limits,
        onMessage: (payload) => {
          framed.push({
            text: payload.data.toString('latin1', payload.start, payload.end),
            frames: [...(payload.frames ?? [payload.frame])],
            src: payload.src.text,
            ...(payload.truncated && { truncated: true as const }),
          });
          if (payload.frame !== (payload.frames?.[0] ?? payload.frame))
            throw new Error('the first frame is not first');
          if (payload.nanoseconds !== (payload.frames?.at(-1) ?? payload.frame))
            throw new Error('the time is not that of the packet that completed the message');
          return true;
        },
      }),
    tcp,
  );
  return { wire, framed };
}

/** A message with a right Content-Length. */
export function sip(line: string, body = '', fields = `Content-Length: ${body.length}`): string {
  return [
    line,
    'Via: SIP/2.0/TCP 192.0.2.1;branch=z9hG4bK1',
    'Call-ID: c@x',
    'CSeq: 1 INVITE',
    fields,
    '',
    body,
  ].join('\r\n');
}

export const INVITE = 'INVITE sip:bob@example.com SIP/2.0';
export const OK = 'SIP/2.0 200 OK';
export const SDP = 'v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\n';
