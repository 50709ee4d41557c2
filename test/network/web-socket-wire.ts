// WebSocket frames for tests, and what the consumers of SIP make of segments that carry them.
import { constants, createDeflateRaw, deflateRawSync } from 'node:zlib';
import type { OpenStream } from '../../src/network/tcp/tcp-consumer.ts';
import type { TcpLimits } from '../../src/network/tcp/tcp-options.ts';
import { webSockets } from '../../src/network/web-socket/web-socket.ts';
import type { WebSocketLimits } from '../../src/network/web-socket/web-socket-store.ts';
import { sipStreams } from '../../src/sip/framing/framing.ts';
import { type Segment, TcpWire } from './tcp-wire.ts';

export interface Received {
  text: string;
  frames: number[];
  transport: string;
  truncated?: true;
}

/** A wire whose SIP messages are collected in `received`. */
export function webSocketWire(
  limits: Partial<WebSocketLimits> = {},
  tcp: Partial<TcpLimits> = {},
): { wire: TcpWire; received: Received[] } {
  const received: Received[] = [];
  const wire = new TcpWire(({ ledger, onDiagnostic }): OpenStream => {
    const onMessage: Parameters<typeof webSockets>[0]['onMessage'] = (payload) => {
      const { data, start, end, transport, frame, frames, nanoseconds, truncated } = payload;
      received.push({
        text: data.toString('latin1', start, end),
        frames: [...(frames ?? [frame])],
        transport,
        ...(truncated && { truncated: true as const }),
      });
      if (frame !== (frames?.[0] ?? frame)) throw new Error('the first frame is not first');
      if (nanoseconds !== (frames?.at(-1) ?? frame))
        throw new Error('the time is not that of the packet that completed the message');
      return true;
    };
    const webSocket = webSockets({ ledger, onDiagnostic, onMessage, limits });
    const sip = sipStreams({ ledger, onDiagnostic, onMessage });
    return (direction, carrier) => (carrier === 'web-socket' ? webSocket : sip)(direction, carrier);
  }, tcp);
  return { wire, received };
}

/** Segments of the client (192.0.2.1) or the server that follow one another, from sequence number 1000 on. */
export class Side {
  private seq = 1000;
  private readonly ends: Partial<Segment>;

  constructor(ends: Partial<Segment>) {
    this.ends = ends;
  }

  get syn(): Segment {
    return { ...this.ends, seq: 999, flags: 'S' };
  }

  says(...parts: (Buffer | string)[]): Segment {
    const data = Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : part)));
    const segment = { ...this.ends, seq: this.seq, data };
    this.seq += data.length;
    return segment;
  }

  /** So many octets that are not captured. */
  misses(octets: number): void {
    this.seq += octets;
  }
}

export const client = (): Side => new Side({ fromPort: 40000, toPort: 80 });
export const server = (): Side => new Side({ from: 2, to: 1, fromPort: 80, toPort: 40000 });

export interface FrameTraits {
  readonly opcode?: number;
  /** Not the last of its message. */
  readonly open?: boolean;
  readonly masked?: boolean;
  /** RSV1, or others. */
  readonly reserved?: number;
  /** How the length is written, in bits. */
  readonly bits?: 7 | 16 | 64;
}

export function frame(payload: Buffer | string, traits: FrameTraits = {}): Buffer {
  const octets = Buffer.from(payload);
  const { opcode = 1, open = false, masked = false, reserved = 0 } = traits;
  const bits = traits.bits ?? (octets.length < 126 ? 7 : octets.length < 65_536 ? 16 : 64);
  const header = Buffer.alloc(bits === 7 ? 2 : bits === 16 ? 4 : 10);
  header[0] = (open ? 0 : 128) | reserved | opcode;
  header[1] = (masked ? 128 : 0) | (bits === 7 ? octets.length : bits === 16 ? 126 : 127);
  if (bits === 16) header.writeUInt16BE(octets.length, 2);
  if (bits === 64) header.writeBigUInt64BE(BigInt(octets.length), 2);
  if (!masked) return Buffer.concat([header, octets]);
  return Buffer.concat([header, KEY, octets.map((octet, index) => octet ^ KEY[index & 3]!)]);
}

/** What a client sends. */
export const masked = (payload: Buffer | string, traits: FrameTraits = {}): Buffer =>
  frame(payload, { ...traits, masked: true });

/** RFC 7692 §7.2.1, one message after another; with `takeover` they refer to those before. */
export async function compressed(texts: readonly string[], takeover: boolean): Promise<Buffer[]> {
  const shared = createDeflateRaw();
  const out: Buffer[] = [];
  for (const text of texts) {
    let octets: Buffer;
    if (takeover) {
      shared.write(text);
      await new Promise<void>((resolve) => shared.flush(constants.Z_SYNC_FLUSH, resolve));
      octets = shared.read() as Buffer;
    } else {
      octets = deflateRawSync(text, { finishFlush: constants.Z_SYNC_FLUSH });
    }
    out.push(octets.subarray(0, -4));
  }
  return out;
}

/** A message as over WebSocket: no Content-Length. */
export function sip(line: string, callId = 'c', more = ''): string {
  return `${line}\r\nVia: SIP/2.0/WS x.invalid;branch=z9hG4bK1\r\nCall-ID: ${callId}\r\nCSeq: 1 OPTIONS\r\n${more}\r\n`;
}

export const OPTIONS = sip('OPTIONS sip:bob@example.com SIP/2.0');
export const OK = sip('SIP/2.0 200 OK');

export const GET = [
  'GET /chat HTTP/1.1',
  'Host: example.com',
  'Upgrade: websocket',
  'Connection: Upgrade',
  'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
  'Sec-WebSocket-Protocol: sip',
  'Sec-WebSocket-Version: 13',
  '',
  '',
].join('\r\n');

export const SWITCHING = [
  'HTTP/1.1 101 Switching Protocols',
  'upgrade: WebSocket',
  'Connection: Upgrade',
  'Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=',
  'Sec-WebSocket-Protocol: sip',
  '',
  '',
].join('\r\n');

const KEY = Buffer.from([0x37, 0xfa, 0x21, 0x3d]);
