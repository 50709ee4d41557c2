// Base64 in text (RFC 4648 §4, §5) that stands for printable ASCII: tokens of Identity, credentials of Basic.

/** What `data[from, to)`, a run of letters of base64, stands for; undefined when it is no base64 of at least eight printable characters. */
export function printableBase64(data: Buffer, from: number, to: number): Buffer | undefined {
  const length = to - from;
  if (length < SHORTEST || length % 4 === 1) return undefined;
  let bits = 0;
  let held = 0;
  for (let at = from; at < to; at++) {
    held = ((held << 6) | VALUES[data[at]]) & 0xffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    const octet = (held >> bits) & 0xff;
    if (octet < 0x20 || octet > 0x7e) return undefined;
  }
  // Bits that are left over are zero where it is what it seems to be.
  return (held & ((1 << bits) - 1)) === 0
    ? Buffer.from(data.toString('latin1', from, to), 'base64')
    : undefined;
}

/** Writes base64 of `text` to `out[from, to)`, in the alphabet that `data[from, to)` is written in; what pads it stays. */
export function writeBase64(text: Buffer, data: Buffer, out: Buffer, from: number, to: number): void {
  const run = data.subarray(from, to);
  const isUrl = run.includes(HYPHEN) || run.includes(UNDERSCORE);
  const isPlain = run.includes(PLUS) || run.includes(SLASH);
  const base64 = text.toString('base64').slice(0, to - from);
  const url = base64.replaceAll('+', '-').replaceAll('/', '_');
  // Where neither alphabet shows itself, characters of the one for URLs are taken, which are parts of words everywhere.
  out.write(isPlain && !isUrl ? base64 : url, from, 'latin1');
}

export function isBase64(octet: number): boolean {
  return VALUES[octet] !== NO_LETTER;
}

const NO_LETTER = 255;
const SHORTEST = 12;
const PLUS = 43;
const HYPHEN = 45;
const SLASH = 47;
const UNDERSCORE = 95;
const VALUES = new Uint8Array(256).fill(NO_LETTER);
for (const alphabet of ['+/', '-_']) {
  const letters = `ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789${alphabet}`;
  for (const [value, letter] of [...letters].entries()) VALUES[letter.charCodeAt(0)] = value;
}
