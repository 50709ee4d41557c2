// A received message on its way to be sent on: its header lines in order and as they came, edited line by line. What is
// not touched stays a slice of the octets received; what comes out has CRLF at every line end and the Content-Length of
// its body (RFC 3261 §7, §20.14). The message must own its octets while a draft of it is in use.

import { HEADER, HEADERS, type HeaderId, headerId, isCommaList } from '../../sip/header/header-names.ts';
import type { SipMessage } from '../../sip/message.ts';
import { COLUMN, COLUMNS } from '../../sip/scan.ts';
import { listItems } from '../../sip/text/delimited.ts';
import { OctetWriter, oneLine } from './octet-writer.ts';
import { copyLine, hasOddLineEnds, isHeaderField } from './received-line.ts';

export class Draft {
  readonly message: SipMessage;
  /** Content-Length follows it in `octets()`. */
  body: Buffer;

  private lines: Line[] = [];
  private newStartLine: string | null = null;

  constructor(message: SipMessage) {
    this.message = message;
    this.body = message.body;
    for (let row = 0; row < message.headerCount; row++) {
      if (isHeaderField(message, row)) this.lines.push(new Line(message.headerId(row), row, '', ''));
    }
  }

  /** Without its line end. */
  get startLine(): string {
    const { data, start, startLineEnd } = this.message;
    return this.newStartLine ?? data.toString('utf8', start, startLineEnd);
  }

  set startLine(line: string) {
    this.newStartLine = oneLine(line);
  }

  has(id: HeaderId): boolean {
    return this.find(id) >= 0;
  }

  /** The whole value of the first line of this header, as it is now. */
  value(id: HeaderId): string | undefined {
    const index = this.find(id);
    return index < 0 ? undefined : this.valueOf(this.lines[index]);
  }

  /** All values of this header as they are now; lines are cut at commas only where the header is a list (§7.3.1). */
  values(id: HeaderId): string[] {
    const values: string[] = [];
    for (const line of this.lines) {
      if (line.id !== id) continue;
      if (isCommaList(id)) values.push(...listItems(this.valueOf(line)));
      else values.push(this.valueOf(line));
    }
    return values;
  }

  /** The names of all lines as they are now, in order and as spelled. */
  names(): string[] {
    return this.lines.map((line) => this.nameOf(line));
  }

  /** The ids of its headers as they are now, each once; 0 for those that are not registered. */
  ids(): Set<HeaderId> {
    return new Set(this.lines.map(({ id }) => id));
  }

  /** Every line of that header goes. */
  remove(id: HeaderId): this {
    if (this.find(id) >= 0) this.lines = this.lines.filter((line) => line.id !== id);
    return this;
  }

  /** The same for a header by name, also of one that is not registered. */
  removeNamed(name: string): this {
    const id = headerId(name);
    if (id !== 0) return this.remove(id);
    const wanted = name.toLowerCase();
    this.lines = this.lines.filter((line) => line.id !== 0 || this.nameOf(line).toLowerCase() !== wanted);
    return this;
  }

  /** The first line of that header gets this value, further ones go. Where there is none it is added. */
  set(id: HeaderId, value: string): this {
    return this.replaceValues(id, [value]);
  }

  /** A new line above the first of that header, or where there is none below the Vias. */
  addTop(id: HeaderId, value: string): this {
    const first = this.find(id);
    return this.insert(first < 0 ? this.afterVias() : first, id, value);
  }

  /** A new line below the last of that header, or where there is none below all others but those of the body. */
  addLast(id: HeaderId, value: string): this {
    const last = this.lines.findLastIndex((line) => line.id === id);
    return this.insert(last < 0 ? this.aboveBody() : last + 1, id, value);
  }

  /** These values, a line for each, at the place of the first line of that header; all its other lines go. */
  replaceValues(id: HeaderId, values: readonly string[]): this {
    const first = this.find(id);
    if (first < 0) {
      const at = BELONGS_ON_TOP.has(id) ? this.afterVias() : this.aboveBody();
      for (const [index, value] of values.entries()) this.insert(at + index, id, value);
      return this;
    }
    const name = this.nameOf(this.lines[first]);
    if (values.length !== 1 || this.find(id, first + 1) >= 0) {
      const rest = this.lines.slice(first + 1).filter((line) => line.id !== id);
      this.lines.length = first;
      for (const value of values) this.lines.push(new Line(id, MADE, name, oneLine(value)));
      this.lines.push(...rest);
    } else this.lines[first] = new Line(id, MADE, name, oneLine(values[0]));
    return this;
  }

  /** Each line by its id and value in turn: it gets the value that comes back, and goes with null. */
  editLines(edit: (id: HeaderId, value: string) => string | null): this {
    this.lines = this.lines.flatMap((line) => {
      const value = this.valueOf(line);
      const other = edit(line.id, value);
      if (other === value) return line;
      return other === null ? [] : new Line(line.id, MADE, this.nameOf(line), oneLine(other));
    });
    return this;
  }

