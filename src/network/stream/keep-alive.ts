// RFC 5626 §3.5.1: a double CRLF keeps a flow alive, a single one answers it.

/** Whether `data[from, to)` is line ends and nothing else, and no more of them than that; also when there is nothing at all. */
export function isCrlfKeepAlive(data: Uint8Array, from = 0, to: number = data.length): boolean {
  for (let at = from; at < to; at++) if (data[at] !== CR && data[at] !== LF) return false;
  return to - from <= 4;
}

const LF = 10;
const CR = 13;
