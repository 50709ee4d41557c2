// A message that leaves a box → the pieces of it that could tell something of the far side: start line, headers, lines of session
// descriptions, other bodies with their transfer encoding undone (rules.md §14).
import { parseAttribute } from '../../sdp/attribute.ts';
import { parseSdp } from '../../sdp/session.ts';
import { leafParts, type MimePart, partHeader } from '../../sip/body/multipart.ts';
import { HEADER, type HeaderId } from '../../sip/header/header-names.ts';
import { type Evidence, rowEvidence, startLineEvidence } from '../evidence.ts';
import { bodyRow, headerRow, type LeakRow, sdpRow } from './leak-table.ts';
import type { MessageFacts } from './message-facts.ts';

export interface LeakPlace {
  /** `Contact`, `c=`, `a=candidate`, `message/sipfrag body`. */
  readonly name: string;
  /** 0 for what is no registered header. */
  readonly header: HeaderId;
  /** Type letter of a line of a session description; ''. */
  readonly sdp: string;
  readonly text: string;
  readonly row: LeakRow;
  evidence(): Evidence;
}

export function leakPlaces(message: MessageFacts): LeakPlace[] {
  return [...headerPlaces(message), ...bodyPlaces(message)];
}

function headerPlaces(message: MessageFacts): LeakPlace[] {
  const { sip } = message;
  const places: LeakPlace[] = [];
  if (message.isRequest)
    places.push({
      name: 'Request-URI',
      header: 0,
      sdp: '',
      text: sip.requestUri,
      row: { header: 'hint', configured: 'hint' },
      evidence: () => startLineEvidence(message),
    });
  for (let row = 0; row < sip.headerCount; row++) {
    const id = sip.headerId(row);
    // A response repeats these of its request (guard G6).
    if (!message.isRequest && REPEATED.has(id)) continue;
    places.push({
      name: sip.headerName(row),
      header: id,
      sdp: '',
      text: sip.headerValue(row),
      row: headerRow(id),
      evidence: () => rowEvidence(message, row),
    });
  }
  return places;
}

function bodyPlaces(message: MessageFacts): LeakPlace[] {
  if (message.truncated || message.sip.bodyStart === message.sip.bodyEnd) return [];
  return leafParts(message.sip.parts()).flatMap((part) => {
    const headers = part.headers.map(({ name, value }) => {
      return place(message, `${name} of a body part`, value, headerRow(HEADER['Content-ID']), part.start);
    });
    if (part.contentType.name === 'application/sdp') return [...headers, ...sdpPlaces(message, part)];
    const row = bodyRow(part.contentType.name);
    if (row === null) return headers;
    return [
      ...headers,
      place(message, `${part.contentType.name} body`, textOf(message, part), row, part.start),
    ];
  });
}

function sdpPlaces(message: MessageFacts, part: MimePart): LeakPlace[] {
  const description = parseSdp(message.sip.data, part.start, part.end);
  return description.allLines.map((line) => {
    const text = description.text(line);
    const attribute = line.type === 'a' ? parseAttribute(text, line).name : '';
    return {
      ...place(
        message,
        attribute === '' ? `${line.type}=` : `a=${attribute}`,
        text,
        sdpRow(line.type, attribute),
        line.start,
      ),
      sdp: line.type,
    };
  });
}

function place(message: MessageFacts, name: string, text: string, row: LeakRow, start: number): LeakPlace {
  return {
    name,
    header: 0,
    sdp: '',
    text,
    row,
    evidence: () => ({
      frame: message.frame,
      kind: /^[a-z]=/.test(name) ? 'sdp' : 'body',
      name: /^[a-z]=/.test(name) ? name.slice(0, 2) : name,
      value: text.slice(0, MAX_VALUE),
      offset: start - message.sip.start,
    }),
  };
}

/** RFC 2045 §6: quoted-printable and base64 undone. */
function textOf(message: MessageFacts, part: MimePart): string {
  const { sip } = message;
  const end = Math.min(part.end, part.start + MAX_BODY);
  const coding =
    partHeader(part, 'Content-Transfer-Encoding') ??
    (part.headers.length === 0 ? sip.value(HEADER['Content-Transfer-Encoding']) : undefined) ??
    '';
  const raw = sip.data.toString('latin1', part.start, end);
  if (/^base64$/i.test(coding.trim())) return Buffer.from(raw, 'base64').toString('latin1');
  if (!/^quoted-printable$/i.test(coding.trim())) return raw;
  return raw
    .replace(/=\r?\n/g, '')
    .replace(/=([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

const REPEATED: ReadonlySet<HeaderId> = new Set([
  HEADER.Via,
  HEADER.From,
  HEADER.To,
  HEADER['Call-ID'],
  HEADER.CSeq,
  HEADER['Record-Route'],
  HEADER.Timestamp,
]);
const MAX_BODY = 65_536;
const MAX_VALUE = 400;
