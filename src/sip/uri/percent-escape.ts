// Percent escapes of URIs (RFC 3261 §19.1.2, §19.1.4; RFC 3986 §2.1).

/** The text with every escape taken back, as UTF-8; an escape that is none stays as it is. */
export function decodePercent(text: string): string {
  if (!text.includes('%')) return text;
  return text.replace(ESCAPES, (escapes) => Buffer.from(escapes.replaceAll('%', ''), 'hex').toString('utf8'));
}

/**
 * One spelling for all texts that RFC 3261 §19.1.4 calls equivalent: escapes of characters that are not reserved are
 * taken back, the others get capital letters.
 */
export function normalizePercent(text: string): string {
  if (!text.includes('%')) return text;
  return text.replace(ESCAPE, (octet) => {
    const character = String.fromCharCode(Number.parseInt(octet.slice(1), 16));
    return UNRESERVED.test(character) ? character : octet.toUpperCase();
  });
}

/** Whether every `%` begins an escape. */
export function hasOnlyWholeEscapes(text: string): boolean {
  return !BROKEN_ESCAPE.test(text);
}

const ESCAPE = /%[0-9a-fA-F]{2}/g;
const ESCAPES = /(?:%[0-9a-fA-F]{2})+/g;
const BROKEN_ESCAPE = /%(?![0-9a-fA-F]{2})/;
const UNRESERVED = /[\w\-.!~*'()]/;
