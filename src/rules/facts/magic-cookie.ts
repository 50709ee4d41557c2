// What tells a peer of RFC 3261 from one of RFC 2543: branches that begin with the magic cookie (RFC 3261 §8.1.1.7).
import type { MessageFacts } from './message-facts.ts';

/** Of the topmost Via; without case, as tokens compare. */
export function hasMagicCookie({ sip }: MessageFacts): boolean {
  return /^z9hG4bK/i.test(sip.branch);
}
