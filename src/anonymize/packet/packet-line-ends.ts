// Line ends and NULs, which keep connections alive, say nothing of anybody: they stay where they are (RFC 5626 §3.5.1).

/** Those of `from[at, end)`, to `to` from `toAt` on. */
export function lineEnds(from: Buffer, to: Buffer, at: number, end: number, toAt: number = at): void {
  for (let i = at; i < end; i++) if (from[i] === CR || from[i] === LF) to[toAt + i - at] = from[i];
}

/** Writes nothing else to `to[at, end)`: readers of a stream of SIP pass over them (RFC 3261 §7.5). */
export function onlyLineEnds(to: Buffer, at: number, end: number): void {
  for (let i = at; i < end; i++) to[i] = (i - at) & 1 ? LF : CR;
}

const CR = 13;
const LF = 10;
