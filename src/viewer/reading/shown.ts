// All calls and a choice → those that are shown, in its order. Many calls are looked at in slices, so that keys are answered
// meanwhile; what is known so far is shown.
import type { Choice, ShownCalls } from '../model/state.ts';
import { comparison } from './call-order.ts';
import type { CallReading } from './call-reading.ts';
import { type CallTest, choiceTest } from './choice-test.ts';
import type { Judging } from './judging.ts';
import { LazyOrder } from './lazy-order.ts';
import type { Asker, Question } from './questions.ts';

export interface ShownOptions {
  readonly reading: CallReading;
  readonly judging: Pick<Judging, 'known' | 'count'>;
  /** What takes the captures to be read once more. */
  readonly ask: (question: Question, asker: Asker) => void;
  /** More is known, or with `isAll` what somebody waits for. */
  readonly onChange: (isAll: boolean) => void;
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
  private test: CallTest | null = null;
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
    this.open = 0;
    const { reading } = this.options;
    const { test, error } = choiceTest(choice, { reading, ask: (question) => this.asked(question) });
    this.test = test;
    this.error = error;
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
    const { reading, judging } = this.options;
    const count = this.length;
    const isByFindings = this.choice!.sort === 'findings';
    const began = performance.now();
    if (this.order !== null) {
      const isFresh = this.orderedOf === count && (!isByFindings || this.weighed === judging.count);
      if (isFresh || began - this.orderedAt < Math.max(RESORT, this.orderTook * 8)) return;
    }
    if (!reading.done) reading.rows.refreshAll();
    const weight = isByFindings ? weights(judging) : () => 0;
    this.order = new LazyOrder(this.ids(), comparison(reading.rows, this.choice!.sort, weight));
    this.orderedOf = count;
    this.weighed = judging.count;
    this.order.at(place);
    this.orderedAt = performance.now();
    this.orderTook = this.orderedAt - began;
  }

  /** Until the answer is there, no call passes. */
  private asked(question: Question): CallTest {
    const { ask, onChange } = this.options;
    let answer: ReadonlySet<number> | null = null;
    this.open++;
    const { key } = this;
    ask(question, {
      isWanted: () => this.key === key,
      onAnswer: (ids) => {
        answer = ids;
        this.open--;
        this.lookAgain(null);
        onChange(true);
      },
    });
    return (id) => answer?.has(id) === true;
  }
}

/** What the findings of a call weigh: an error more than all warnings. */
function weights(judging: ShownOptions['judging']): (id: number) => number {
  return (id) => (judging.known(id) ?? []).reduce((sum, { severity }) => sum + WEIGHTS[severity], 0);
}

const WEIGHTS = { error: 1e6, warning: 1e3, info: 1 } as const;
/** Milliseconds. */
const SLICE = 20;
const TELL = 100;
const RESORT = 250;
const LOOK_AGAIN = 1000;
/** Calls that are looked at within a frame. */
const FEW = 10_000;