  /** The message as it is now. The draft may be edited on, and asked again. */
  octets(): Buffer {
    const { message, newStartLine, lines, body } = this;
    const { data, start, startLineEnd, table } = message;
    const writer = new OctetWriter(this.room());
    const lineByLine = hasOddLineEnds(message);
    let hasLength = false;
    // Lines that follow each other in the message are copied at once: those of data[from, to).
    let from = start;
    let to = startLineEnd;
    if (newStartLine !== null) {
      writer.text(`${newStartLine}\r\n`);
      from = to = NOWHERE;
    }
    for (const line of lines) {
      const { row } = line;
      let isLength = false;
      if (line.id === CONTENT_LENGTH) {
        if (hasLength) continue;
        hasLength = true;
        isLength = row === MADE || message.contentLength !== body.length;
      }
      if (row !== MADE && !isLength) {
        const lineStart = table[row * COLUMNS + COLUMN.start];
        if (!lineByLine && to !== NOWHERE && lineStart === to + 2) {
          to = table[row * COLUMNS + COLUMN.lineEnd];
          continue;
        }
        if (to !== NOWHERE) copyRun(writer, data, from, to);
        from = to = NOWHERE;
        if (lineByLine) {
          copyLine(writer, message, row);
          writer.text('\r\n');
        } else {
          from = lineStart;
          to = table[row * COLUMNS + COLUMN.lineEnd];
        }
        continue;
      }
      if (to !== NOWHERE) copyRun(writer, data, from, to);
      from = to = NOWHERE;
      writer.text(`${this.nameOf(line)}: ${isLength ? body.length : line.value}\r\n`);
    }
    if (to !== NOWHERE) copyRun(writer, data, from, to);
    writer.text(hasLength ? '\r\n' : `Content-Length: ${body.length}\r\n\r\n`);
    writer.copy(body, 0, body.length);
    return writer.octets();
  }

  /** More octets than the message can come to. */
  private room(): number {
    const { message } = this;
    // A line end of one octet becomes one of two.
    let room = 2 * (message.bodyStart - message.start) + this.body.length + LENGTH_ROOM;
    room += 3 * (this.newStartLine?.length ?? 0);
    for (const { row, name, value } of this.lines) {
      if (row === MADE) room += 3 * (name.length + value.length) + 4;
    }
    return room;
  }

  private find(id: HeaderId, from = 0): number {
    const { lines } = this;
    for (let index = from; index < lines.length; index++) if (lines[index].id === id) return index;
    return -1;
  }

  private insert(at: number, id: HeaderId, value: string): this {
    this.lines.splice(at, 0, new Line(id, MADE, HEADERS[id].name, oneLine(value)));
    return this;
  }

  private afterVias(): number {
    return this.lines.findLastIndex((line) => line.id === HEADER.Via) + 1;
  }

  /** Above the lines on the body that end the headers. */
  private aboveBody(): number {
    let at = this.lines.length;
    while (at > 0 && ABOUT_BODY.has(this.lines[at - 1].id)) at--;
    return at;
  }

  private nameOf(line: Line): string {
    return line.row === MADE ? line.name : this.message.headerName(line.row);
  }

  private valueOf(line: Line): string {
    return line.row === MADE ? line.value : this.message.headerValue(line.row);
  }
}

/** A row of the message, or a line that was made. */
class Line {
  readonly id: HeaderId;
  readonly row: number;
  readonly name: string;
  readonly value: string;

  constructor(id: HeaderId, row: number, name: string, value: string) {
    this.id = id;
    this.row = row;
    this.name = name;
    this.value = value;
  }
}

function copyRun(writer: OctetWriter, data: Buffer, from: number, to: number): void {
  writer.copy(data, from, to);
  writer.text('\r\n');
}

/** The row of a line that was made. */
const MADE = -1;
/** There is no run of lines to be copied. */
const NOWHERE = -1;
const CONTENT_LENGTH = HEADER['Content-Length'];
/** For `Content-Length` of a message that has none or another, and the empty line. */
const LENGTH_ROOM = 64;
/** RFC 3261 §7.3.1: what proxies need should stand towards the top. */
const BELONGS_ON_TOP: ReadonlySet<HeaderId> = new Set([
  HEADER.Via,
  HEADER.Route,
  HEADER['Record-Route'],
  HEADER['Proxy-Require'],
  HEADER['Max-Forwards'],
  HEADER['Proxy-Authorization'],
]);
const ABOUT_BODY: ReadonlySet<HeaderId> = new Set([
  HEADER['Content-Type'],
  HEADER['Content-Disposition'],
  HEADER['Content-Encoding'],
  HEADER['Content-Language'],
  HEADER['Content-ID'],
  HEADER['MIME-Version'],
  CONTENT_LENGTH,
]);
