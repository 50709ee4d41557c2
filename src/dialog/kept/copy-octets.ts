// Octets from one memory to another. What Buffer.copy does for a short piece is mostly to begin.

/** `from[start, end)` to `to[at]`, which has the room; gives how many they are. */
export function copyOctets(from: Buffer, start: number, end: number, to: Buffer, at: number): number {
  const count = end - start;
  if (count > SHORT) return from.copy(to, at, start, end);
  for (let i = 0; i < count; i++) to[at + i] = from[start + i];
  return count;
}

const SHORT = 64;
