// What all streams of SIP share.
import { type StreamLimits, type StreamOptions, StreamStore } from '../../network/stream/stream-store.ts';
import { MessageHead } from './framing-head.ts';

export interface FramingLimits extends StreamLimits {
  /** Octets of a header section, and of a body; what is longer is not believed. */
  readonly headerOctets: number;
  readonly bodyOctets: number;
}

export type FramingOptions = StreamOptions<FramingLimits>;

export class FramingStore extends StreamStore<FramingLimits> {
  /** For the next message: a stream takes it away only when its message is not whole. */
  head = new MessageHead();
  /** Of streams that have no message open. */
  readonly closed = new MessageHead();

  constructor(options: FramingOptions) {
    super(options, LIMITS);
  }
}

const LIMITS: FramingLimits = {
  headerOctets: 256 << 10,
  bodyOctets: 16 << 20,
  spans: 16_384,
  bufferedInAll: 128 << 20,
};
