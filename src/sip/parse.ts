// Octets in, a message out; null where no start line of SIP can be made of them.
import { Payload } from '../network/payload.ts';
import { SipMessage } from './message.ts';

/** Reads a payload into `message` (a new one unless given). The message is a view: `keep()` what outlives the payload. */
export function parseMessage(payload: Payload, message: SipMessage = new SipMessage()): SipMessage | null {
  return message.read(payload) ? message : null;
}

/** A message made of octets that no packet carried: a file, a test, the body of another message. */
export function messageOf(octets: Buffer | string): SipMessage | null {
  const payload = new Payload();
  payload.data = typeof octets === 'string' ? Buffer.from(octets) : octets;
  payload.end = payload.data.length;
  return parseMessage(payload);
}
