// Two texts of one message, line by line: what both have as it is, what only the expected one has with -, what only the
// actual one has with +. '' when they are equal.

export function messageDifference(expected: string, actual: string): string {
  if (expected === actual) return '';
  const a = shown(expected);
  const b = shown(actual);
  let first = 0;
  while (first < a.length && first < b.length && a[first] === b[first]) first++;
  let last = 0;
  while (last < Math.min(a.length, b.length) - first && a.at(-1 - last) === b.at(-1 - last)) last++;
  return [
    ...a.slice(0, first).map((line) => `  ${line}`),
    ...a.slice(first, a.length - last).map((line) => `- ${line}`),
    ...b.slice(first, b.length - last).map((line) => `+ ${line}`),
    ...a.slice(a.length - last).map((line) => `  ${line}`),
  ].join('\n');
}

/** A line end that is not CRLF is to be seen. */
function shown(text: string): string[] {
  return text.split('\r\n').map((line) => line.replaceAll('\r', '␍').replaceAll('\n', '␊'));
}
