// `2026-11-22T18:32:04.5Z` in text (RFC 3339 §5.6), or the date alone.

/** The offset after the date that begins at `at`, 0 when none does. */
export function dateEnd(data: Buffer, at: number, to: number): number {
  const found = DATE.exec(data.toString('latin1', at, Math.min(to, at + LONGEST)));
  return found === null ? 0 : at + found[0].length;
}

const LONGEST = 40;
const DATE =
  /^[0-9]{4}-[01][0-9]-[0-3][0-9](?:T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,9})?(?:Z|[+-][0-9]{2}:[0-9]{2})?)?(?![0-9A-Za-z])/i;
