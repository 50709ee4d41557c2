// A session description that came in at one side of a box, with what left at the other: an offer or an answer in whatever
// carried it (RFC 3264; INVITE, its responses and ACK, UPDATE, PRACK).
import type { CrossedRequest } from './crossed-request.ts';
import type { MessageFacts } from './message-facts.ts';
import type { SdpFacts } from './sdp-facts.ts';

export interface CrossedSdp {
  readonly received: SdpFacts;
  /** The message that went on; undefined in it when it carries none. */
  readonly message: MessageFacts;
  readonly sent: SdpFacts | undefined;
  /** From the caller's side to the callee's. */
  readonly fromCaller: boolean;
  /** In a request that brings an offer; else an answer, or an offer in a response. */
  readonly inRequest: boolean;
  readonly request: CrossedRequest;
}

/** In capture order of what came in. */
export function crossedDescriptions(requests: readonly CrossedRequest[]): CrossedSdp[] {
  const all: CrossedSdp[] = [];
  for (const request of requests) {
    const { received, sent, fromCaller, responses } = request;
    if (sent === undefined) continue;
    add(all, received.request!, sent.request!, fromCaller, true, request);
    for (const { received: before, sent: after } of responses) {
      if (before !== undefined) add(all, before, after, !fromCaller, false, request);
    }
  }
  return all;
}

function add(
  all: CrossedSdp[],
  before: MessageFacts,
  message: MessageFacts,
  fromCaller: boolean,
  inRequest: boolean,
  request: CrossedRequest,
): void {
  const received = before.sdp;
  if (received === undefined || message.truncated) return;
  all.push({ received, message, sent: message.sdp, fromCaller, inRequest, request });
}
