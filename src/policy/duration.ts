// `4s`, `200ms`, `15min`, `24h` ↔ milliseconds.

/** undefined when the text is no duration. */
export function parseDuration(text: string): number | undefined {
  const match = DURATION.exec(text);
  if (match === null) return undefined;
  const milliseconds = Number(match[1]) * UNITS.get(match[2])!;
  return Number.isSafeInteger(milliseconds) ? milliseconds : undefined;
}

/** In the largest unit that gives a whole number. */
export function formatDuration(milliseconds: number): string {
  if (milliseconds === 0) return '0s';
  for (const [unit, size] of UNITS) if (milliseconds % size === 0) return `${milliseconds / size}${unit}`;
  return `${milliseconds}ms`;
}

export const DURATION = /^([0-9]{1,12})(d|h|min|s|ms)$/;
const UNITS: ReadonlyMap<string, number> = new Map([
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1000],
  ['ms', 1],
]);
