// Octets looked at four at a time: where does the next one stand that ends a line, or that matters within a value?
// A word of four octets is tested for one below a limit by arithmetic that carries only where there is one.

/** A view on the octets of `data`. Messages of one block share their buffer, so that one view serves thousands of them. */
export function wordsOf(data: Buffer): DataView {
  if (data !== viewed) {
    viewed = data;
    view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  }
  return view;
}

/** The first of `data[at, limit)` that is a control character up to CR, or `limit`. */
export function controlAt(data: Buffer, words: DataView, at: number, limit: number): number {
  for (const last = limit - 4; at <= last; at += 4) {
    const word = words.getInt32(at, true);
    const below = (word - LIMITS) & ~word & HIGH_BITS;
    // The lowest bit set is that of the first octet below the limit.
    if (below !== 0) return at + ((31 - Math.clz32(below & -below)) >> 3);
  }
  while (at < limit && data[at] > CR) at++;
  return at;
}

/** The first of `data[at, limit)` that is `octet`, or `limit`. */
export function octetAt(data: Buffer, words: DataView, at: number, limit: number, octet: number): number {
  const each = Math.imul(octet, 0x01010101);
  for (const last = limit - 4; at <= last; at += 4) {
    const word = words.getInt32(at, true) ^ each;
    const found = (word - 0x01010101) & ~word & HIGH_BITS;
    if (found !== 0) return at + ((31 - Math.clz32(found & -found)) >> 3);
  }
  while (at < limit && data[at] !== octet) at++;
  return at;
}

const CR = 13;
/** CR + 1 in each octet. */
const LIMITS = 0x0e0e0e0e;
const HIGH_BITS = 0x80808080;

let viewed: Buffer = Buffer.alloc(0);
let view = new DataView(viewed.buffer, 0, 0);
