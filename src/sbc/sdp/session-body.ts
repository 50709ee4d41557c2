// Where a message has its session description, alone or within a multipart body (RFC 3261 §7.4, §20.11; RFC 5621), and how
// it is exchanged for another with all around it left as it is.

import { parseMediaType } from '../../sip/body/media-type.ts';
import { leafParts, type MimePart, parseBody, partHeader } from '../../sip/body/multipart.ts';
import { HEADER } from '../../sip/header/header-names.ts';
import type { SipMessage } from '../../sip/message.ts';
import type { Draft } from '../message/draft.ts';

/** The octets of the description that the message offers or answers with; undefined when it has none. */
export function sessionBody(message: SipMessage): Buffer | undefined {
  if (message.bodyStart === message.bodyEnd) return undefined;
  const { data } = message;
  const whole = message.value(HEADER['Content-Disposition']) ?? '';
  const parts = leafParts(message.parts());
  const isWhole = message.contentType?.type !== 'multipart';
  const part = parts.find((one) => isSdp(one) && isSession(dispositionOf(one) || (isWhole ? whole : '')));
  return part === undefined ? undefined : data.subarray(part.start, part.end);
}

export interface EditedBodies {
  /** Descriptions that were handed to `edit`. */
  readonly found: number;
  /** Bodies that may hold one and cannot be read: compressed, encoded or sealed. */
  readonly sealed: number;
}

/**
 * Every session description of the draft, of whatever disposition, becomes what `edit` makes of it. Boundaries, headers of
 * parts and other parts stay octet by octet.
 */
export function editSessionBodies(draft: Draft, edit: (description: Buffer) => Buffer): EditedBodies {
  const { body } = draft;
  if (body.length === 0) return { found: 0, sealed: 0 };
  const contentType = parseMediaType(draft.value(HEADER['Content-Type']) ?? '');
  const isEncoded = isCoded(draft.value(HEADER['Content-Encoding']) ?? '');
  const leaves = isEncoded ? [] : leafParts(parseBody(body, 0, body.length, contentType).parts);
  const pieces: Buffer[] = [];
  let at = 0;
  let found = 0;
  let sealed = isEncoded ? 1 : 0;
  for (const part of leaves) {
    if (isSealed(part)) sealed++;
    else if (isSdp(part)) {
      found++;
      pieces.push(body.subarray(at, part.start), edit(body.subarray(part.start, part.end)));
      at = part.end;
    }
  }
  if (found > 0) draft.body = Buffer.concat([...pieces, body.subarray(at)]);
  return { found, sealed };
}

function isSdp({ contentType }: MimePart): boolean {
  return contentType.name === 'application/sdp';
}

/** RFC 3261 §20.11: a description without a disposition is one of the session. */
function isSession(disposition: string): boolean {
  return disposition === '' || /^\s*session\s*(?:;|$)/i.test(disposition);
}

function dispositionOf(part: MimePart): string {
  return partHeader(part, 'Content-Disposition') ?? '';
}

function isSealed(part: MimePart): boolean {
  if (SEALED.test(part.contentType.name)) return true;
  const coding = partHeader(part, 'Content-Transfer-Encoding') ?? 'binary';
  return isSdp(part) && (!PLAIN.test(coding) || isCoded(partHeader(part, 'Content-Encoding') ?? ''));
}

function isCoded(encoding: string): boolean {
  return !/^\s*(?:identity)?\s*$/i.test(encoding);
}

/** RFC 3261 §23: S/MIME that is enveloped, or signed as one piece. */
const SEALED = /^application\/(?:x-)?pkcs7-mime$/;
const PLAIN = /^\s*(?:binary|7bit|8bit)\s*$/i;
