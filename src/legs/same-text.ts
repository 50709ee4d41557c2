// Text that many legs have alike (what a phone calls itself, what its descriptions offer) is held once for all that wait.

/** The same text, as it was seen before where it was. */
export function sameText(text: string): string {
  const before = KNOWN.get(text);
  if (before !== undefined) return before;
  if (KNOWN.size === MOST) KNOWN.clear();
  KNOWN.set(text, text);
  return text;
}

const KNOWN = new Map<string, string>();
const MOST = 256;
