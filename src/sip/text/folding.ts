// Folded header values (RFC 3261 §7.3.1): a line that begins with white space continues the one before, and the
// white space around the fold counts as one space.

/** The value on one line. */
export function unfold(value: string): string {
  if (!LINE_END.test(value)) return value;
  return value
    .split(LINE_END)
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join(' ');
}

const LINE_END = /[\r\n]+/;
