// The captures as the screens see them: calls as they are read, opened when they are looked at, judged while nothing else is
// to be done. Asking never waits; onChange says when there is more to see.
import type { CallStream } from '../../dialog/session/call-streams.ts';
import { Aliases, parseAlias } from '../../ladder/alias.ts';
import type { Finding } from '../../rules/finding.ts';
import type { Choice, ShownCalls, World } from '../model/state.ts';
import { CallCompany } from './call-company.ts';
import { CallReading } from './call-reading.ts';
import type { CallRow } from './call-row.ts';
import { Freshness } from './freshness.ts';
import { Judging } from './judging.ts';
import type { Counted } from './message-tally.ts';
import { type OpenedCall, openCall } from './opened-call.ts';
import { Questions } from './questions.ts';
import { type RowSummary, summaryOf } from './row-summary.ts';
import { Shown } from './shown.ts';
import { WholeCalls } from './whole-calls.ts';

export interface LibraryOptions {
  readonly inputs: readonly string[];
  readonly threaded: boolean;
  readonly customHeader: string;
  readonly aliases: readonly string[];
  /** Whether ladders have names instead of addresses; true unless told. */
  readonly names?: boolean;
  readonly ascii: boolean;
  /** Files that grow are read on: looked at each so many milliseconds. Without, they are not. */
  readonly lookEvery?: number;
  /** There is more to see; `atOnce`: somebody waits for it. */
  readonly onChange: (atOnce: boolean) => void;
}

export class Library implements World {
  readonly files: readonly string[];
  readonly ascii: boolean;
  readonly reading: CallReading;
  private readonly options: LibraryOptions;
  private aliasTexts: readonly string[];
  private names: boolean;
  private readonly calls: WholeCalls;
  private readonly company: CallCompany;
  private readonly judging: Judging;
  private readonly questions: Questions;
  private readonly chosen: Shown;
  private readonly cache = new Map<string, OpenedCall>();
  private readonly pending = new Set<string>();
  /** Of opened calls by their keys, and of findings by number. */
  private readonly freshness: Freshness;
  private begun = 0;
  private summed: { version: number; at: number; summary: RowSummary } | null = null;

  constructor(options: LibraryOptions) {
    const { inputs, threaded, customHeader, lookEvery } = options;
    const onChange = (atOnce: boolean): void => this.changed(atOnce);
    this.options = options;
    this.files = inputs;
    this.aliasTexts = options.aliases;
    this.names = options.names ?? true;
    this.ascii = options.ascii;
    const reading = new CallReading({
      ...{ inputs, threaded, customHeader, lookEvery },
      onChange: () => this.changed(false),
    });
    this.reading = reading;
    this.calls = new WholeCalls(inputs, reading);
    this.company = new CallCompany(reading, this.calls);
    this.freshness = new Freshness(reading);
    this.judging = new Judging({ reading, calls: this.calls, freshness: this.freshness, onChange });
    this.questions = new Questions(inputs, threaded);
    this.chosen = new Shown({
      ...{ reading, judging: this.judging, onChange },
      ask: (question, asker) => void this.questions.ask(question, asker),
    });
  }

  get count(): number {
    return this.reading.count;
  }

  get done(): boolean {
    return this.reading.done;
  }

  get following(): boolean {
    return this.reading.following;
  }

  get paused(): boolean {
    return this.reading.paused;
  }

  get progress(): number {
    return this.reading.progress;
  }

  get packets(): number {
    return this.reading.packets;
  }

  get failure(): string {
    return this.reading.failure;
  }

  get counted(): Counted {
    return this.reading.counted;
  }

  get outcomes(): ReadonlyMap<string, number> {
    return this.reading.outcomes;
  }

  get judged(): number {
    return this.judging.count;
  }

  /** Grows with all that a frame may show, and what it was when the last frame was drawn. */
  version = 0;
  seen = 0;

  /** Nothing will change any more unless somebody asks for something. */
  get idle(): boolean {
    return this.done && !this.judging.working && this.pending.size === 0 && !this.questions.areOpen;
  }

