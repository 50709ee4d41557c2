// The way a message came, or is to go: transport, both ends, and the connection where there is one.
import type { Endpoint } from '../network/endpoint.ts';
import type { TransportName } from '../policy/policy.ts';

export interface Flow {
  readonly transport: TransportName;
  /** The SBC's end. */
  readonly local: Endpoint;
  readonly remote: Endpoint;
  /** Number the driver gave the connection; 0: none (UDP), or for sending: an open one to that end, or else a new one. */
  readonly connection: number;
}

/** RFC 3261 §17: over these a message arrives or the sender is told; nothing is sent again. */
export function isReliable(transport: TransportName): boolean {
  return transport !== 'udp';
}
