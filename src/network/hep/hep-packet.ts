// What a HEP packet says of the message in it. One object is filled again for every packet.

import type { HepFacts } from '../passage.ts';
import { NO_ID } from '../tunnel/tunnel-path.ts';
import { HepChunks } from './hep-chunks.ts';

export class HepPacket {
  /** Where what is said in chunks was read from. */
  readonly chunks = new HepChunks();
  /** Of the inner addresses: 4 or 6. */
  version: 4 | 6 = 4;
  /** Source and destination address (8 or 32 octets), then at ENDS_PORTS the two ports, as in the headers of a packet. */
  readonly ends: Buffer = Buffer.alloc(ENDS_PORTS + 4);
  /** Number of the IP protocol, or what agents put there for TLS and WebSocket. */
  protocol = 0;
  /** Number of the capture agent; NO_ID when it says none. */
  agent = NO_ID;
  /** 1, 2 or 3. */
  hepVersion = 3;
  /** By which the agent relates what belongs to one call, and its own name; '' when it says none. */
  correlationId = '';
  node = '';
  /** When the agent saw the message, by its own clock; NaN when it does not say, or says 1970. */
  seconds = Number.NaN;
  nanoseconds = 0;
  /** The message: `data[start, end)`. */
  data: Buffer = EMPTY;
  start = 0;
  end = 0;
  /** The capture cut the message short. */
  cut = false;

  /** What the agent says of the message. */
  get facts(): HepFacts {
    const { hepVersion: version, agent, correlationId, node } = this;
    return { version, agent: agent === NO_ID ? null : agent, correlationId, node };
  }

  clear(): void {
    this.protocol = 0;
    this.ends.fill(0);
    this.agent = NO_ID;
    this.hepVersion = 3;
    this.correlationId = '';
    this.node = '';
    this.seconds = Number.NaN;
    this.nanoseconds = 0;
    this.data = EMPTY;
    this.start = this.end = 0;
    this.cut = false;
  }
}

export const ENDS_PORTS = 32;
const EMPTY = Buffer.alloc(0);
