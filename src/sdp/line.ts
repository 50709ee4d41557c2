// Octets of a session description → its lines, by offset. Line ends may be CRLF (RFC 8866 §5), LF or CR; all are kept.

/** One line. Offsets are absolute in the buffer it was cut from. */
export interface SdpLine {
  /** The type letter; '' when the line is not `<letter>=…`. */
  readonly type: string;
  readonly start: number;
  /** The value is `[valueStart, valueEnd)`; for a line without type it is the whole line. */
  readonly valueStart: number;
  readonly valueEnd: number;
  /** First octet after the line end; equals `valueEnd` when the last line has none. */
  readonly end: number;
}

/**
 * Cuts `data[start, end)`. The lines cover every octet, in order. More than MAX_LINES lines are not told apart: the last
 * one then covers the rest and has no type.
 */
export function cutLines(data: Buffer, start: number, end: number): SdpLine[] {
  const lines: SdpLine[] = [];
  let at = start;
  while (at < end) {
    if (lines.length === MAX_LINES) {
      lines.push({ type: '', start: at, valueStart: at, valueEnd: end, end });
      break;
    }
    let stop = at;
    while (stop < end && data[stop] !== LF && data[stop] !== CR) stop++;
    const crlf = stop + 1 < end && data[stop] === CR && data[stop + 1] === LF;
    const next = stop === end ? end : stop + (crlf ? 2 : 1);
    const typed = stop - at >= 2 && data[at + 1] === EQUALS && isLetter(data[at]);
    lines.push({
      type: typed ? LETTERS[data[at] & 0x7f] : '',
      start: at,
      valueStart: typed ? at + 2 : at,
      valueEnd: stop,
      end: next,
    });
    at = next;
  }
  return lines;
}

function isLetter(octet: number): boolean {
  const lower = octet | 0x20;
  return lower >= 0x61 && lower <= 0x7a;
}

/** Far above any real description (the largest WebRTC ones have some thousand lines). */
export const MAX_LINES = 8192;

const CR = 13;
const LF = 10;
const EQUALS = 61;
const LETTERS = Array.from({ length: 128 }, (_, code) => String.fromCharCode(code));
