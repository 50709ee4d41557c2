// All calls and a choice → those that are shown, in its order. Many calls are looked at in slices, so that keys are answered
// meanwhile; what is known so far is shown.

import { type Filter, parseFilter } from '../../filter/filter.ts';
import { FilterError } from '../../filter/filter-error.ts';
import type { Finding } from '../../rules/finding.ts';
import type { SipMessage } from '../../sip/message.ts';
import { columnOf } from '../model/call-columns.ts';
import type { Choice, ShownCalls } from '../model/state.ts';
import type { CallReading } from './call-reading.ts';
import { type CallRow, METHODS } from './call-row.ts';

export interface ShownOptions {
  readonly reading: CallReading;
  readonly findings: (id: number) => readonly Finding[] | undefined;
  /** Calls (by number) that the question chooses, where that takes the captures to be read once more. */
  readonly ask: (question: Question, onAnswer: (ids: ReadonlySet<number>) => void) => void;
  readonly onChange: () => void;
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
  /** Numbers of the calls that pass, in order of their numbers. */
  private passing: number[] = [];
  private looked = 0;
  private sorted: number[] | null = null;
  private sortedOf = 0;
  private sortedAt = 0;
  private test: ((id: number) => boolean) | null = null;
  private slice: NodeJS.Immediate | null = null;
  private wasDone = false;
  private begun = 0;
  private begunAt = 0;
  private version = 0;
  private places: Map<number, number> | null = null;

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
      if (choice.sort !== this.choice?.sort) this.sorted = null;
      this.choice = choice;
      this.places = null;
    }
    // What a call turned out to be in the end may change the answer.
    if ((reading.done && !this.wasDone) || reading.begun !== this.begun) {
      this.wasDone = reading.done;
      this.begun = reading.begun;
      this.begin(choice, this.key);
    }
    this.lookAgain();
    if (this.test !== null && this.looked < reading.count) this.look();
    return this;
  }

  get busy(): boolean {
    return this.test !== null && this.looked < this.options.reading.count;
  }

  get length(): number {
    return this.test === null ? this.options.reading.count : this.passing.length;
  }

  at(position: number): number {
    const { choice, length } = this;
    const place = choice!.descending ? length - 1 - position : position;
    if (choice!.sort === 'index') return this.test === null ? place + 1 : this.passing[place]!;
    return this.order()[place]!;
  }

  positionOf(id: number): number {
    if (this.places === null || this.places.size !== this.length) {
      this.places = new Map();
      for (let position = 0; position < this.length; position++) this.places.set(this.at(position), position);
    }
    return this.places.get(id) ?? -1;
  }

  private begin(choice: Choice, key: string): void {
    this.key = key;
    this.passing = [];
    this.looked = 0;
    this.sorted = null;
    this.places = null;
    this.error = '';
    this.test = this.testOf(choice);
    if (this.slice !== null) clearImmediate(this.slice);
    this.slice = null;
  }

  /** While calls go on, what passes changes with them: now and then all are looked at again, where they are few. */
  private lookAgain(): void {
    const { reading } = this.options;
    const goesOn = reading.following || !reading.done;
    if (!goesOn || reading.version === this.version || reading.count > FEW) return;
    if (performance.now() - this.begunAt < RESORT) return;
    this.version = reading.version;
    this.begunAt = performance.now();
    this.passing = [];
    this.looked = 0;
    this.sorted = null;
    this.places = null;
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
    if (this.looked >= reading.count) return;
    this.slice = setImmediate(() => {
      this.slice = null;
      this.look();
      onChange();
    });
  }

  /** Sorted by the column; while the list fills it is sorted anew now and then. */
  private order(): number[] {
    const count = this.length;
    const isFresh = this.sorted !== null && this.sortedOf === count;
    const isRecent =
      this.sorted !== null && count > this.sortedOf && performance.now() - this.sortedAt < RESORT;
    if (isFresh) return this.sorted!;
    if (isRecent) return [...this.sorted!, ...this.ids().slice(this.sortedOf)];
    this.sorted = this.sortedIds();
    this.sortedOf = count;
    this.sortedAt = performance.now();
    return this.sorted;
  }

  private ids(): number[] {
    return this.test === null
      ? Array.from({ length: this.options.reading.count }, (_, index) => index + 1)
      : this.passing;
  }

  private sortedIds(): number[] {
    const { reading, findings } = this.options;
    const column = columnOf(this.choice!.sort);
    const ids = this.ids();
    if (column === undefined) return ids;
    const weight = (id: number): number =>
      (findings(id) ?? []).reduce((sum, { severity }) => sum + WEIGHTS[severity], 0);
    const ranks = ids.map((id) => column.rank(reading.row(id), column.id === 'findings' ? weight(id) : 0));
    const places = Uint32Array.from(ids, (_, place) => place).sort((a, b) => {
      const one = ranks[a]!;
      const other = ranks[b]!;
      return one < other ? -1 : one > other ? 1 : a - b;
    });
    return Array.from(places, (place) => ids[place]!);
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
    const tests: ((row: CallRow) => boolean)[] = [];
    if (from !== '') tests.push((row) => has(row.from, from));
    if (to !== '') tests.push((row) => has(row.to, to));
    if (src !== '') tests.push((row) => has(row.src, src));
    if (dst !== '') tests.push((row) => has(row.dst, dst));
    if (methods !== -1) tests.push((row) => (methodsOf(row) & methods) !== 0);
    const byPayload = payload === '' ? null : this.payloadTest(payload);
    if (tests.length === 0) return byPayload;
    return (id) => {
      const row = this.options.reading.row(id);
      return tests.every((one) => one(row)) && byPayload?.(id) !== false;
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
    const words = wanted.toLowerCase().split(/\s+/);
    return (id) => {
      const row = this.options.reading.row(id);
      const all = SEARCHED.map((field) => row[field])
        .join(' ')
        .toLowerCase();
      return words.every((word) => all.includes(word));
    };
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
    const { key } = this;
    ask(question, (ids) => {
      answer = ids;
      if (this.key !== key) return;
      this.looked = 0;
      this.passing = [];
      this.sorted = null;
      onChange();
    });
    return (id) => answer?.has(id) === true;
  }
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

function has(text: string, part: string): boolean {
  return text.toLowerCase().includes(part.toLowerCase());
}

function methodsOf({ told, method }: CallRow): number {
  if (told.methods !== 0) return told.methods;
  const index = (METHODS as readonly string[]).indexOf(method);
  return 1 << (index < 0 ? METHODS.length : index);
}

/** What tells an expression from words. */
const EXPRESSION = /[=<>!&|]|\b(contains|matches|in)\b|^[a-z]+\.[\w.-]+$/;
const SEARCHED = [
  'method',
  'from',
  'to',
  'src',
  'dst',
  'state',
  'callId',
  'transport',
  'kind',
  'cause',
] as const;
const WEIGHTS = { error: 1e6, warning: 1e3, info: 1 } as const;
/** Milliseconds. */
const SLICE = 8;
const RESORT = 1000;
/** Calls that are looked at within a frame. */
const FEW = 10_000;
