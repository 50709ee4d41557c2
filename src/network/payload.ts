// What the network stage hands to the SIP stage: octets of the application, with where and when they were seen.
import type { Endpoint } from './endpoint.ts';
import type { Passage } from './passage.ts';

/** `tls` and the WebSocket carriers are for octets that were decrypted or unwrapped on the way. */
export type Transport = 'udp' | 'tcp' | 'sctp' | 'tls' | 'ws' | 'wss';

/** Octets `data[start, end)` as a view: valid during the call that hands it on. One object is filled again each time. */
export class Payload {
  data: Buffer = EMPTY;
  start = 0;
  end = 0;
  transport: Transport = 'udp';
  src: Endpoint = NOWHERE;
  dst: Endpoint = NOWHERE;
  /** When the octets were whole: the time of the packet that completed them. */
  seconds = 0;
  nanoseconds = 0;
  /** The first packet that carries these octets. */
  frame = 0;
  /** All packets that carry them, ascending, when there are several (fragments); else null. */
  frames: readonly number[] | null = null;
  /** Number of the packet these octets were seen in before, when the packet is a duplicate made by the capture; else 0. */
  duplicateOf = 0;
  /** The snap length (or a damaged packet, or a missing fragment) cut the octets short. */
  truncated = false;
  /** Through which tunnels it came, or which agent mirrored it; null when it came by itself. */
  passage: Passage | null = null;
}

const EMPTY = Buffer.alloc(0);
const NOWHERE: Endpoint = { ip: '0.0.0.0', port: 0, text: '0.0.0.0:0', version: 4 };
