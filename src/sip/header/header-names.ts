// Header field names: an id for each one of HEADER_REGISTRY, found from a string or from octets without making a string.
// Names are case-insensitive (RFC 3261 §7.3.1); a compact form has the id of the long form (§7.3.3).
import { HEADER_REGISTRY, type HeaderEntry, type HeaderShape } from './header-registry.ts';

/** 1-based index into HEADER_REGISTRY; 0 is a header that is not registered. */
export type HeaderId = number;

export type HeaderName = (typeof HEADER_REGISTRY)[number][0];

export interface HeaderDefinition {
  readonly id: HeaderId;
  /** As the registry spells it. */
  readonly name: string;
  /** The one-letter form, or ''. */
  readonly compact: string;
  readonly shape: HeaderShape;
  /** Document and section that define it. */
  readonly reference: string;
  /** What it is for, in a few words. */
  readonly purpose: string;
}

/** The id of each registered header: `HEADER['Call-ID']`. */
export const HEADER = Object.fromEntries(
  HEADER_REGISTRY.map(([name], index) => [name, index + 1]),
) as Readonly<Record<HeaderName, HeaderId>>;

/** All registered headers; the index is the id, and the entry at 0 stands for every header that is not registered. */
export const HEADERS: readonly HeaderDefinition[] = [
  { id: 0, name: '', compact: '', shape: 'rows', reference: '', purpose: '' },
  ...HEADER_REGISTRY.map(([name, compact, shape, reference, purpose]: HeaderEntry, index) => {
    return { id: index + 1, name, compact, shape, reference, purpose };
  }),
];

/** The id of a header name or compact form in any case, 0 when it is not registered. */
export function headerId(name: string): HeaderId {
  return IDS_BY_NAME.get(name.toLowerCase()) ?? 0;
}

/** Whether commas part the values of this header (RFC 3261 §7.3.1). */
export function isCommaList(id: HeaderId): boolean {
  return HEADERS[id].shape === 'list';
}

/** The id of the header name `data[start, end)`, in which is no control character; 0 when it is not registered. */
export function headerIdAt(data: Uint8Array, words: DataView, start: number, end: number): HeaderId {
  const length = end - start;
  if (length === 1) return COMPACT_IDS[data[start]];
  if (length < 2 || length > LONGEST) return 0;
  // Bit 5 is what tells the cases of a letter apart; it makes nothing of other characters that is in a registered name.
  const isShort = length < 4;
  const first = (isShort ? threeOctets(data, start, length) : words.getInt32(start, true)) | FOLD;
  const last = isShort ? 0 : words.getInt32(end - 4, true) | FOLD;
  let slot = hash(length, first, last);
  for (let id = SLOTS[slot]; id !== 0; id = SLOTS[slot]) {
    if (FIRST[id] === first && LAST[id] === last && LENGTHS[id] === length) {
      if (length <= 8 || isSameWithin(words, start, length, OFFSETS[id])) return id;
    }
    slot = (slot + 1) & MASK;
  }
  return 0;
}

function threeOctets(data: Uint8Array, start: number, length: number): number {
  return data[start] | (data[start + 1] << 8) | (length === 3 ? data[start + 2] << 16 : 0);
}

/** Whether what stands between the first word and the last is the same. */
function isSameWithin(words: DataView, start: number, length: number, letters: number): boolean {
  for (let i = 4; i < length - 4; i += 4) {
    if ((words.getInt32(start + i, true) | FOLD) !== LETTER_WORDS.getInt32(letters + i, true)) return false;
  }
  return true;
}

function hash(length: number, first: number, last: number): number {
  const mixed = Math.imul(first ^ (last << 3) ^ length, 0x9e3779b1);
  return (mixed >>> 20) & MASK;
}

function fillSlots(): void {
  let offset = 0;
  for (const { id, name, compact } of HEADERS) {
    if (id === 0) continue;
    const letters = Buffer.from(name.toLowerCase(), 'latin1');
    LETTERS.set(letters, offset);
    OFFSETS[id] = offset;
    LENGTHS[id] = letters.length;
    offset += letters.length;
    const { length } = letters;
    FIRST[id] = (length < 4 ? threeOctets(letters, 0, length) : letters.readInt32LE(0)) | FOLD;
    LAST[id] = length < 4 ? 0 : letters.readInt32LE(length - 4) | FOLD;
    let slot = hash(length, FIRST[id], LAST[id]);
    while (SLOTS[slot] !== 0) slot = (slot + 1) & MASK;
    SLOTS[slot] = id;
    if (compact !== '') {
      COMPACT_IDS[compact.charCodeAt(0)] = id;
      COMPACT_IDS[compact.toUpperCase().charCodeAt(0)] = id;
    }
  }
}

const MASK = 1023;
const SLOTS = new Uint8Array(MASK + 1);
const COMPACT_IDS = new Uint8Array(256);
const FOLD = 0x20202020;
/** Of each name, in lower case. */
const FIRST = new Int32Array(HEADERS.length);
const LAST = new Int32Array(HEADERS.length);
const LENGTHS = new Uint8Array(HEADERS.length);
const OFFSETS = new Uint16Array(HEADERS.length);
const LONGEST = HEADERS.reduce((longest, { name }) => Math.max(longest, name.length), 0);
const LETTERS = new Uint8Array(HEADERS.reduce((sum, { name }) => sum + name.length, 0));
const LETTER_WORDS = new DataView(LETTERS.buffer);
fillSlots();

const IDS_BY_NAME = new Map<string, HeaderId>(
  HEADERS.slice(1).flatMap(({ id, name, compact }): [string, HeaderId][] =>
    compact === ''
      ? [[name.toLowerCase(), id]]
      : [
          [name.toLowerCase(), id],
          [compact, id],
        ],
  ),
);
