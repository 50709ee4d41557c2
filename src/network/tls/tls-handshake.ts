// Octets of TLS handshake records → whole handshake messages (RFC 8446 §4; RFC 5246 §7.4). Messages may be longer than a record, and
// a record may hold several.
/** Who says it. */
export type TlsSide = 'client' | 'server';

export const HANDSHAKE = {
  clientHello: 1,
  serverHello: 2,
  newSessionTicket: 4,
  certificate: 11,
  serverKeyExchange: 12,
  certificateRequest: 13,
  serverHelloDone: 14,
  clientKeyExchange: 16,
  certificateStatus: 22,
} as const;

/** A whole handshake message: a view. */
export interface HandshakeMessage {
  readonly type: number;
  readonly body: Buffer;
  /** With its header. */
  readonly octets: Buffer;
}

/** The messages of one direction. Others than `kept` are not put together: so many octets are passed over. */
export class HandshakeMessages {
  private pending: Buffer = EMPTY;
  private skipped = 0;
  private readonly kept: ReadonlySet<number>;

  constructor(kept: ReadonlySet<number>) {
    this.kept = kept;
  }

  /** Calls `onMessage` with each that is whole now. */
  push(octets: Buffer, onMessage: (message: HandshakeMessage) => void): void {
    const passed = Math.min(this.skipped, octets.length);
    this.skipped -= passed;
    let data = passed > 0 ? octets.subarray(passed) : octets;
    if (this.pending.length > 0) data = Buffer.concat([this.pending, data]);
    let at = 0;
    while (data.length - at >= 4) {
      const type = data[at]!;
      const length = data.readUIntBE(at + 1, 3);
      const end = at + 4 + length;
      const isKept = this.kept.has(type) && length <= LONGEST;
      if (end > data.length) {
        if (isKept) break;
        this.skipped = end - data.length;
        at = data.length;
        break;
      }
      if (isKept) onMessage({ type, body: data.subarray(at + 4, end), octets: data.subarray(at, end) });
      at = end;
    }
    this.pending = Buffer.from(data.subarray(at));
  }

  /** Octets of a message that is not whole. */
  get held(): number {
    return this.pending.length;
  }

  /** Octets are missing here: the next begin a message. */
  lose(): void {
    this.pending = EMPTY;
    this.skipped = 0;
  }
}

const EMPTY = Buffer.alloc(0);
/** Octets of a message. */
const LONGEST = 64 << 10;
