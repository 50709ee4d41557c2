// What sockets tell the driver.
import type { Endpoint } from '../network/endpoint.ts';
import type { TransportName } from '../policy/policy.ts';
import type { Flow } from '../sbc/flow.ts';
import type { Broken } from './stream-framer.ts';

export interface TransportUser {
  /** One message more of a source: whether that is not too much. On a stream it is taken, but for a while no further one. */
  admit(flow: Flow): boolean;
  /** Whether a source sent too much, and has still to wait. */
  isSlowed(flow: Flow): boolean;
  /** Whether anything at all is taken from that address there. */
  isWelcome(local: Endpoint, remote: Endpoint, transport: TransportName): boolean;
  /** A datagram that is no keep-alive, or a message of a stream: `data[start, end)`, valid during the call. */
  received(flow: Flow, data: Buffer, start: number, end: number): void;
  /** A connection cannot be read any further; it is closed after this. */
  broken(flow: Flow, why: Broken, data: Buffer, start: number, end: number): void;
  keepAlive(flow: Flow): void;
  /** What the number of a `send` asked for did not happen. */
  sendFailed(send: number, reason: string): void;
  opened(flow: Flow, incoming: boolean): void;
  /** `wasOpen` is false for one that never was there. */
  closed(flow: Flow, reason: string, wasOpen: boolean): void;
  /** A connection was not let in. */
  refused(ip: string, why: 'too-many-connections' | 'too-many-of-source' | 'unknown-source'): void;
}
