// The remote target that a message names (RFC 3261 §8.1.1.8, §12.1).
import type { SipMessage } from '../../sip/message.ts';

/** URI of its Contact; '' when there is none. */
export function contactOf(message: SipMessage): string {
  const { contacts } = message;
  return contacts === '*' || contacts.length === 0 ? '' : contacts[0].uri.text;
}
