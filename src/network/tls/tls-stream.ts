// The octets of one direction of a TLS connection, in order → what was said in it, for the consumer that its first octets call for.
// Records: RFC 8446 §5.1. When their protection begins: RFC 8446 §2, RFC 5246 §7.1.
import type { DiagnosticSink } from '../../capture/diagnostic.ts';
import { OUTCOME, type Outcome, type OutcomeLedger } from '../outcome.ts';
import { Payload } from '../payload.ts';
import { carrierOf } from '../stream/stream-carrier.ts';
import type { Buffering, StreamRoom } from '../stream/stream-room.ts';
import { FrameSpans } from '../stream/stream-spans.ts';
import type { OpenStream, StreamConsumer, TcpDirection } from '../tcp/tcp-consumer.ts';
import type { TlsConnection } from './tls-connection.ts';
import { HandshakeMessages, type TlsSide } from './tls-handshake.ts';
import type { OpenedRecord, RecordCipher } from './tls-record-cipher.ts';

export interface TlsStreamOptions {
  readonly ledger: OutcomeLedger;
  readonly onDiagnostic: DiagnosticSink;
  /** Opens what takes what is said in a direction. */
  readonly openContent: OpenStream;
  /** For octets of records and hellos that are not whole, of all streams. */
  readonly room: StreamRoom;
}

export class TlsStream implements StreamConsumer, Buffering {
  private readonly direction: TcpDirection;
  private readonly connection: TlsConnection;
  private readonly options: TlsStreamOptions;
  private readonly handshake: HandshakeMessages;
  private readonly spans: FrameSpans;
  private readonly payload = new Payload();
  private side: TlsSide | null = null;
  /** What is not consumed yet, and where it begins, counted from the first octet of the stream. */
  private pending: Buffer = EMPTY;
  private offset = 0;
  /** Where a record begins is known. */
  private synced = true;
  /** Records may be missing before the next. */
  private unsure = false;
  /** Those in use and after it; null while nothing is protected. */
  private ciphers: RecordCipher[] | null = null;
  private laterCiphers: Iterator<RecordCipher> | null = null;
  private failures = 0;
  /** What is said is nothing that is read. */
  private isOther = false;
  private guesses = 0;
  private readonly goesOn = () => this.walk();
  /** Undefined until application data came; null when nothing takes it any more. */
  private content: StreamConsumer | null | undefined;
  /** What the room was told that this takes. */
  private charged = 0;
  /** Its place in the line of streams that buffer. */
  ahead: Buffering | null = null;
  behind: Buffering | null = null;
  inLine = false;

  constructor(direction: TcpDirection, connection: TlsConnection, options: TlsStreamOptions) {
    this.direction = direction;
    this.connection = connection;
    this.options = options;
    this.handshake = new HandshakeMessages(connection.kept);
    this.spans = new FrameSpans(options.ledger);
  }

  data(payload: Payload, more: boolean): boolean {
    const { data, start, end } = payload;
    const octets = data.subarray(start, end);
    if (this.isOther) {
      this.passOver(payload, more);
      return true;
    }
    const from = this.offset + this.pending.length;
    this.spans.add(payload, from, from + octets.length, more, OUTCOME.tls);
    this.pending = this.pending.length === 0 ? Buffer.from(octets) : Buffer.concat([this.pending, octets]);
    this.walk();
    if (this.isOther) this.lose(this.pending.length, OUTCOME['not-sip']);
    if (this.pending.length > MOST_PENDING || (this.ciphers === null && this.spans.count > MOST_PACKETS))
      this.connection.locked = true;
    if (this.connection.locked) this.close();
    this.charge();
    // The room may have been taken from the other direction just now.
    if (this.connection.locked) this.close();
    return !this.connection.locked;
  }

  /** There is no need to decrypt what is not read. */
  private passOver(payload: Payload, more: boolean): void {
    const to = this.offset + payload.end - payload.start;
    this.spans.add(payload, this.offset, to, more, OUTCOME['not-sip']);
    this.offset = to;
    this.spans.settleBefore(to);
  }

  /** The record that octets are missing of is lost. */
  gap(octets: number): void {
    if (this.isOther) {
      this.offset += octets;
      return;
    }
    if (this.side === null || (this.connection.hello === null && this.ciphers === null))
      this.connection.locked = true;
    this.lose(this.pending.length, OUTCOME['tcp-gap']);
    this.offset += octets;
    this.handshake.lose();
    this.connection.missed();
    this.unsync();
    this.content?.gap(octets);
  }

  end(): void {
    // Secrets that it waited for may be known by now.
    this.walk();
    this.close();
    this.charge();
  }

