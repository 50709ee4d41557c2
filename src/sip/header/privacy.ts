// Privacy (RFC 3323 §4.2): priv-values parted by semicolons; RFC 3325 §9.3 adds `id`, RFC 7044 `history`.

/** The values in lower case, in order. */
export function parsePrivacy(value: string): string[] {
  return value
    .split(/[;,]/)
    .map((item) => item.trim().toLowerCase())
    .filter((item) => item !== '');
}
