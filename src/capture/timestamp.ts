// Times are whole seconds since the Unix epoch and nanoseconds within the second: exact, and cheap to compare.

export interface Timestamp {
  /** Whole seconds since 1970-01-01T00:00:00Z. */
  readonly seconds: number;
  /** 0 to 999,999,999. */
  readonly nanoseconds: number;
}

/** Negative when `a` is earlier than `b`, 0 when equal, positive when later. */
export function compareTimestamps(a: Timestamp, b: Timestamp): number {
  return a.seconds - b.seconds || a.nanoseconds - b.nanoseconds;
}

/** Milliseconds from `from` to `to` (negative when `to` is earlier), exact to the nanosecond for spans below 100 days. */
export function millisecondsBetween(from: Timestamp, to: Timestamp): number {
  return ((to.seconds - from.seconds) * 1e9 + (to.nanoseconds - from.nanoseconds)) / 1e6;
}

/** ISO 8601 in UTC with nine decimals: `2026-11-21T03:40:00.123456789Z`. */
export function formatTimestamp(time: Timestamp): string {
  return `${secondText(time)}.${String(time.nanoseconds).padStart(9, '0')}Z`;
}

/** The same up to the second: `2026-11-21T03:40:00`. */
export function secondText({ seconds }: Timestamp): string {
  const second = Number.isFinite(seconds) ? Math.min(Math.max(seconds, -MAX_SECONDS), MAX_SECONDS) : 0;
  const slot = second & (SLOTS - 1);
  if (second !== SECONDS[slot]) {
    SECONDS[slot] = second;
    TEXTS[slot] = new Date(second * 1000).toISOString().slice(0, -5);
  }
  return TEXTS[slot];
}

/** The largest second that a JavaScript date can show. */
const MAX_SECONDS = 8_640_000_000_000;

// Packets share their second with neighbours, calls with others that began or ended minutes earlier: the calendar part is worked
// out once for it.
const SLOTS = 1024;
const SECONDS = new Float64Array(SLOTS).fill(Number.NaN);
const TEXTS: string[] = new Array(SLOTS).fill('');