  /** Others need the room more: nothing of the connection is decrypted any more. */
  giveUp(): void {
    this.connection.locked = true;
    this.options.onDiagnostic({
      code: 'tls/buffer-full',
      severity: 'warning',
      message:
        'Too much is held for TLS records that are not whole: this connection is not decrypted any further',
      frames: this.spans.framesOf(0, Number.POSITIVE_INFINITY),
    });
    this.close();
    this.charge();
  }

  private close(): void {
    this.content?.end();
    this.content = null;
    if (this.ciphers === null) this.connection.locked = true;
    this.lose(this.pending.length, this.connection.locked ? OUTCOME['tls-no-keys'] : OUTCOME['tcp-gap']);
    if (this.connection.locked) this.spans.mark(0, this.offset, OUTCOME['tls-no-keys']);
    this.spans.settleAll();
    this.handshake.lose();
  }

  private charge(): void {
    const ofBoth = this.side === 'client' ? this.connection.held : 0;
    const total = this.pending.length + this.handshake.held + ofBoth;
    const change = total - this.charged;
    if (change === 0) return;
    this.charged = total;
    this.options.room.account(this, change, total);
  }

  /** Takes all records that are whole. */
  private walk(): void {
    while (!this.connection.locked && !this.isOther) {
      if (!this.synced && !this.resync()) return;
      if (this.pending.length < HEADER) return;
      const length = recordLength(this.pending, 0);
      if (length === NO_RECORD) this.unsync();
      else if (this.pending.length < length) return;
      else if (!this.record(this.pending.subarray(0, length))) return;
    }
  }

  /** False: it has to wait for the other direction. */
  private record(record: Buffer): boolean {
    const { connection } = this;
    const type = record[0]!;
    if (this.ciphers !== null) return this.sealed(record);
    if (type === CONTENT.application) {
      if (connection.hello === null) return this.waits();
      return connection.isTls13 ? this.sealed(record) : this.unannounced();
    }
    if (type === CONTENT.handshake) this.handshakes(record.subarray(HEADER));
    // RFC 8446 §5: in TLS 1.3 it says nothing.
    if (type === CONTENT.changeCipherSpec && !connection.isTls13) {
      if (connection.hello === null || !this.protect()) return this.waits();
    }
    this.consume(record.length);
    return true;
  }

  /** Application data, and nothing said that it would be protected: that is missing, or this is no TLS that is read. */
  private unannounced(): boolean {
    if (!this.unsure || !this.protect()) this.connection.locked = true;
    return true;
  }

  private sealed(record: Buffer): boolean {
    if (this.ciphers === null && !this.protect()) return this.waits();
    if (this.connection.locked) return false;
    const { length } = record;
    const opened = this.open(record);
    if (opened !== null) {
      this.failures = 0;
      this.unsure = false;
      this.take(opened, length);
      this.consume(length);
    } else if (this.unsure) {
      // It only looked like a record.
      this.lose(1, OUTCOME['tcp-gap']);
      this.unsync();
    } else {
      this.failed(length);
      this.consume(length);
    }
    return true;
  }

  private take({ type, content }: OpenedRecord, length: number): void {
    if (type === CONTENT.application && content.length > 0) this.deliver(content, length);
    // RFC 5246 §7.4.1: before TLS 1.3, a connection may be negotiated anew under the protection it has.
    if (this.connection.isTls13) return;
    if (type === CONTENT.handshake) this.handshakes(content);
    if (type === CONTENT.changeCipherSpec && !this.protect()) this.connection.locked = true;
  }

  private handshakes(octets: Buffer): void {
    this.handshake.push(octets, (message) => {
      this.side = this.connection.took(message, this.side);
    });
  }

  /** Waits for what the other direction says; without hellos there is nothing to wait for. */
  private waits(): boolean {
    if (this.side === null) this.connection.locked = true;
    this.connection.onNews(this.goesOn);
    return false;
  }

  /** What follows is protected. False while the other direction has to say how. */
  private protect(): boolean {
    const ciphers = this.side === null ? null : this.connection.ciphers(this.side);
    if (ciphers === null && this.side !== null) return false;
    this.laterCiphers = ciphers;
    this.ciphers = [];
    if (this.cipherAt(0) === undefined) this.connection.locked = true;
    return true;
  }

  private cipherAt(index: number): RecordCipher | undefined {
    const { ciphers, laterCiphers } = this;
    while (ciphers!.length <= index) {
      const next = laterCiphers?.next();
      if (next === undefined || next.done) return undefined;
      ciphers!.push(next.value);
    }
    return ciphers![index];
  }

