// What all WebSockets share.
import { type StreamLimits, type StreamOptions, StreamStore } from '../stream/stream-store.ts';

export interface WebSocketLimits extends StreamLimits {
  /** Octets of a message, also once it is decompressed; what is longer is not believed. */
  readonly messageOctets: number;
}

export type WebSocketOptions = StreamOptions<WebSocketLimits>;

export class WebSocketStore extends StreamStore<WebSocketLimits> {
  constructor(options: WebSocketOptions) {
    super(options, LIMITS);
  }
}

const LIMITS: WebSocketLimits = {
  messageOctets: 1 << 20,
  spans: 4096,
  bufferedInAll: 64 << 20,
};
