// The z9hG4bK that every branch of RFC 3261 begins with (§8.1.1.7): a message without it comes from an older device.
import type { MessageFacts } from '../facts/message-facts.ts';

/** As it must be, in another case (tokens compare without case, §7.3.1), or not at all. */
export type Cookie = 'exact' | 'other-case' | 'none';

/** Of the branch in the topmost Via; 'none' too where there is no branch. Makes no string. */
export function cookieOf({ sip }: MessageFacts): Cookie {
  const { data, branchStart, branchEnd } = sip;
  if (branchStart < 0 || branchEnd - branchStart < COOKIE.length) return 'none';
  let exact = true;
  for (let index = 0; index < COOKIE.length; index++) {
    const octet = data[branchStart + index]!;
    if (octet === COOKIE[index]) continue;
    exact = false;
    if ((octet | 0x20) !== (COOKIE[index]! | 0x20)) return 'none';
  }
  return exact ? 'exact' : 'other-case';
}

/** RFC 3261 §17.2.3: by its branch, the sender follows RFC 2543. */
export function isBeforeRfc3261(message: MessageFacts): boolean {
  return cookieOf(message) === 'none';
}

const COOKIE = Uint8Array.from(Buffer.from('z9hG4bK'));
