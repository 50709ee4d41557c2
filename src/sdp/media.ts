// m= and what follows it (RFC 8866 §5.14).
import type { Connection } from './connection.ts';
import type { Direction } from './direction.ts';
import type { SdpLine } from './line.ts';
import { Section } from './section.ts';

export class MediaDescription extends Section {
  /** `audio`, `video`, `message`, … as spelled; '' when missing. */
  readonly media: string;
  /** NaN when it is no number up to 65535. */
  readonly port: number;
  /** 1 unless `port/count` says more. */
  readonly portCount: number;
  readonly protocol: string;
  /** Payload types for RTP; `*` for MSRP; a SIP URI or `null` for IM over SIP. */
  readonly formats: readonly string[];
  /** The m= line itself. */
  readonly line: SdpLine;

  private readonly session: Section;

  constructor(data: Buffer, lines: readonly SdpLine[], session: Section) {
    super(data, lines);
    this.line = lines[0];
    this.session = session;
    const [media = '', ports = '', protocol = '', ...formats] = this.text(this.line).trim().split(/ +/);
    const slash = ports.indexOf('/');
    this.media = media;
    this.port = decimal(slash < 0 ? ports : ports.slice(0, slash), 65_535);
    this.portCount = slash < 0 ? 1 : decimal(ports.slice(slash + 1), 65_535);
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

function decimal(digits: string, max: number): number {
  if (!/^\d{1,9}$/.test(digits)) return Number.NaN;
  const value = Number(digits);
  return value <= max ? value : Number.NaN;
}
