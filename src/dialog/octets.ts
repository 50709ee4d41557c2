// Octets of a message against text kept from an earlier one, without making a string. Kept text holds one character for
// each octet (latin1), so that comparison is octet by octet (RFC 3261 §8.1.1.4, §17.1.3, §19.3: tags, Call-IDs, branches).

/** The octets as text to keep; '' when the field is absent (`start` is -1). */
export function octetText(data: Buffer, start: number, end: number): string {
  return start < 0 ? '' : data.toString('latin1', start, end);
}

/** Kept octets as people read them. */
export function readable(text: string): string {
  return NOT_ASCII.test(text) ? Buffer.from(text, 'latin1').toString('utf8') : text;
}

/** Whether `data[start, end)` is `text`; an absent field equals ''. Identifiers of one sender differ at the end first. */
export function sameOctets(data: Buffer, start: number, end: number, text: string): boolean {
  const length = text.length;
  if (end - start !== length) return start < 0 && length === 0;
  for (let i = length - 1; i >= 0; i--) if (data[start + i] !== text.charCodeAt(i)) return false;
  return true;
}

/** 32 bits of `data[start, end)`: FNV-1a, then mixed so that the low bits depend on every octet. */
export function hashOctets(data: Buffer, start: number, end: number): number {
  let hash = 0x811c9dc5;
  for (let i = start; i < end; i++) hash = Math.imul(hash ^ data[i], 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b);
  return hash ^ (hash >>> 13);
}

/** `hashOctets` of kept text. */
export function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b);
  return hash ^ (hash >>> 13);
}

const NOT_ASCII = /[^\0-\x7f]/;
