// The parts of a draft's body, each exchanged for another content or taken out (RFC 2046 §5.1). What is not touched stays
// octet by octet, boundaries and headers of parts included.

import { parseMediaType } from '../../sip/body/media-type.ts';
import { type MimePart, parseBody } from '../../sip/body/multipart.ts';
import { HEADER } from '../../sip/header/header-names.ts';
import type { Draft } from './draft.ts';

/** For each part that is no multipart: other content, null for none of it, undefined to leave it. */
export type PartEdit = (part: MimePart, content: Buffer) => Buffer | null | undefined;

export function editParts(draft: Draft, edit: PartEdit): void {
  const { body } = draft;
  if (body.length === 0) return;
  const contentType = parseMediaType(draft.value(HEADER['Content-Type']) ?? '');
  const { parts } = parseBody(body, 0, body.length, contentType);
  if (contentType.type !== 'multipart') {
    const [part] = parts;
    const other = part === undefined ? undefined : edit(part, body);
    if (other === null) removeBody(draft);
    else if (other !== undefined) draft.body = other;
    return;
  }
  const cuts: Cut[] = [];
  findCuts(body, parts, contentType.params.get('boundary') ?? '', edit, cuts);
  if (cuts.length === 0) return;
  const pieces: Buffer[] = [];
  let at = 0;
  for (const { start, end, by } of cuts) {
    pieces.push(body.subarray(at, start), by);
    at = end;
  }
  draft.body = Buffer.concat([...pieces, body.subarray(at)]);
}

interface Cut {
  readonly start: number;
  readonly end: number;
  readonly by: Buffer;
}

function findCuts(
  body: Buffer,
  parts: readonly MimePart[],
  boundary: string,
  edit: PartEdit,
  cuts: Cut[],
): void {
  const mark = `--${boundary}`;
  for (const part of parts) {
    if (part.parts.length > 0) {
      findCuts(body, part.parts, part.contentType.params.get('boundary') ?? '', edit, cuts);
      continue;
    }
    const other = edit(part, body.subarray(part.start, part.end));
    if (other === undefined) continue;
    if (other !== null) {
      cuts.push({ start: part.start, end: part.end, by: other });
      continue;
    }
    // From its delimiter to the next one; without a next one to the end of the content.
    const start = body.lastIndexOf(mark, part.start);
    const next = body.indexOf(mark, part.end);
    if (start >= 0) cuts.push({ start, end: next < 0 ? part.end : next, by: NOTHING });
  }
}

function removeBody(draft: Draft): void {
  draft.body = NOTHING;
  for (const id of ABOUT_BODY) draft.remove(id);
}

const NOTHING = Buffer.alloc(0);
const ABOUT_BODY = [
  HEADER['Content-Type'],
  HEADER['Content-Disposition'],
  HEADER['Content-Encoding'],
  HEADER['Content-Language'],
  HEADER['Content-ID'],
];
