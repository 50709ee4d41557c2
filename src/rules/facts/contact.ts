// The one Contact of a message that forms or refreshes a dialog (RFC 3261 §8.1.1.8, §12.1).
import type { NameAddr } from '../../sip/uri/name-addr.ts';
import type { MessageFacts } from './message-facts.ts';

/** The first; undefined when there is none. */
export function contactOf({ sip }: MessageFacts): NameAddr | undefined {
  const { contacts } = sip;
  return contacts === '*' ? undefined : contacts[0];
}
