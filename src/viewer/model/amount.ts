// A number with the noun that it counts.

/** `1 call`, `2 calls`. */
export function amount(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
