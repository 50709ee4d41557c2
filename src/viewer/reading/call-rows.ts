// Calls → what the list shows of each, in columns: numbers in two tables, texts that calls share by their numbers, the others
// as octets. What a call that goes on has come to is put there when somebody asks.
import { millisecondsBetween } from '../../capture/timestamp.ts';
import type { Call } from '../../dialog/call.ts';
import { OpenCall } from '../../dialog/open-call.ts';
import { causeText } from '../../ladder/from-call.ts';
import { type CallRow, methodBit, type ToldByMessages } from './call-row.ts';
import { Names } from './names.ts';
import { POOLED, type Pooled, TextPool, userAndHost } from './text-pool.ts';

/** Texts that calls share: each has a column of numbers of Names. */
export const SHARED = [
  ...(['kind', 'method', 'transport', 'state'] as const),
  ...(['userAgent', 'xCallId', 'warning', 'custom'] as const),
] as const;
export type Shared = (typeof SHARED)[number];

export const NUMBERS = [
  ...(['seconds', 'nanoseconds', 'endSeconds', 'endNanoseconds'] as const),
  ...(['duration', 'setup', 'messages', 'retransmissions'] as const),
] as const;
export type NumberColumn = (typeof NUMBERS)[number];

export class CallRows {
  readonly names: Readonly<Record<Shared, Names>> = namesOfAll();
  readonly texts = new TextPool();
  count = 0;
  /** By number of the call; duration and setup are NaN where the capture does not show them. */
  private numbers = new Float64Array(FIRST_ROWS * NUMBERS.length);
  private words = new Uint32Array(FIRST_ROWS * WORDS);
  /** Calls that go on, by number. */
  private readonly live: (Call | undefined)[] = [];

  /** A call that has the next number. */
  begin(call: Call, told: Pick<ToldByMessages, 'xCallId' | 'userAgent' | 'custom'>): void {
    const id = ++this.count;
    if ((id + 1) * NUMBERS.length > this.numbers.length) this.grow();
    this.live[id] = call;
    this.share(id, 'xCallId', told.xCallId);
    this.share(id, 'userAgent', told.userAgent);
    this.share(id, 'custom', told.custom);
  }

  /** It had a request of the method that this bit stands for. */
  addMethod(id: number, bit: number): void {
    if (this.live[id] !== undefined) this.words[id * WORDS + METHODS_AT]! |= bit;
  }

  /** A response to it had this warning: the first counts. */
  warn(id: number, warning: string): void {
    if (this.live[id] !== undefined && this.shared(id, 'warning') === 0) this.share(id, 'warning', warning);
  }

  /** It is over; nothing is asked of it after this. */
  end(call: Call): void {
    const { id } = call;
    if (this.live[id] === undefined) return;
    this.keep(id, call, true);
    this.live[id] = undefined;
  }

  /** The call while it goes on. */
  liveCall(id: number): Call | undefined {
    return this.live[id];
  }

  /** What calls that go on have come to; of one, or of all. */
  refresh(id: number): void {
    const call = this.live[id];
    if (call !== undefined) this.keep(id, call, false);
  }

  refreshAll(): void {
    for (let id = 1; id <= this.count; id++) this.refresh(id);
  }

  number(id: number, which: NumberColumn): number {
    return this.numbers[id * NUMBERS.length + NUMBER_AT[which]]!;
  }

  /** The number of its text in `names[which]`. */
  shared(id: number, which: Shared): number {
    return this.words[id * WORDS + SHARED_AT[which]]!;
  }

  /** Where a text begins and ends in `texts.octets`. */
  textStart(id: number, which: number): number {
    const before = this.words[id * WORDS + which]!;
    return which === 0 ? before : before + 1;
  }

  textEnd(id: number, which: number): number {
    return this.words[id * WORDS + which + 1]!;
  }

  methods(id: number): number {
    const bits = this.words[id * WORDS + METHODS_AT]!;
    return bits === 0 ? methodBit(this.name(id, 'method')) : bits;
  }

  callId(id: number): string {
    return this.live[id]?.callId ?? this.text(id, 'callId');
  }

