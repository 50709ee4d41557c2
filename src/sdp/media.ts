// m= and what follows it (RFC 8866 §5.14).
import type { Connection } from './connection.ts';
import type { Direction } from './direction.ts';
import type { SdpLine } from './line.ts';
import { type MediaLine, parseMediaLine } from './media-line.ts';
import { Section } from './section.ts';

export class MediaDescription extends Section implements MediaLine {
  readonly media: string;
  readonly port: number;
  readonly portCount: number;
  readonly protocol: string;
  readonly formats: readonly string[];
  /** The m= line itself. */
  readonly line: SdpLine;

  private readonly session: Section;

  constructor(data: Buffer, lines: readonly SdpLine[], session: Section) {
    super(data, lines);
    this.line = lines[0];
    this.session = session;
    const { media, port, portCount, protocol, formats } = parseMediaLine(this.text(this.line));
    this.media = media;
    this.port = port;
    this.portCount = portCount;
    this.protocol = protocol;
    this.formats = formats;
  }

  /** RFC 3264 §6: port 0 refuses or removes the stream. (A bundle-only section has port 0 too: RFC 9143 §6.) */
  get rejected(): boolean {
    return this.port === 0 && !this.has('bundle-only');
  }

  get direction(): Direction {
    return this.ownDirection ?? this.session.ownDirection ?? 'sendrecv';
  }

  /** Its own c=, or the session's (RFC 8866 §5.7). */
  get effectiveConnection(): Connection | undefined {
    return this.connection ?? this.session.connection;
  }

  /** '' when neither level has a c=. */
  get address(): string {
    return this.effectiveConnection?.address ?? '';
  }

  get mid(): string | undefined {
    return this.attribute('mid');
  }
}
