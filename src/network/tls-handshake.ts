// Octets of TLS handshake records → whole handshake messages (RFC 8446 §4), and what its two hellos say (§4.1.2, §4.1.3; RFC 5246
// §7.4.1). Messages may be longer than a record, and a record may hold several.
import { TLS_1_0, TLS_1_3 } from './tls-key-schedule.ts';

export const HANDSHAKE = { clientHello: 1, serverHello: 2 } as const;

/** The messages of one direction. Only hellos are kept: of others, so many octets are passed over. */
export class HandshakeMessages {
  private pending: Buffer = EMPTY;
  private skipped = 0;

  /** Calls `onHello` with the body of each hello that is whole now: a view. */
  push(octets: Buffer, onHello: (type: number, body: Buffer) => void): void {
    const passed = Math.min(this.skipped, octets.length);
    this.skipped -= passed;
    let data = passed > 0 ? octets.subarray(passed) : octets;
    if (this.pending.length > 0) data = Buffer.concat([this.pending, data]);
    let at = 0;
    while (data.length - at >= 4) {
      const type = data[at]!;
      const length = data.readUIntBE(at + 1, 3);
      const end = at + 4 + length;
      const isHello = (type === HANDSHAKE.clientHello || type === HANDSHAKE.serverHello) && length <= LONGEST;
      if (end > data.length) {
        if (isHello) break;
        this.skipped = end - data.length;
        at = data.length;
        break;
      }
      if (isHello) onHello(type, data.subarray(at + 4, end));
      at = end;
    }
    this.pending = Buffer.from(data.subarray(at));
  }

  /** Octets of a hello that is not whole. */
  get held(): number {
    return this.pending.length;
  }

  /** Octets are missing here: the next begin a message. */
  lose(): void {
    this.pending = EMPTY;
    this.skipped = 0;
  }
}

/** The random of a ClientHello; null when it is too short for one. */
export function clientHelloRandom(body: Buffer): Buffer | null {
  return body.length < 34 ? null : Buffer.from(body.subarray(2, 34));
}

export interface ServerHello {
  /** The version that the connection has: 0x0304 is TLS 1.3. */
  readonly version: number;
  readonly random: Buffer;
  readonly cipherSuite: number;
  /** RFC 7366. */
  readonly encryptThenMac: boolean;
  /** Of TLS 1.2 and before: records are compressed (RFC 3749). */
  readonly compressed: boolean;
}

/** RFC 8446 §4.1.3: whether a ServerHello is a HelloRetryRequest, which asks for another ClientHello. */
export function isRetryRequest(body: Buffer): boolean {
  return body.subarray(2, 34).equals(RETRY_RANDOM);
}

/** Null for what is no ServerHello. */
export function readServerHello(body: Buffer): ServerHello | null {
  if (body.length < 38) return null;
  const random = Buffer.from(body.subarray(2, 34));
  const at = 35 + body[34]!;
  if (at + 3 > body.length) return null;
  const hello = {
    version: body.readUInt16BE(0),
    random,
    cipherSuite: body.readUInt16BE(at),
    encryptThenMac: false,
    compressed: body[at + 2] !== 0,
  };
  for (const [type, value] of extensions(body, at + 3)) {
    // RFC 8446 §4.2.1: in a ServerHello, the version that is chosen.
    if (type === SUPPORTED_VERSIONS && value.length === 2) hello.version = value.readUInt16BE(0);
    if (type === ENCRYPT_THEN_MAC) hello.encryptThenMac = true;
  }
  return hello.version >= TLS_1_0 && hello.version <= TLS_1_3 ? hello : null;
}

function* extensions(body: Buffer, from: number): Generator<[type: number, value: Buffer]> {
  for (let at = from + 2; at + 4 <= body.length; ) {
    const end = at + 4 + body.readUInt16BE(at + 2);
    if (end > body.length) return;
    yield [body.readUInt16BE(at), body.subarray(at + 4, end)];
    at = end;
  }
}

const EMPTY = Buffer.alloc(0);
const RETRY_RANDOM = Buffer.from('cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c', 'hex');
/** Octets of a hello. */
const LONGEST = 64 << 10;
const SUPPORTED_VERSIONS = 43;
const ENCRYPT_THEN_MAC = 22;
