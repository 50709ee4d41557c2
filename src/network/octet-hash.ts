// Octets → 32 bits that tell them apart, quickly: not against somebody who wants two to be the same.

/** Sixteen octets at a time, in four lanes that do not wait for one another; what is left goes octet by octet. */
export function hashOctets(view: DataView, start: number, end: number, seed: number): number {
  let a = seed | 0;
  let b = a ^ 0x85ebca6b;
  let c = a ^ 0xc2b2ae35;
  let d = a ^ 0x27d4eb2f;
  let at = start;
  for (const last = end - 16; at <= last; at += 16) {
    a = mix(a, view.getInt32(at, true));
    b = mix(b, view.getInt32(at + 4, true));
    c = mix(c, view.getInt32(at + 8, true));
    d = mix(d, view.getInt32(at + 12, true));
  }
  let hash = mix(mix(mix(a, b), c), d);
  for (; at < end; at++) hash = mix(hash, view.getUint8(at));
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}

/** Every step can be undone, so that words that differ stay different in their lane. */
function mix(hash: number, word: number): number {
  const product = Math.imul(hash ^ word, 0x9e3779b1);
  return product ^ (product >>> 15);
}
