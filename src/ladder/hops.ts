// A call's messages → which responses answer a request that the capture does not hold.
import type { FlowMessage } from './flow.ts';

export class Hops {
  /** Hops over which a request goes at any time: a capture may show a response before its request. */
  private readonly requested = new Set<string>();
  private readonly reported = new Set<string>();

  constructor(messages: readonly FlowMessage[]) {
    for (const message of messages) {
      if (message.status === 0) for (const hop of hopsOf(message)) this.requested.add(hop);
    }
  }

  /** True once for each hop and CSeq: for the first response whose request is nowhere. */
  lacksRequest(message: FlowMessage): boolean {
    if (message.status === 0 || message.cseqNumber < 0 || message.cseqMethod === '') return false;
    const hops = hopsOf(message);
    if (hops.some((hop) => this.requested.has(hop) || this.reported.has(hop))) return false;
    this.reported.add(hops[0]);
    return true;
  }
}

/**
 * The hop of a transaction, seen from the side of its request. A response goes back the same way, but not always from
 * or to the same ports (RFC 3261 §18.2.2), so the addresses alone come second.
 */
function hopsOf(message: FlowMessage): [string, string] {
  const request = message.status === 0;
  const from = request ? message.src : message.dst;
  const to = request ? message.dst : message.src;
  const transaction = `${message.cseqNumber} ${request ? message.method : message.cseqMethod}`;
  return [`${from.text} ${to.text} ${transaction}`, `${from.ip} ${to.ip} ${transaction}`];
}
