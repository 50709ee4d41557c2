// The lines of a session description on their way into another one: kept octet by octet, or new ones between them.
import type { SdpLine } from '../../sdp/line.ts';
import type { SessionDescription } from '../../sdp/session.ts';

export class LineWriter {
  private readonly sd: SessionDescription;
  private readonly pieces: Buffer[] = [];
  private isOpen = false;
  private readonly lineEnd: string;

  constructor(sd: SessionDescription) {
    this.sd = sd;
    const [first] = sd.allLines;
    const ended = first === undefined || first.end === first.valueEnd;
    // RFC 8866 §5: CRLF, though parsers should take LF; what is new ends as the first line does.
    this.lineEnd = ended ? '\r\n' : sd.data.toString('latin1', first.valueEnd, first.end);
  }

  keep(line: SdpLine): void {
    this.close();
    this.pieces.push(this.sd.data.subarray(line.start, line.end));
    this.isOpen = line.end === line.valueEnd;
  }

  /** A whole line without its end: `s=-`. */
  add(line: string): void {
    this.close();
    this.pieces.push(Buffer.from(`${line}${this.lineEnd}`));
  }

  octets(): Buffer {
    return Buffer.concat(this.pieces);
  }

  /** The last line received may have had no line end. */
  private close(): void {
    if (this.isOpen) this.pieces.push(Buffer.from(this.lineEnd));
    this.isOpen = false;
  }
}
