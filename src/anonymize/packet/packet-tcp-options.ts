// The options of a TCP header without those that may hold addresses, as Multipath TCP's do. Rules: RFC 9293 §3.1, RFC 8684 §3.4.1.

/** Writes those of `from[at, end)` that are about the connection, and no-operations for others, to the same places of `to`. */
export function tcpOptions(from: Buffer, to: Buffer, at: number, end: number): void {
  to.fill(NO_OPERATION, at, end);
  for (let option = at; option < end; ) {
    const kind = from[option];
    const length = kind <= NO_OPERATION ? 1 : from[option + 1];
    if (length === 0 || option + length > end || (length === 1 && kind > NO_OPERATION)) return;
    if (KEPT.has(kind)) from.copy(to, option, option, option + length);
    option += length;
  }
}

const NO_OPERATION = 1;
/** End of the list, maximum segment size, window scale, SACK, timestamps. */
const KEPT: ReadonlySet<number> = new Set([0, 2, 3, 4, 5, 8]);
