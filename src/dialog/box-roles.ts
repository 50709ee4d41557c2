// Roles seen only across calls: an address that receives an INVITE and within a second sends one on another Call-ID for the
// same two users is a back-to-back user agent, such as an SBC (RFC 3261 §6, RFC 7092 §3).
import { hashText } from './octets.ts';
import type { OpenCall } from './open-call.ts';

export class BoxRoles {
  /** The last attempt of each pair of users, by a hash of both; a newer one overwrites. */
  private readonly attempts: (Attempt | null)[] = new Array(SLOTS).fill(null);
  private readonly boxes = new Set<string>();
  private readonly limit: number;

  constructor(limit: number) {
    this.limit = limit;
  }

  /** The first INVITE of a call. */
  attempt(call: OpenCall, seconds: number): void {
    const hash = (hashText(userOf(call.from)) ^ Math.imul(hashText(userOf(call.to)), 31)) | 0;
    const before = this.attempts[hash & (SLOTS - 1)];
    if (before !== null && before.hash === hash && Math.abs(seconds - before.seconds) <= 1) {
      const other = before.call;
      // The call may be over by now, and its object another's.
      if (
        before.id === other.id &&
        other !== call &&
        other.dst.ip === call.src.ip &&
        other.src.ip !== call.src.ip
      ) {
        other.says(other.dst, 'b2bua', EVIDENCE);
        call.says(call.src, 'b2bua', EVIDENCE);
        if (this.boxes.size < this.limit) this.boxes.add(call.src.ip);
      }
    }
    if (before === null) this.attempts[hash & (SLOTS - 1)] = { hash, call, id: call.id, seconds };
    else {
      before.hash = hash;
      before.call = call;
      before.id = call.id;
      before.seconds = seconds;
    }
  }

  /** Says of a call that ends what its two ends turned out to be elsewhere. */
  tell(call: OpenCall): void {
    if (this.boxes.size === 0) return;
    if (this.boxes.has(call.src.ip)) call.says(call.src, 'b2bua', EVIDENCE);
    if (this.boxes.has(call.dst.ip)) call.says(call.dst, 'b2bua', EVIDENCE);
  }
}

interface Attempt {
  hash: number;
  call: OpenCall;
  id: number;
  seconds: number;
}

/** `alice` of `sip:alice@example.com`; the whole where there is no user. */
function userOf(uri: string): string {
  const at = uri.indexOf('@');
  return at < 0 ? uri : uri.slice(uri.indexOf(':') + 1, at);
}

const SLOTS = 1024;
const EVIDENCE = 'same users on another Call-ID';
