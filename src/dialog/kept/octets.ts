// Octets of a message against text kept from an earlier one, without making a string. Kept text holds one character for
// each octet (latin1), so that comparison is octet by octet (RFC 3261 §8.1.1.4, §17.1.3, §19.3: tags, Call-IDs, branches).

/** The octets as text to keep; '' when the field is absent (`start` is -1). */
export function octetText(data: Buffer, start: number, end: number): string {
  return start < 0 ? '' : (data as SlicedBuffer).latin1Slice(start, end);
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

/** 32 bits of `data[start, end)`: FNV-1a in two lanes, then mixed so that the low bits depend on every octet. */
export function hashOctets(data: Buffer, start: number, end: number): number {
  let even = 0x811c9dc5;
  let odd = end - start;
  let i = start;
  for (; i + 1 < end; i += 2) {
    even = Math.imul(even ^ data[i], 0x01000193);
    odd = Math.imul(odd ^ data[i + 1], 0x01000193);
  }
  if (i < end) even = Math.imul(even ^ data[i], 0x01000193);
  return mixed(even, odd);
}

/** `hashOctets` of kept text. */
export function hashText(text: string): number {
  let even = 0x811c9dc5;
  let odd = text.length;
  let i = 0;
  for (; i + 1 < text.length; i += 2) {
    even = Math.imul(even ^ text.charCodeAt(i), 0x01000193);
    odd = Math.imul(odd ^ text.charCodeAt(i + 1), 0x01000193);
  }
  if (i < text.length) even = Math.imul(even ^ text.charCodeAt(i), 0x01000193);
  return mixed(even, odd);
}

function mixed(even: number, odd: number): number {
  let hash = Math.imul(even ^ (even >>> 15), 0x85ebca6b) ^ Math.imul(odd ^ (odd >>> 13), 0xc2b2ae35);
  hash = Math.imul(hash ^ (hash >>> 15), 0x27d4eb2f);
  return hash ^ (hash >>> 13);
}

/** Half the cost of toString(); every Buffer of Node has it, though its documentation does not. */
interface SlicedBuffer extends Buffer {
  latin1Slice(start: number, end: number): string;
}

const NOT_ASCII = /[^\0-\x7f]/;
