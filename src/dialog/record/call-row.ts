// What of a call lies in its row of memory: when it began and was last heard of, its moments, its texts. Every message touches
// these: they lie together, and the garbage collector has nothing to look through.
import type { Timestamp } from '../../capture/timestamp.ts';
import type { SipMessage } from '../../sip/message.ts';
import type { Timings } from '../call.ts';
import {
  type CallMemory,
  LAST_NANOSECONDS,
  LAST_SECONDS,
  PACKET_COUNT,
  ROW_DOUBLES,
  ROW_INTS,
  START_NANOSECONDS,
  START_SECONDS,
  TEXT_START,
  TEXTS,
} from '../kept/call-memory.ts';
import { locateParty, PARTY } from '../party.ts';
import { FINAL, INVITED, NOW, STATUS, timingsOf } from '../timings.ts';
import { CALL_ID, clearTexts, FROM, isText, keepText, octetsOf, TO, textOf } from './call-text.ts';

export class CallRow {
  memory: CallMemory;
  row: number;
  /** Texts that have no room there. */
  longTexts: string[] | null = null;

  constructor(memory: CallMemory) {
    this.memory = memory;
    this.row = memory.take();
    this.clearRow();
  }

  /** Before another call. */
  protected clearRow(): void {
    const at = this.row * ROW_DOUBLES;
    for (let which = 0; which < START_SECONDS; which++) this.memory.doubles[at + which] = Number.NaN;
    this.memory.ints[2 * at + PACKET_COUNT] = 0;
    clearTexts(this);
  }

  protected beginRow(m: SipMessage): void {
    keepText(this, CALL_ID, m.data, m.callIdStart, m.callIdEnd);
    this.setParties(m);
    const { doubles, ints } = this.memory;
    const at = this.row * ROW_DOUBLES;
    doubles[at + START_SECONDS] = doubles[at + LAST_SECONDS] = m.seconds;
    ints[2 * at + START_NANOSECONDS] = ints[2 * at + LAST_NANOSECONDS] = m.nanoseconds;
  }

  /** It is the time of this message now. */
  protected heard({ seconds, nanoseconds }: SipMessage): void {
    const { doubles, ints } = this.memory;
    const at = this.row * ROW_DOUBLES;
    doubles[at + NOW] =
      (seconds - doubles[at + START_SECONDS]) * 1e9 + (nanoseconds - ints[2 * at + START_NANOSECONDS]);
    const last = doubles[at + LAST_SECONDS];
    if (seconds > last || (seconds === last && nanoseconds > ints[2 * at + LAST_NANOSECONDS])) {
      doubles[at + LAST_SECONDS] = seconds;
      ints[2 * at + LAST_NANOSECONDS] = nanoseconds;
    }
  }

  /** A number made of the lines of memory that hold moments, counts and the Call-ID. */
  protected touchRow(): number {
    const { ints } = this.memory;
    const at = this.row * ROW_INTS;
    return ints[at] + ints[at + START_NANOSECONDS] + ints[at + TEXTS] + ints[at + FIRST_TEXT];
  }

  /** The same of those that hold packets and texts. */
  protected touchTexts(): number {
    const { ints } = this.memory;
    const at = this.row * ROW_INTS;
    return ints[at + PACKET_COUNT] + ints[at + FIRST_TEXT + 16] + ints[at + FIRST_TEXT + 32];
  }

  get callId(): string {
    return textOf(this, CALL_ID);
  }

  get from(): string {
    return textOf(this, FROM);
  }

  get to(): string {
    return textOf(this, TO);
  }

  /** The Call-ID's octets, as text. */
  get key(): string {
    return octetsOf(this, CALL_ID);
  }

  isKey(data: Buffer, start: number, end: number): boolean {
    return isText(this, CALL_ID, data, start, end);
  }

  setParties(m: SipMessage): void {
    locateParty(m, m.fromRow);
    keepText(this, FROM, m.data, PARTY.start, PARTY.end);
    locateParty(m, m.toRow);
    keepText(this, TO, m.data, PARTY.start, PARTY.end);
  }

  get start(): Timestamp {
    return { seconds: this.startSeconds, nanoseconds: this.startNanoseconds };
  }

  get startSeconds(): number {
    return this.memory.doubles[this.row * ROW_DOUBLES + START_SECONDS];
  }

  get startNanoseconds(): number {
    return this.memory.ints[this.row * ROW_INTS + START_NANOSECONDS];
  }

  get end(): Timestamp {
    return { seconds: this.lastSeconds, nanoseconds: this.lastNanoseconds };
  }

  get lastSeconds(): number {
    return this.memory.doubles[this.row * ROW_DOUBLES + LAST_SECONDS];
  }

  get lastNanoseconds(): number {
    return this.memory.ints[this.row * ROW_INTS + LAST_NANOSECONDS];
  }

  /** A moment of timings.ts; NaN as long as it was not seen. */
  moment(which: number): number {
    return this.memory.doubles[this.row * ROW_DOUBLES + which];
  }

  setMoment(which: number, nanoseconds: number): void {
    this.memory.doubles[this.row * ROW_DOUBLES + which] = nanoseconds;
  }

  /** Notes that it is now, unless it was seen before. */
  firstNow(which: number): void {
    const { doubles } = this.memory;
    const at = this.row * ROW_DOUBLES;
    if (Number.isNaN(doubles[at + which])) doubles[at + which] = doubles[at + NOW];
  }

  /** Another attempt within the call, after one that failed: RFC 6076 measures sessions one by one. */
  attemptAnew(): void {
    this.setMoment(INVITED, this.now);
    for (let which = STATUS; which <= FINAL; which++) this.setMoment(which, Number.NaN);
  }

  /** Nanoseconds from the start to the message at hand. */
  get now(): number {
    return this.moment(NOW);
  }

  get timings(): Timings {
    return timingsOf(this.memory.doubles, this.row * ROW_DOUBLES);
  }
}

const FIRST_TEXT = TEXT_START / 4;