  row(id: number): CallRow {
    const call = this.live[id];
    this.refresh(id);
    const number = (which: NumberColumn): number => this.number(id, which);
    return {
      id,
      ...(call === undefined ? this.textsOf(id) : liveTexts(call)),
      kind: this.name(id, 'kind'),
      method: this.name(id, 'method'),
      messages: number('messages'),
      transport: this.name(id, 'transport'),
      state: this.name(id, 'state'),
      start: { seconds: number('seconds'), nanoseconds: number('nanoseconds') },
      end: { seconds: number('endSeconds'), nanoseconds: number('endNanoseconds') },
      duration: orNull(number('duration')),
      setup: orNull(number('setup')),
      retransmissions: number('retransmissions'),
      told: {
        xCallId: this.name(id, 'xCallId'),
        userAgent: this.name(id, 'userAgent'),
        warning: this.name(id, 'warning'),
        custom: this.name(id, 'custom'),
        methods: this.words[id * WORDS + METHODS_AT]!,
      },
      open: call !== undefined,
    };
  }

  name(id: number, which: Shared): string {
    return this.names[which].texts[this.shared(id, which)]!;
  }

  private text(id: number, which: Pooled): string {
    const at = TEXT_AT[which];
    return this.texts.octets.toString('utf8', this.textStart(id, at), this.textEnd(id, at));
  }

  private textsOf(id: number): Pick<CallRow, Pooled> {
    return {
      callId: this.text(id, 'callId'),
      from: this.text(id, 'from'),
      to: this.text(id, 'to'),
      src: this.text(id, 'src'),
      dst: this.text(id, 'dst'),
      cause: this.text(id, 'cause'),
    };
  }

  private keep(id: number, call: Call, isOver: boolean): void {
    const { numbers, words } = this;
    const { start, end, timings } = call;
    const at = id * NUMBERS.length;
    numbers[at] = start.seconds;
    numbers[at + 1] = start.nanoseconds;
    numbers[at + 2] = end.seconds;
    numbers[at + 3] = end.nanoseconds;
    numbers[at + 4] = timings.sessionDuration ?? millisecondsBetween(start, end);
    numbers[at + 5] = timings.setupTime ?? Number.NaN;
    numbers[at + 6] = call.messages;
    numbers[at + 7] = call.retransmissions;
    this.share(id, 'kind', call.kind);
    this.share(id, 'method', call.method);
    this.share(id, 'transport', call instanceof OpenCall ? call.transport : call.transports.join(','));
    this.share(id, 'state', call.partial ? `${call.state} (partial)` : call.state);
    // While it goes on they are those of the first time: few change, and none of them often.
    if (isOver || words[id * WORDS] === 0) this.texts.add(call, words, id * WORDS);
  }

  private share(id: number, which: Shared, text: string): void {
    this.words[id * WORDS + SHARED_AT[which]] = this.names[which].numberOf(text);
  }

  private grow(): void {
    const numbers = new Float64Array(2 * this.numbers.length);
    numbers.set(this.numbers);
    this.numbers = numbers;
    const words = new Uint32Array(2 * this.words.length);
    words.set(this.words);
    this.words = words;
  }
}

function liveTexts({ callId, from, to, src, dst, cause }: Call): Pick<CallRow, Pooled> {
  return {
    callId,
    from: userAndHost(from),
    to: userAndHost(to),
    src: src.text,
    dst: dst.text,
    cause: cause === null ? '' : causeText(cause),
  };
}

function namesOfAll(): Record<Shared, Names> {
  return Object.fromEntries(SHARED.map((which) => [which, new Names()])) as Record<Shared, Names>;
}

function orNull(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}

const FIRST_ROWS = 256;
const NUMBER_AT = Object.fromEntries(NUMBERS.map((which, at) => [which, at])) as Record<NumberColumn, number>;
/** A row of words: where its texts begin and end, the numbers of what it shares, the bits of its methods. */
export const TEXT_AT = Object.fromEntries(POOLED.map((which, at) => [which, at])) as Record<Pooled, number>;
const TEXT_WORDS = POOLED.length + 1;
const SHARED_AT = Object.fromEntries(SHARED.map((which, at) => [which, TEXT_WORDS + at])) as Record<
  Shared,
  number
>;
const METHODS_AT = TEXT_WORDS + SHARED.length;
const WORDS = METHODS_AT + 1;
