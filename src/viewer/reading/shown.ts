// All calls and a choice → those that are shown, in its order. Many calls are looked at in slices, so that keys are answered
// meanwhile; what is known so far is shown.
import { type Filter, parseFilter } from '../../filter/filter.ts';
import { FilterError } from '../../filter/filter-error.ts';
import type { Finding } from '../../rules/finding.ts';
import type { SipMessage } from '../../sip/message.ts';
import type { Choice, ShownCalls } from '../model/state.ts';
import { comparison } from './call-order.ts';
import type { CallReading } from './call-reading.ts';
import { LazyOrder } from './lazy-order.ts';
import { textTest, wordTest } from './word-test.ts';

export interface ShownOptions {
  readonly reading: CallReading;
  readonly findings: (id: number) => readonly Finding[] | undefined;
  /** How many calls have been looked at for findings. */
  readonly judged: () => number;
  /** Calls (by number) that the question chooses, where that takes the captures to be read once more. */
  readonly ask: (
    question: Question,
    isWanted: () => boolean,
    onAnswer: (ids: ReadonlySet<number>) => void,
  ) => void;
  /** More is known, or with `isAll` what somebody waits for. */
  readonly onChange: (isAll: boolean) => void;
}

/** What only the messages of a call tell. */
export interface Question {
  /** A filter expression that is right, or a text that a message holds. */
  readonly kind: 'expression' | 'payload';
  readonly text: string;
}

export class Shown implements ShownCalls {
  error = '';
  private readonly options: ShownOptions;
  private choice: Choice | null = null;
  private key = '';
  /** Numbers of the calls that pass, in order of their numbers; and those that were shown until all are looked at again. */
  private passing: number[] = [];
  private before: number[] | null = null;
  private looked = 0;
  private toldAt = 0;
  private order: LazyOrder | null = null;
  private orderedOf = 0;
  private orderedAt = 0;
  private orderTook = 0;
  private weighed = 0;
  private test: ((id: number) => boolean) | null = null;
  /** Questions that only the captures answer. */
  private open = 0;
  private slice: NodeJS.Immediate | null = null;
  private wasDone = false;
  private begun = 0;
  private begunAt = 0;
  private version = 0;

  constructor(options: ShownOptions) {
    this.options = options;
  }

  /** Asked for every frame; works on where there is something new. */
  of(choice: Choice): this {
    const { reading } = this.options;
    if (choice !== this.choice) {
      const key = JSON.stringify([
        choice.filter,
        choice.dialog,
        choice.clearedUpTo,
        choice.keeps?.size ?? -1,
      ]);
      if (key !== this.key) this.begin(choice, key);
      if (choice.sort !== this.choice?.sort) this.order = null;
      this.choice = choice;
    }
    if (reading.begun !== this.begun) {
      this.begun = reading.begun;
      this.wasDone = reading.done;
      this.begin(choice, this.key);
    } else if (reading.done && !this.wasDone) {
      // What a call turned out to be in the end may change the answer.
      this.wasDone = true;
      this.lookAgain(this.passing);
    } else this.lookNowAndThen();
    if (this.test !== null && this.looked < reading.count) this.look();
    return this;
  }

  get busy(): boolean {
    return this.open > 0 || (this.test !== null && this.looked < this.options.reading.count);
  }

  get length(): number {
    return this.test === null ? this.options.reading.count : this.chosen.length;
  }

  at(position: number): number {
    const { choice, length } = this;
    const place = choice!.descending ? length - 1 - position : position;
    if (choice!.sort === 'index') return this.unsorted(place);
    this.sort(place);
    return place < this.orderedOf ? this.order!.at(place) : this.unsorted(place);
  }

  ids(): Uint32Array {
    if (this.test !== null) return Uint32Array.from(this.chosen);
    const ids = new Uint32Array(this.options.reading.count);
    for (let place = 0; place < ids.length; place++) ids[place] = place + 1;
    return ids;
  }

  private get chosen(): readonly number[] {
    return this.before ?? this.passing;
  }

  private unsorted(place: number): number {
    return this.test === null ? place + 1 : this.chosen[place]!;
  }

  private begin(choice: Choice, key: string): void {
    this.key = key;
    this.error = '';
    this.open = 0;
    this.test = this.testOf(choice);
    this.lookAgain(null);
  }

  /** `before` is shown meanwhile. */
  private lookAgain(before: number[] | null): void {
    this.before = this.test === null ? null : before;
    this.passing = [];
    this.looked = 0;
    this.order = null;
    if (this.slice !== null) clearImmediate(this.slice);
    this.slice = null;
  }

  /** While calls go on, what passes changes with them: now and then all are looked at again, where they are few. */
  private lookNowAndThen(): void {
    const { reading } = this.options;
    const goesOn = reading.following || !reading.done;
    if (!goesOn || reading.version === this.version || reading.count > FEW) return;
    if (performance.now() - this.begunAt < LOOK_AGAIN) return;
    this.version = reading.version;
    this.begunAt = performance.now();
    this.lookAgain(this.passing);
  }

