// The lines that belong together: those before the first m= (session level), or an m= and what follows it (media level).
// Everything is read from the octets when asked for, once.
import { type Attribute, parseAttribute } from './attribute.ts';
import { type Bandwidth, parseBandwidth } from './bandwidth.ts';
import { type Connection, parseConnection } from './connection.ts';
import { type Direction, directionOf } from './direction.ts';
import type { SdpLine } from './line.ts';
import { parseRtpmap, rtpmapText } from './rtpmap.ts';

export class Section {
  readonly data: Buffer;
  readonly lines: readonly SdpLine[];

  private attributeList: readonly Attribute[] | undefined;
  private codecs: ReadonlyMap<string, string> | undefined;

  constructor(data: Buffer, lines: readonly SdpLine[]) {
    this.data = data;
    this.lines = lines;
  }

  /** The value of a line. RFC 8866 §9: text is UTF-8 unless a=charset says otherwise. */
  text(line: SdpLine): string {
    return this.data.toString('utf8', line.valueStart, line.valueEnd);
  }

  /** The value of the first line of a type. */
  first(type: string): string | undefined {
    const line = this.lines.find((candidate) => candidate.type === type);
    return line && this.text(line);
  }

  /** The values of all lines of a type, in order. */
  all(type: string): string[] {
    return this.lines.filter((line) => line.type === type).map((line) => this.text(line));
  }

  get attributes(): readonly Attribute[] {
    this.attributeList ??= this.lines
      .filter((line) => line.type === 'a')
      .map((line) => parseAttribute(this.text(line), line));
    return this.attributeList;
  }

  /** The value of the first attribute with this name; '' for a property attribute. */
  attribute(name: string): string | undefined {
    return this.attributes.find((attribute) => attribute.name === name)?.value;
  }

  attributeValues(name: string): string[] {
    return this.attributes.filter((attribute) => attribute.name === name).map((attribute) => attribute.value);
  }

  has(name: string): boolean {
    return this.attribute(name) !== undefined;
  }

  /** a=rtpmap: payload type as text → codec, `opus/48000/2`; the first one counts. */
  get rtpmaps(): ReadonlyMap<string, string> {
    this.codecs ??= rtpmapsOf(this.attributeValues('rtpmap'));
    return this.codecs;
  }

  /** i= */
  get information(): string | undefined {
    return this.first('i');
  }

  get connection(): Connection | undefined {
    const value = this.first('c');
    return value === undefined ? undefined : parseConnection(value);
  }

  /** All of them: a media section may have several (RFC 8866 §5.7). */
  get connections(): Connection[] {
    return this.all('c').map(parseConnection);
  }

  get bandwidths(): Bandwidth[] {
    return this.all('b').map(parseBandwidth);
  }

  /** k=, obsolete (RFC 8866 §5.12). */
  get key(): string | undefined {
    return this.first('k');
  }

  /** What this section itself says; a media section inherits the session's, then sendrecv. */
  get ownDirection(): Direction | undefined {
    return directionOf(this.attributes);
  }
}

function rtpmapsOf(values: readonly string[]): Map<string, string> {
  const maps = new Map<string, string>();
  for (const value of values) {
    const map = parseRtpmap(value);
    if (map === undefined) continue;
    const key = String(map.payloadType);
    if (!maps.has(key)) maps.set(key, rtpmapText(map));
  }
  return maps;
}
