// The media of a call record: each line of both sides' sessions, the caller's first.
import type { CallMedia } from '../call.ts';
import type { Session } from '../session/session.ts';
import { JsonPiece } from './json-piece.ts';
import type { JsonText } from './json-text.ts';

/** Writes the lines, comma between them. */
export function appendMedia(json: JsonText, caller: Session | null, callee: Session | null): void {
  const lines = caller === null ? 0 : appendSession(json, caller, 'caller', 0);
  if (callee !== null) appendSession(json, callee, 'callee', lines);
}

/** The number of lines so far. */
function appendSession(json: JsonText, session: Session, side: CallMedia['side'], before: number): number {
  const { shape } = session;
  if (shape === null) {
    let count = before;
    for (const one of session.media(side)) appendLine(json, one, count++ > 0);
    return count;
  }
  if (before > 0) json.piece(COMMA);
  json
    .piece(side === 'caller' ? CALLER : CALLEE)
    .piece(shape.before)
    .raw(session.address);
  json.piece(PORT).number(session.port).piece(shape.after);
  return before + 1;
}

function appendLine(json: JsonText, one: CallMedia, isNext: boolean): void {
  if (isNext) json.piece(COMMA);
  json
    .piece(one.side === 'caller' ? CALLER : CALLEE)
    .raw(',"media":')
    .string(one.media);
  json.raw(',"protocol":').string(one.protocol).raw(',"codecs":').list(one.codecs, appendText);
  json.raw(',"address":').string(one.address).raw(',"port":').number(one.port);
  json.raw(',"direction":"').raw(one.direction).raw('","im":').boolean(one.im).raw('}');
}

function appendText(json: JsonText, one: string): void {
  json.string(one);
}

const COMMA = new JsonPiece(',');
const CALLER = new JsonPiece('{"side":"caller"');
const CALLEE = new JsonPiece('{"side":"callee"');
const PORT = new JsonPiece('","port":');
