// Octets put together in one block that is used again for each message; what comes out is a copy of its own.

export class OctetWriter {
  private readonly block: Buffer;
  private at = 0;

  /** `room`: at least the octets that will be written, three for each character of text. */
  constructor(room: number) {
    this.block = room <= SHARED.length ? SHARED : Buffer.allocUnsafe(room);
  }

  text(text: string): void {
    this.at += this.block.write(text, this.at);
  }

  copy(data: Buffer, start: number, end: number): void {
    this.at += data.copy(this.block, this.at, start, end);
  }

  octets(): Buffer {
    return Buffer.from(this.block.subarray(0, this.at));
  }
}

/** The text on one line: what is taken from a message, or decoded, must never begin a line of its own. */
export function oneLine(text: string): string {
  return LINE_END.test(text) ? text.replaceAll(LINE_ENDS, ' ') : text;
}

const LINE_END = /[\r\n]/;
const LINE_ENDS = /[\r\n]+/g;
const SHARED = Buffer.allocUnsafeSlow(64 * 1024);
