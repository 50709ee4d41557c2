// Octets that were put together from segments → where in their stream they begin, found by what the segments hold of them.
import type { DraftPart } from '../packet/packet-draft.ts';

/**
 * The sequence number of `octets[0]`; null when the segments, which are all that carry some of it, do not show it. What comes first
 * in a stream is asked for first.
 */
export function positionIn(parts: readonly DraftPart[], octets: Buffer): number | null {
  for (const part of parts) {
    const { original } = part;
    for (let at = next(original, octets, part.searched); at >= 0; at = next(original, octets, at + 1)) {
      const position = (part.position + at) | 0;
      if (!parts.every((each) => agrees(each, position, octets))) continue;
      part.searched = at + Math.min(octets.length, original.length - at);
      return position;
    }
  }
  return null;
}

/** Where `original`, from `from` on, holds the beginning of the octets, or ends with some of it; -1 for nowhere. */
function next(original: Buffer, octets: Buffer, from: number): number {
  const head = octets.subarray(0, COMPARED);
  const whole = original.indexOf(head, from);
  if (whole >= 0) return whole;
  for (let at = Math.max(from, original.length - head.length + 1); at < original.length; at++)
    if (original.compare(head, 0, original.length - at, at) === 0) return at;
  return -1;
}

/** Whether the segment holds some of the octets, were they at `position`. */
function agrees(part: DraftPart, position: number, octets: Buffer): boolean {
  const offset = (part.position - position) | 0;
  const from = Math.max(0, offset);
  const to = Math.min(octets.length, offset + part.original.length);
  return from < to && part.original.compare(octets, from, to, from - offset, to - offset) === 0;
}

/** Octets that are looked for before all are compared. */
const COMPARED = 64;