  /** With the key in use or one that comes into use; after a gap, as if some records had been lost. */
  private open(record: Buffer): OpenedRecord | null {
    // RFC 8446 §5.2: protected records of TLS 1.3 are all of one type.
    if (this.connection.isTls13 && record[0] !== CONTENT.application) return null;
    for (let lost = 0; lost <= (this.unsure ? MOST_LOST : 0); lost++) {
      for (let index = 0; index < KEYS_AHEAD; index++) {
        const cipher = this.cipherAt(index);
        if (cipher === undefined) break;
        if (this.unsure && this.guesses++ > MOST_GUESSES) this.connection.locked = true;
        if (this.connection.locked) return null;
        const opened = cipher.open(record, lost);
        if (opened === null) continue;
        this.ciphers!.splice(0, index);
        return opened;
      }
    }
    return null;
  }

  private failed(length: number): void {
    this.mark(length, OUTCOME['tls-no-keys']);
    if (this.failures++ === 0) {
      this.options.onDiagnostic({
        code: 'tls/record-not-decrypted',
        severity: 'warning',
        message: 'A TLS record cannot be decrypted with the secrets there are of its connection',
        frames: this.spans.framesOf(this.offset, this.offset + length),
      });
    }
    if (this.failures > MOST_FAILURES) this.connection.locked = true;
  }

  /** Content of the record that the first `length` octets of what is pending are. */
  private deliver(octets: Buffer, length: number): void {
    const { payload, direction } = this;
    if (this.content === undefined) {
      const { conversation } = this.connection;
      const carrier = carrierOf(octets, 0, octets.length);
      const inside: TcpDirection = { ...direction, transport: 'tls', conversation };
      this.content =
        carrier === 'none' || carrier === 'tls' ? null : this.options.openContent(inside, carrier);
    }
    if (this.content === null) {
      this.isOther = true;
      this.mark(length, OUTCOME['not-sip']);
      return;
    }
    payload.data = octets;
    payload.start = 0;
    payload.end = octets.length;
    payload.transport = 'tls';
    payload.src = direction.src;
    payload.dst = direction.dst;
    this.spans.describe(this.offset, this.offset + length, payload);
    for (const frame of payload.frames ?? [payload.frame]) this.options.ledger.expectOneMore(frame);
    if (this.content.data(payload, false)) return;
    this.content = null;
    this.isOther = true;
  }

  private unsync(): void {
    this.synced = false;
    this.unsure = true;
  }

  /** Goes to where the next record may begin; false when there is no such place yet. */
  private resync(): boolean {
    const { pending } = this;
    let at = 0;
    while (pending.length - at >= HEADER && recordLength(pending, at) === NO_RECORD) at++;
    this.lose(at, OUTCOME['tcp-gap']);
    this.synced = this.pending.length >= HEADER;
    return this.synced;
  }

  private lose(octets: number, as: Outcome): void {
    this.mark(octets, as);
    this.consume(octets);
  }

  /** The next octets became `outcome`. */
  private mark(octets: number, outcome: Outcome): void {
    this.spans.mark(this.offset, this.offset + octets, outcome);
  }

  private consume(octets: number): void {
    this.offset += octets;
    this.pending = this.pending.subarray(octets);
    // A handshake settles once it is known whether what follows it can be decrypted.
    if (this.ciphers !== null && !this.connection.locked) this.spans.settleBefore(this.offset);
  }
}

const NO_RECORD = -1;

/** RFC 8446 §5.1, header included; NO_RECORD when none begins at `at`. */
function recordLength(data: Buffer, at: number): number {
  const length = data.readUInt16BE(at + 3);
  const isRecord = data[at]! >= 20 && data[at]! <= 23 && data[at + 1] === 3 && data[at + 2]! <= 4;
  return isRecord && length <= LONGEST ? HEADER + length : NO_RECORD;
}

const EMPTY = Buffer.alloc(0);
const HEADER = 5;
/** RFC 5246 §6.2.3: octets of a protected record. */
const LONGEST = (1 << 14) + 2048;
/** Octets that wait for the other direction. */
const MOST_PENDING = 256 << 10;
/** Packets of which it is not known what they are. */
const MOST_PACKETS = 4096;
/** The key in use and those that come into use. */
const KEYS_AHEAD = 4;
/** Records that may be missing after a gap, and how often that is tried in all. */
const MOST_LOST = 64;
const MOST_GUESSES = 4096;
/** Records in a row that are not decrypted. */
const MOST_FAILURES = 16;
const CONTENT = { changeCipherSpec: 20, handshake: 22, application: 23 } as const;