  private look(): void {
    if (this.slice !== null) return;
    const until = performance.now() + SLICE;
    const { reading, onChange } = this.options;
    while (this.looked < reading.count) {
      const id = ++this.looked;
      if (this.test!(id)) this.passing.push(id);
      if ((id & 63) === 0 && performance.now() > until) break;
    }
    if (this.looked >= reading.count) {
      if (this.before !== null) this.order = null;
      this.before = null;
      return;
    }
    this.slice = setImmediate(() => {
      this.slice = null;
      this.look();
      const isAll = this.slice === null;
      if (!isAll && performance.now() - this.toldAt < TELL) return;
      this.toldAt = performance.now();
      onChange(isAll);
    });
  }

  /** Sorts by the column, as far as `place` needs it; while the list fills it is sorted anew now and then. */
  private sort(place: number): void {
    const { reading, findings, judged } = this.options;
    const count = this.length;
    const isByFindings = this.choice!.sort === 'findings';
    const began = performance.now();
    if (this.order !== null) {
      const isFresh = this.orderedOf === count && (!isByFindings || this.weighed === judged());
      if (isFresh || began - this.orderedAt < Math.max(RESORT, this.orderTook * 8)) return;
    }
    if (!reading.done) reading.rows.refreshAll();
    const weight = isByFindings ? weights(findings) : () => 0;
    this.order = new LazyOrder(this.ids(), comparison(reading.rows, this.choice!.sort, weight));
    this.orderedOf = count;
    this.weighed = judged();
    this.order.at(place);
    this.orderedAt = performance.now();
    this.orderTook = this.orderedAt - began;
  }

  /** Null where every call passes. */
  private testOf(choice: Choice): ((id: number) => boolean) | null {
    const tests = [this.clearedTest(choice), this.dialogTest(choice), this.filterTest(choice.filter)].filter(
      (one) => one !== null,
    );
    return tests.length === 0 ? null : (id) => tests.every((one) => one(id));
  }

  private clearedTest({ clearedUpTo, keeps }: Choice): ((id: number) => boolean) | null {
    return clearedUpTo === 0 ? null : (id) => id > clearedUpTo || keeps?.has(id) === true;
  }

  private dialogTest({ dialog }: Choice): ((id: number) => boolean) | null {
    const { from, to, src, dst, payload, methods } = dialog;
    const { rows } = this.options.reading;
    const tests: ((id: number) => boolean)[] = [];
    if (from !== '') tests.push(textTest(rows, 'from', from));
    if (to !== '') tests.push(textTest(rows, 'to', to));
    if (src !== '') tests.push(textTest(rows, 'src', src));
    if (dst !== '') tests.push(textTest(rows, 'dst', dst));
    if (methods !== -1) tests.push((id) => (rows.methods(id) & methods) !== 0);
    if (payload !== '') tests.push(this.payloadTest(payload));
    if (tests.length === 0) return null;
    return (id) => {
      rows.refresh(id);
      return tests.every((one) => one(id));
    };
  }

  private payloadTest(text: string): (id: number) => boolean {
    const asked = this.asked({ kind: 'payload', text });
    if (asked !== null) return asked;
    return (id) =>
      this.options.reading.keptCall(id)?.events?.some(({ message }) => holdsText(message, text)) === true;
  }

  private filterTest(text: string): ((id: number) => boolean) | null {
    const wanted = text.trim();
    if (wanted === '') return null;
    if (EXPRESSION.test(wanted)) return this.expressionTest(wanted);
    return wordTest(this.options.reading.rows, wanted);
  }

  private expressionTest(text: string): ((id: number) => boolean) | null {
    let filter: Filter;
    try {
      filter = parseFilter(text);
    } catch (error) {
      if (!(error instanceof FilterError)) throw error;
      this.error = `column ${error.column}: ${error.message}`;
      return null;
    }
    const asked = this.asked({ kind: 'expression', text });
    if (asked !== null) return asked;
    const { reading } = this.options;
    return (id) => {
      const call = reading.keptCall(id);
      return call !== undefined && filter.call(call);
    };
  }

  /** Null where all messages are at hand. Until the answer is there, no call passes. */
  private asked(question: Question): ((id: number) => boolean) | null {
    const { reading, ask, onChange } = this.options;
    if (reading.keepsAll) return null;
    let answer: ReadonlySet<number> | null = null;
    this.open++;
    const { key } = this;
    const isWanted = (): boolean => this.key === key;
    ask(question, isWanted, (ids) => {
      answer = ids;
      this.open--;
      this.lookAgain(null);
      onChange(true);
    });
    return (id) => answer?.has(id) === true;
  }
}

/** What the findings of a call weigh: an error more than all warnings. */
function weights(findings: ShownOptions['findings']): (id: number) => number {
  return (id) => (findings(id) ?? []).reduce((sum, { severity }) => sum + WEIGHTS[severity], 0);
}

/** Whether the octets of the message hold the text; letters of ASCII in either case. */
export function holdsText(message: SipMessage, text: string): boolean {
  return message.data
    .toString('latin1', message.start, message.limit)
    .toLowerCase()
    .includes(latin1(text).toLowerCase());
}

function latin1(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}

/** What tells an expression from words. */
const EXPRESSION = /[=<>!&|]|\b(contains|matches|in)\b|^[a-z]+\.[\w.-]+$/;
const WEIGHTS = { error: 1e6, warning: 1e3, info: 1 } as const;
/** Milliseconds. */
const SLICE = 20;
const TELL = 100;
const RESORT = 250;
const LOOK_AGAIN = 1000;
/** Calls that are looked at within a frame. */
const FEW = 10_000;
