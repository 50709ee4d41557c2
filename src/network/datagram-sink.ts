// Where payloads that look like SIP go, each whole, whatever carried it.
import { OUTCOME, type Outcome } from './outcome.ts';
import type { Payload } from './payload.ts';

/** True when a message was made of the payload; the octets are valid only during the call. */
export type DatagramSink = (payload: Payload) => boolean;

/** Hands it on; what its packet is to settle as comes back. */
export function handOn(sink: DatagramSink, payload: Payload): Outcome {
  if (!sink(payload)) return OUTCOME['sip-malformed'];
  return payload.duplicateOf > 0 ? OUTCOME['sip-duplicate'] : OUTCOME.sip;
}
