// The names, users and numbers by which a message tells its sender, for lines that nobody defined (rules.md §14).
import { HEADER, type HeaderId } from '../../sip/header/header-names.ts';
import type { SipMessage } from '../../sip/message.ts';
import type { NameAddr } from '../../sip/uri/name-addr.ts';

/** Finds any of them as a whole word; null when the message names nobody. */
export function people(message: SipMessage, party: 'caller' | 'callee'): RegExp | null {
  const words = new Set<string>();
  const add = ({ uri, display }: NameAddr): void => {
    const digits = uri.userText.replace(/[-.() ]/g, '').replace(/^\+/, '');
    if (/^\d+$/.test(digits)) {
      if (digits.length >= MIN_DIGITS) words.add(digits);
    } else words.add(uri.userText);
    words.add(display);
  };
  // Who is called is known to the caller.
  if (party === 'caller' && message.isRequest && message.from !== undefined) add(message.from);
  for (const id of IDENTITIES) message.addresses(id).forEach(add);
  const { contacts } = message;
  if (contacts !== '*') contacts.forEach(add);
  const any = [...words].filter((word) => word.length >= MIN_PART && !NOBODY.has(word.toLowerCase()));
  if (any.length === 0) return null;
  const pattern = any.slice(0, MAX_WORDS).map((word) => word.replace(/[^\w\s-]/g, '\\$&'));
  return new RegExp(`(?<![\\w-])(?:${pattern.join('|')})(?![\\w-])`, 'i');
}

const IDENTITIES: readonly HeaderId[] = [
  HEADER['P-Asserted-Identity'],
  HEADER['P-Preferred-Identity'],
  HEADER['Remote-Party-ID'],
];
const NOBODY: ReadonlySet<string> = new Set(['anonymous', 'unknown', 'unavailable', 'restricted', 'user']);
const MIN_PART = 4;
const MIN_DIGITS = 7;
const MAX_WORDS = 32;
