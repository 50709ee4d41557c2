// What the two hellos of a TLS handshake say: RFC 8446 §4.1.2 and §4.1.3, RFC 5246 §7.4.1.
import { TLS_1_0, TLS_1_3 } from './tls-key-schedule.ts';

export interface ClientHello {
  readonly random: Buffer;
  /** Of the session that it would resume, or made up; empty when there is none. */
  readonly sessionId: Buffer;
  /** RFC 5077: of the session that it would resume; empty when there is none. */
  readonly ticket: Buffer;
}

export interface ServerHello {
  /** The version that the connection has: 0x0304 is TLS 1.3. */
  readonly version: number;
  readonly random: Buffer;
  /** Of the session that is resumed, or that may be; empty when it may not. */
  readonly sessionId: Buffer;
  readonly cipherSuite: number;
  /** RFC 7366. */
  readonly encryptThenMac: boolean;
  /** RFC 7627. */
  readonly extendedMasterSecret: boolean;
  /** Of TLS 1.2 and before: records are compressed (RFC 3749). */
  readonly compressed: boolean;
}

/** Null for what is too short for one. Its octets are copied. */
export function readClientHello(body: Buffer): ClientHello | null {
  if (body.length < 34) return null;
  const hello = { random: Buffer.from(body.subarray(2, 34)), sessionId: EMPTY, ticket: EMPTY };
  if (body.length === 34) return hello;
  let at = 35 + body[34]!;
  if (at + 2 > body.length) return hello;
  hello.sessionId = Buffer.from(body.subarray(35, at));
  at += 2 + body.readUInt16BE(at);
  if (at >= body.length) return hello;
  at += 1 + body[at]!;
  for (const [type, value] of extensions(body, at)) {
    if (type === SESSION_TICKET) hello.ticket = Buffer.from(value);
  }
  return hello;
}

/** RFC 8446 §4.1.3: whether a ServerHello is a HelloRetryRequest, which asks for another ClientHello. */
export function isRetryRequest(body: Buffer): boolean {
  return body.subarray(2, 34).equals(RETRY_RANDOM);
}

/** Null for what is no ServerHello. Its octets are copied. */
export function readServerHello(body: Buffer): ServerHello | null {
  if (body.length < 38) return null;
  const random = Buffer.from(body.subarray(2, 34));
  const at = 35 + body[34]!;
  if (at + 3 > body.length) return null;
  const hello = {
    version: body.readUInt16BE(0),
    random,
    sessionId: Buffer.from(body.subarray(35, at)),
    cipherSuite: body.readUInt16BE(at),
    encryptThenMac: false,
    extendedMasterSecret: false,
    compressed: body[at + 2] !== 0,
  };
  for (const [type, value] of extensions(body, at + 3)) {
    // RFC 8446 §4.2.1: in a ServerHello, the version that is chosen.
    if (type === SUPPORTED_VERSIONS && value.length === 2) hello.version = value.readUInt16BE(0);
    if (type === ENCRYPT_THEN_MAC) hello.encryptThenMac = true;
    if (type === EXTENDED_MASTER_SECRET) hello.extendedMasterSecret = true;
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

const EMPTY: Buffer = Buffer.alloc(0);
const RETRY_RANDOM = Buffer.from('cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c', 'hex');
const ENCRYPT_THEN_MAC = 22;
const EXTENDED_MASTER_SECRET = 23;
const SESSION_TICKET = 35;
const SUPPORTED_VERSIONS = 43;
