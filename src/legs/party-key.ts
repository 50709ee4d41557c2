// A user of a URI → what is compared across a box: numbers by their last digits, since boxes add and strip prefixes.
import type { SipUri } from '../sip/uri/uri.ts';

/** '' where it says nothing: no user, or one that hides who it is (RFC 3323 §4.1.1.3). */
export function partyKey(uri: SipUri | undefined): string {
  if (uri === undefined) return '';
  const user = uri.userText.split(';', 1)[0].toLowerCase();
  if (HIDDEN.test(user)) return '';
  if (!NUMBER.test(user)) return user;
  return user.replace(/\D/g, '').slice(-TELLING_DIGITS);
}

const HIDDEN = /^(|-|anonymous|unknown|unavailable|restricted|private|withheld|invalid)$/;
const NUMBER = /^\+?[\d\-.() ]{7,}$/;
const TELLING_DIGITS = 9;
