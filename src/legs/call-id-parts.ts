// A Call-ID → the Call-IDs it may have been made from. Boxes that make one from another put something before it, behind it,
// or in place of its host: `sbc///1-37@192.0.2.1`, `a84b4c76e66710_b2b-1`, `a84b4c76e66710@other.example`.

/** Its own local part first, then what is left when a prefix or a suffix is cut off; none is shorter than SHORTEST. */
export function callIdParts(callId: string): Set<string> {
  const parts = new Set<string>();
  const at = callId.indexOf('@');
  const local = at < 0 ? callId : callId.slice(0, at);
  const add = (part: string) => {
    if (part.length >= SHORTEST && part !== callId) parts.add(part);
  };
  add(local);
  for (let cut = 1; cut < local.length && parts.size < MOST; cut++) {
    if (!SEPARATORS.includes(local[cut])) continue;
    add(local.slice(0, cut));
    add(local.slice(cut + 1));
    if (at >= 0) add(callId.slice(cut + 1));
  }
  return parts;
}

/** What a Call-ID is found by: itself, and its local part where that is long enough to be its own. */
export function callIdNames(callId: string): string[] {
  const local = callId.split('@', 1)[0];
  return local.length >= SHORTEST && local !== callId ? [callId, local] : [callId];
}

const SEPARATORS = '/_-.;:|+=~!';
const SHORTEST = 8;
const MOST = 48;