  row(id: number): CallRow {
    return this.reading.row(id);
  }

  summary(): RowSummary {
    const { version } = this.reading;
    const known = this.summed;
    const isRecent = known !== null && !this.done && performance.now() - known.at < SUM;
    if (known !== null && (known.version === version || isRecent)) return known.summary;
    const summary = summaryOf(this.reading.rows);
    this.summed = { version, at: performance.now(), summary };
    return summary;
  }

  shown(choice: Choice): ShownCalls {
    return this.chosen.of(choice);
  }

  findings(id: number): readonly Finding[] | undefined {
    return this.judging.asks(id);
  }

  allFindings(): readonly Finding[] {
    return this.judging.all();
  }

  opened(id: number, extended: boolean): OpenedCall | undefined {
    const key = `${id} ${extended}`;
    const known = this.cache.get(key);
    if ((known !== undefined && !this.freshness.isStale(key)) || id > this.count) return known;
    if (!this.pending.has(key)) {
      this.pending.add(key);
      void this.open(id, extended, key);
    }
    return known;
  }

  ruleText(rule: string): string | undefined {
    return this.judging.ruleText(rule);
  }

  /** The same, once it is there. */
  async openedNow(id: number): Promise<OpenedCall> {
    const known = this.opened(id, false);
    if (known !== undefined) return known;
    await this.open(id, false, `${id} false`);
    return this.cache.get(`${id} false`)!;
  }

  /** A frame was drawn: the calls whose findings it asked for are judged first. */
  drawn(): void {
    this.seen = this.version;
    this.judging.drawn();
  }

  /** What the user calls addresses, and whether names are shown at all. */
  call(aliases: readonly string[], names: boolean): void {
    this.aliasTexts = aliases;
    this.names = names;
    this.cache.clear();
    this.changed(true);
  }

  close(): void {
    this.judging.stop();
    this.questions.stop();
    this.reading.stop();
  }

  private changed(atOnce: boolean): void {
    this.version++;
    if (this.reading.begun !== this.begun) this.beginAnew();
    this.options.onChange(atOnce);
  }

  /** What was made of calls is of calls that may have other numbers now. */
  private beginAnew(): void {
    this.begun = this.reading.begun;
    this.calls.beginAnew();
    this.cache.clear();
    this.freshness.clear();
    this.judging.beginAnew();
  }

  private async open(id: number, extended: boolean, key: string): Promise<void> {
    try {
      const { begun } = this;
      const group = await this.company.of(id, extended);
      if (group.calls.length === 0) return;
      const findings = await this.judging.judge(group.calls, group.pairs);
      // The file may be another by now.
      if (begun !== this.begun) return;
      if (!extended) this.judging.keep(id, findings);
      if (this.cache.size >= MOST_OPENED) this.cache.delete(this.cache.keys().next().value!);
      const opened = (streams: readonly CallStream[]): void => {
        this.cache.set(key, openCall(id, group, findings, this.aliases(), extended, streams));
      };
      const { streams } = this.reading;
      const ids = group.calls.map((call) => call.id);
      this.freshness.note(key, ids, 'media', ...(extended ? (['others'] as const) : []));
      opened(streams === null ? [] : group.calls.flatMap((call) => streams.of(call.id)));
      if (streams === null && this.reading.outcomes.get('rtp') !== undefined) {
        // What takes longer comes later.
        this.changed(true);
        const read = await this.calls.streams(group.calls);
        if (begun !== this.begun) return;
        opened(group.calls.flatMap((call) => read.of(call.id)));
      }
    } finally {
      this.pending.delete(key);
      this.changed(true);
    }
  }

  private aliases(): Aliases {
    const aliases = new Aliases();
    if (!this.names) return aliases;
    for (const text of this.aliasTexts) {
      const alias = parseAlias(text);
      if (!('error' in alias)) aliases.add(alias);
    }
    return aliases.addNames(this.reading.names);
  }
}

const MOST_OPENED = 32;
/** Milliseconds after which what calls are together is worked out anew while they are read. */
const SUM = 1000;
