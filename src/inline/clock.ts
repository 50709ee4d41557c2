// The clock of the events: milliseconds since 1970 as of the start, then by a clock that nobody sets back.

export interface Clock {
  /** Milliseconds with a fraction, never less than before. */
  now(): number;
}

export function systemClock(): Clock {
  const offset = Date.now() - performance.now();
  return { now: () => offset + performance.now() };
}
