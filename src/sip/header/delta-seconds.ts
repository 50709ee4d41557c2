// Whole numbers in headers: `delta-seconds` of Expires and its like (RFC 3261 §25.1), counts, sequence numbers.

/** The number that the digits stand for; undefined when the text is anything but digits. */
export function parseWholeNumber(text: string): number | undefined {
  const trimmed = text.trim();
  return DIGITS.test(trimmed) ? Math.min(Number(trimmed), Number.MAX_SAFE_INTEGER) : undefined;
}

/**
 * Seconds of an Expires header or parameter. RFC 3261 §10.3 (step 6) has a registrar take a malformed value for 3600;
 * whether to do so is for the reader: here it is undefined. Values above 2^32-1 are that (§20.19).
 */
export function parseDeltaSeconds(text: string): number | undefined {
  const number = parseWholeNumber(text);
  return number === undefined ? undefined : Math.min(number, 2 ** 32 - 1);
}

const DIGITS = /^[0-9]+$/;
