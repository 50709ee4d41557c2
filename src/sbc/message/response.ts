// A response that the SBC gives by itself (RFC 3261 §8.2.6).
import { HEADER } from '../../sip/header/header-names.ts';
import type { SipMessage } from '../../sip/message.ts';
import { statusName } from '../../sip/status.ts';
import { statusLine } from '../../sip/write.ts';
import { OctetWriter, oneLine } from './octet-writer.ts';
import { copyLine } from './received-line.ts';
import { withTag } from './tag.ts';

export interface ResponseOptions {
  /** Else the registered phrase. */
  readonly reason?: string;
  /** For a To without a tag. A 100 needs none (§8.2.6.2). */
  readonly toTag?: string;
  /** In the order they are written, below those that every response has. */
  readonly headers?: readonly (readonly [name: string, value: string])[];
  readonly body?: Buffer;
  readonly contentType?: string;
}

/** `vias`: whole lines, `Via: …`, as the server transaction has them. A header that the request lacks is left out. */
export function makeResponse(
  request: SipMessage,
  vias: readonly string[],
  status: number,
  { reason = statusName(status), toTag = '', headers = [], body, contentType }: ResponseOptions = {},
): Buffer {
  const { fromRow, toRow, callIdRow, cseqRow } = request;
  let head = `${oneLine(statusLine(status, reason))}\r\n`;
  for (const via of vias) head += `${oneLine(via)}\r\n`;
  let tail = '';
  for (const [name, value] of headers) tail += `${oneLine(name)}: ${oneLine(value)}\r\n`;
  if (contentType !== undefined) tail += `Content-Type: ${oneLine(contentType)}\r\n`;
  tail += `Content-Length: ${body?.length ?? 0}\r\n\r\n`;
  const room = 2 * (request.bodyStart - request.start) + 3 * (head.length + tail.length + toTag.length);
  const writer = new OctetWriter(room + (body?.length ?? 0) + ROOM);
  writer.text(head);
  // §8.2.6.2: From, Call-ID and CSeq equal those of the request; so does To, where it has a tag.
  for (const row of [fromRow, toRow, callIdRow, cseqRow]) {
    if (row < 0) continue;
    if (row === toRow && toTag !== '' && request.toTagStart < 0) {
      writer.text(`${request.headerName(row)}: ${oneLine(withTag(request.headerValue(row), toTag))}`);
    } else copyLine(writer, request, row);
    writer.text('\r\n');
  }
  // §8.2.6.1: a 100 gives back the Timestamp of the request.
  const timestamp = status === 100 ? request.find(HEADER.Timestamp) : -1;
  if (timestamp >= 0) {
    copyLine(writer, request, timestamp);
    writer.text('\r\n');
  }
  writer.text(tail);
  if (body !== undefined) writer.copy(body, 0, body.length);
  return writer.octets();
}

/** For the name of To written again, and line ends. */
const ROOM = 64;
