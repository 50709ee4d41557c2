// A text that is kept for long, without what it was cut from or put together of: a part of a header holds on to all of the
// header otherwise, and a joined text to its parts.

/** The same text; what comes from the wire has no halves of surrogate pairs. */
export function ownText(text: string): string {
  return Buffer.from(text).toString();
}
