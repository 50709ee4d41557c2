// Octets that are no text → lines as hexdump -C has them, no more of them than a screen takes.

/** `    00000000  89 50 4e 47 0d 0a 1a 0a  00 00 00 0d 49 48 44 52  |.PNG........IHDR|`. */
export function* hexDump(octets: Buffer, most = MOST): Generator<string> {
  for (let at = 0; at < octets.length && at < most; at += ROW) {
    const row = octets.subarray(at, Math.min(at + ROW, most));
    const hex = Array.from(row, (octet) => octet.toString(16).padStart(2, '0'));
    const halves = `${hex.slice(0, ROW / 2).join(' ')}  ${hex.slice(ROW / 2).join(' ')}`;
    const text = row.toString('latin1').replace(/[^\x20-\x7e]/g, '.');
    yield `    ${at.toString(16).padStart(8, '0')}  ${halves.padEnd(ROW * 3)}  |${text}|`;
  }
  if (octets.length > most) yield `    … ${octets.length - most} more octets, ${octets.length} in all`;
}

const ROW = 16;
const MOST = 256;
