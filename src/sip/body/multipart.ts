// Multipart bodies as views (RFC 2046 §5.1, RFC 5621): offsets in, a tree of parts out. Nothing is decoded or copied.
import { unfold } from '../text/folding.ts';
import { type MediaType, parseMediaType } from './media-type.ts';

export interface PartHeader {
  /** As spelled. */
  readonly name: string;
  /** Trimmed, folding undone. */
  readonly value: string;
}

export interface MimePart {
  readonly headers: readonly PartHeader[];
  readonly contentType: MediaType;
  /** The octets of the part's content in the `data` of the message. */
  readonly start: number;
  readonly end: number;
  /** The parts within, when it is a multipart itself. */
  readonly parts: readonly MimePart[];
}

export interface MimeBody {
  readonly parts: readonly MimePart[];
  /** What is wrong with the structure, in words. */
  readonly problems: readonly string[];
}

/** The parts of a body of this type at `data[start, end)`: of a multipart its parts, else the body as the only part. */
export function parseBody(data: Buffer, start: number, end: number, contentType: MediaType): MimeBody {
  if (start >= end) return { parts: [], problems: [] };
  if (contentType.type !== 'multipart') {
    return { parts: [{ headers: [], contentType, start, end, parts: [] }], problems: [] };
  }
  const walk: Walk = { data, problems: [], left: MAX_PARTS };
  return { parts: splitParts(walk, start, end, contentType, 1), problems: walk.problems };
}

/** The value of the first header of this name. */
export function partHeader(part: MimePart, name: string): string | undefined {
  const wanted = name.toLowerCase();
  return part.headers.find((header) => header.name.toLowerCase() === wanted)?.value;
}

/** All parts of a tree that are no multipart, in order. */
export function leafParts(parts: readonly MimePart[]): readonly MimePart[] {
  // As most bodies are.
  if (parts.every((part) => part.parts.length === 0)) return parts;
  return parts.flatMap((part) => (part.parts.length > 0 ? leafParts(part.parts) : [part]));
}

interface Walk {
  readonly data: Buffer;
  readonly problems: string[];
  left: number;
}

function splitParts(walk: Walk, start: number, end: number, type: MediaType, depth: number): MimePart[] {
  const boundary = type.params.get('boundary') ?? '';
  if (boundary === '') {
    walk.problems.push('multipart without a boundary');
    return [];
  }
  const delimiters = findDelimiters(walk, start, end, boundary);
  if (delimiters.length === 0) walk.problems.push('boundary is not in the body');
  const parts: MimePart[] = [];
  for (const [index, delimiter] of delimiters.entries()) {
    if (delimiter.closing) return parts;
    if (walk.left-- <= 0) {
      walk.problems.push(`more than ${MAX_PARTS} parts`);
      return parts;
    }
    const next = delimiters[index + 1];
    parts.push(readPart(walk, delimiter.after, Math.max(delimiter.after, next?.before ?? end), type, depth));
  }
  if (delimiters.length > 0) walk.problems.push('closing boundary is missing');
  return parts;
}

interface Delimiter {
  /** Where the line end before the delimiter begins, which belongs to it (RFC 2046 §5.1.1). */
  readonly before: number;
  /** Where the next part begins. */
  readonly after: number;
  readonly closing: boolean;
}

function findDelimiters(walk: Walk, start: number, end: number, boundary: string): Delimiter[] {
  const { data } = walk;
  const mark = Buffer.from(`--${boundary}`);
  const found: Delimiter[] = [];
  for (let at = indexWithin(data, mark, start, end); at >= 0; at = indexWithin(data, mark, at + 1, end)) {
    if (at > start && data[at - 1] !== LF && data[at - 1] !== CR) continue;
    let after = at + mark.length;
    const closing = after + 1 < end && data[after] === HYPHEN && data[after + 1] === HYPHEN;
    if (closing) after += 2;
    while (after < end && (data[after] === SP || data[after] === HT)) after++;
    // A longer boundary may begin with this one: then it is not a line of its own.
    if (after < end && data[after] !== CR && data[after] !== LF) continue;
    found.push({ before: lineEndBefore(data, at, start), after: lineEndAfter(data, after, end), closing });
    if (closing || found.length > MAX_PARTS) break;
  }
  return found;
}

function readPart(walk: Walk, start: number, end: number, parent: MediaType, depth: number): MimePart {
  const { data } = walk;
  const headers: PartHeader[] = [];
  let at = start;
  while (at < end && data[at] !== CR && data[at] !== LF) {
    let stop = lineEnd(data, at, end);
    let next = lineEndAfter(data, stop, end);
    while (next < end && (data[next] === SP || data[next] === HT)) {
      stop = lineEnd(data, next, end);
      next = lineEndAfter(data, stop, end);
    }
    if (headers.length < MAX_HEADERS) headers.push(readHeader(data.toString('utf8', at, stop)));
    at = next;
  }
  at = lineEndAfter(data, at, end);
  const given = headers.find(({ name }) => /^content-type$/i.test(name))?.value;
  // RFC 2046 §5.1, §5.1.5: text/plain unless said, in a digest message/rfc822.
  const contentType = parseMediaType(
    given ?? (parent.subtype === 'digest' ? 'message/rfc822' : 'text/plain'),
  );
  const part = { headers, contentType, start: at, end, parts: [] as MimePart[] };
  if (contentType.type !== 'multipart') return part;
  if (depth >= MAX_DEPTH) walk.problems.push(`multipart nested deeper than ${MAX_DEPTH}`);
  else part.parts = splitParts(walk, at, end, contentType, depth + 1);
  return part;
}

function readHeader(line: string): PartHeader {
  const colon = line.indexOf(':');
  if (colon < 0) return { name: line.trim(), value: '' };
  return { name: line.slice(0, colon).trim(), value: unfold(line.slice(colon + 1).trim()) };
}

function indexWithin(data: Buffer, mark: Buffer, from: number, end: number): number {
  const at = data.subarray(from, end).indexOf(mark);
  return at < 0 ? -1 : from + at;
}

function lineEnd(data: Buffer, at: number, end: number): number {
  while (at < end && data[at] !== CR && data[at] !== LF) at++;
  return at;
}

function lineEndAfter(data: Buffer, at: number, end: number): number {
  if (at < end && data[at] === CR) return at + 1 < end && data[at + 1] === LF ? at + 2 : at + 1;
  return at < end && data[at] === LF ? at + 1 : at;
}

function lineEndBefore(data: Buffer, at: number, start: number): number {
  if (at > start && data[at - 1] === LF) return at - 1 > start && data[at - 2] === CR ? at - 2 : at - 1;
  return at > start && data[at - 1] === CR ? at - 1 : at;
}

const HT = 9;
const LF = 10;
const CR = 13;
const SP = 32;
const HYPHEN = 45;
/** In the whole tree; real bodies hold a handful. */
const MAX_PARTS = 256;
const MAX_DEPTH = 8;
const MAX_HEADERS = 64;
