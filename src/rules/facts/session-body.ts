// What a message says of a session: its description, and whether that counts for certain (RFC 3261 §13.2.1, RFC 3262 §3).
import { HEADER } from '../../sip/header/header-names.ts';
import type { MessageFacts } from './message-facts.ts';
import type { SdpFacts } from './sdp-facts.ts';

/** The session description that a message offers or answers with; one of another disposition is none (RFC 3261 §13.2.1). */
export function sessionDescriptionOf(message: MessageFacts): SdpFacts | undefined {
  const { sip } = message;
  if (sip.bodyStart === sip.bodyEnd) return undefined;
  const disposition = sip.value(HEADER['Content-Disposition']);
  if (disposition !== undefined && !/^session\b/i.test(disposition)) return undefined;
  return message.sdp;
}

/** A 1xx that has to be acknowledged by a PRACK (RFC 3262 §3). */
export function isReliable(message: MessageFacts): boolean {
  return message.status > 100 && message.status < 200 && message.sip.find(HEADER.RSeq) >= 0;
}

/** Its body cannot be read: cut short, not as long as it says, or sealed (guards G7, G8). */
export function isBlind(message: MessageFacts): boolean {
  const { sip } = message;
  if (!message.bodyWhole) return true;
  if (sip.bodyStart === sip.bodyEnd) return false;
  const { contentType } = sip;
  return contentType !== undefined && /pkcs7|encrypted|octet-stream/.test(contentType.name);
}
