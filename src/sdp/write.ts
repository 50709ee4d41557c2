// A session description → octets. Without changes it gives back exactly the octets that were parsed.
import type { SdpLine } from './line.ts';
import type { SessionDescription } from './session.ts';

/** For a line: undefined keeps its octets; text replaces the value; null leaves the line out. */
export type LineEdit = (line: SdpLine, sd: SessionDescription) => string | null | undefined;

export function writeSdp(sd: SessionDescription, edit?: LineEdit): Buffer {
  const pieces: Buffer[] = [];
  for (const line of sd.allLines) {
    const replacement = edit?.(line, sd);
    if (replacement === undefined) pieces.push(sd.data.subarray(line.start, line.end));
    else if (replacement !== null) {
      pieces.push(sd.data.subarray(line.start, line.valueStart));
      pieces.push(Buffer.from(replacement, 'utf8'));
      pieces.push(sd.data.subarray(line.valueEnd, line.end));
    }
  }
  return Buffer.concat(pieces);
}
