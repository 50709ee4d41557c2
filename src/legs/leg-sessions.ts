// The messages of a leg → the session descriptions in them (RFC 3264), and the addresses where they ask for RTP.

import { scanMedia } from '../sdp/scan.ts';
import type { SipMessage } from '../sip/message.ts';
import { METHOD } from '../sip/method.ts';
import type { Leg } from './leg.ts';
import { type SessionTraits, sessionNumber, sessionTraits } from './session-traits.ts';

export function sessionOf(m: SipMessage): SessionTraits | undefined {
  if (m.bodyEnd - m.bodyStart < 8) return undefined;
  const body = m.sdpBody();
  return body === undefined ? undefined : sessionTraits(m.data, body.start, body.end);
}

/** Of what was agreed anew once the capture ran (RFC 3261 §14.1, RFC 3311). */
export function firstSession({ events }: Leg): SessionTraits | undefined {
  for (const { message } of events) {
    const session = message.isRequest ? sessionOf(message) : undefined;
    if (session !== undefined) return session;
  }
  return undefined;
}

/** Session number of the first description that came back, and the packet it came in. */
export function answerOf({ events, initial }: Leg): { session: string; frame: number } | undefined {
  if (initial !== undefined && initial.message.methodId !== METHOD.INVITE) return undefined;
  for (const { message } of events) {
    if (message.isRequest || message.cseqMethodId !== METHOD.INVITE) continue;
    const body = message.bodyEnd - message.bodyStart < 8 ? undefined : message.sdpBody();
    if (body !== undefined)
      return { session: sessionNumber(message.data, body.start, body.end), frame: message.frame };
  }
  return undefined;
}

/** `ip:port` as endpoints are spelled, of either side. */
export function mediaAddresses({ events }: Leg): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { message, retransmissionOf, duplicateOf } of events) {
    if (message.bodyEnd - message.bodyStart < 8 || retransmissionOf > 0 || duplicateOf > 0) continue;
    const body = message.sdpBody();
    if (body === undefined) continue;
    for (const { address, port, im } of scanMedia(message.data, body.start, body.end)) {
      if (im || !(port > 0) || address === '' || found.size >= MOST_ADDRESSES) continue;
      found.add(address.includes(':') ? `[${address.toLowerCase()}]:${port}` : `${address}:${port}`);
    }
  }
  return found;
}

const MOST_ADDRESSES = 16;
