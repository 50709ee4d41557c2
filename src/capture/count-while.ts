// Where something stands in a list that is in order, found by halves.

/** How many of them it holds for: of the first ones, and then of no other. */
export function countWhile<T>(inOrder: readonly T[], holds: (one: T) => boolean): number {
  let low = 0;
  let high = inOrder.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(inOrder[middle]!)) low = middle + 1;
    else high = middle;
  }
  return low;
}
