// The captures as the screens see them: calls as they are read, opened when they are looked at, judged while nothing else is
// to be done. Asking never waits; onChange says when there is more to see.
import { rankOf } from '../../capture/severity.ts';
import type { Call } from '../../dialog/call.ts';
import type { CallStream } from '../../dialog/call-streams.ts';
import { parseFilter } from '../../filter/filter.ts';
import { Aliases, parseAlias } from '../../ladder/alias.ts';
import { type CallGroup, CallGroups } from '../../legs/call-groups.ts';
import { readCaptures } from '../../pipeline.ts';
import type { Finding } from '../../rules/finding.ts';
import type { Choice, ShownCalls, World } from '../model/state.ts';
import { CallReading } from './call-reading.ts';
import type { CallRow } from './call-row.ts';
import { Freshness } from './freshness.ts';
import type { Counted } from './message-tally.ts';
import { type OpenedCall, openCall } from './opened-call.ts';
import { Reopener, type WantedCall } from './reopen.ts';
import { type RowSummary, summaryOf } from './row-summary.ts';
import { holdsText, type Question, Shown } from './shown.ts';

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
  private readonly chosen: Shown;
  private reopener: Reopener;
  private readonly cache = new Map<string, OpenedCall>();
  private readonly pending = new Set<string>();
  private readonly found = new Map<number, readonly Finding[]>();
  /** Of opened calls by their keys, and of findings by number. */
  private readonly freshness: Freshness;
  private begun = 0;
  /** Calls that were judged while they went on. */
  private readonly unsettled = new Set<number>();
  private all: Finding[] | null = null;
  private summed: { version: number; at: number; summary: RowSummary } | null = null;
  private questions = 0;
  private rules: typeof import('./judged.ts') | null = null;
  private wanted: readonly number[] = [];
  private asked: number[] = [];
  private next = 1;
  private working = false;
  private over = false;

  constructor(options: LibraryOptions) {
    const { inputs, threaded, customHeader, lookEvery } = options;
    const onChange = (): void => this.changed(false);
    this.options = options;
    this.files = inputs;
    this.aliasTexts = options.aliases;
    this.names = options.names ?? true;
    this.ascii = options.ascii;
    this.reading = new CallReading({ inputs, threaded, customHeader, lookEvery, onChange });
    this.reopener = new Reopener(inputs);
    this.freshness = new Freshness(this.reading);
    this.chosen = new Shown({
      reading: this.reading,
      findings: (id) => this.found.get(id),
      judged: () => this.found.size,
      ask: (question, isWanted, onAnswer) => void this.ask(question, isWanted, onAnswer),
      onChange: (isAll) => this.changed(isAll),
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
    return this.found.size;
  }

  /** Grows with all that a frame may show, and what it was when the last frame was drawn. */
  version = 0;
  seen = 0;

  /** Nothing will change any more unless somebody asks for something. */
  get idle(): boolean {
    return this.done && !this.working && this.pending.size === 0 && this.questions === 0;
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
    this.asked.push(id);
    return this.found.get(id);
  }

  allFindings(): readonly Finding[] {
    this.all ??= [...this.found.values()].flat().sort(bySeverity);
    return this.all;
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
    if (this.rules === null) {
      void this.loadRules().then(() => this.changed(true));
      return undefined;
    }
    return this.rules.ruleText(rule);
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
    this.wanted = this.asked;
    this.asked = [];
    this.work();
  }

  /** What the user calls addresses, and whether names are shown at all. */
  call(aliases: readonly string[], names: boolean): void {
    this.aliasTexts = aliases;
    this.names = names;
    this.cache.clear();
    this.changed(true);
  }

  close(): void {
    this.over = true;
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
    this.reopener = new Reopener(this.files);
    this.cache.clear();
    this.found.clear();
    this.freshness.clear();
    this.unsettled.clear();
    this.all = null;
    this.next = 1;
  }

  private async open(id: number, extended: boolean, key: string): Promise<void> {
    try {
      const { begun } = this;
      const { judged } = await this.loadRules();
      const group = await this.groupOf(id, extended);
      // The file may be another by now.
      if (group.calls.length === 0 || begun !== this.begun) return;
      const findings = judged(group.calls, group.pairs);
      if (!extended) this.keep(id, findings);
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
        const read = await this.reopener.streams(group.calls);
        if (begun !== this.begun) return;
        opened(group.calls.flatMap((call) => read.of(call.id)));
      }
    } finally {
      this.pending.delete(key);
      this.changed(true);
    }
  }

  private async groupOf(id: number, extended: boolean): Promise<CallGroup> {
    if (!extended) {
      const calls = await this.callsOf([id]);
      return joined(calls, id, new Set());
    }
    const [call] = await this.callsOf([id]);
    const named = this.withCallIds(new Set(call?.related.map(({ callId }) => callId)));
    const near = await this.callsOf([...new Set([...this.besides(id), ...named])]);
    return joined(near, id, this.namedBy(near, id));
  }

  private withCallIds(callIds: ReadonlySet<string>): number[] {
    const ids: number[] = [];
    if (callIds.size === 0) return ids;
    const { rows } = this.reading;
    for (let id = 1; id <= this.count; id++) if (callIds.has(rows.callId(id))) ids.push(id);
    return ids;
  }

  /** The call, those that it names, and those beside it in time, as many as are looked at. */
  private besides(id: number): number[] {
    const { rows } = this.reading;
    const { seconds } = this.row(id).start;
    const near: { id: number; away: number }[] = [];
    // Numbers go with the times of first messages.
    for (const step of [-1, 1]) {
      for (let other = id + step; other >= 1 && other <= this.count; other += step) {
        rows.refresh(other);
        const away = Math.abs(rows.number(other, 'seconds') - seconds);
        if (away > BESIDE && step > 0) break;
        if (near.length > MOST_BESIDE * 2) break;
        if (away <= BESIDE || rows.number(other, 'endSeconds') >= seconds) near.push({ id: other, away });
        if (Math.abs(other - id) > MOST_LOOKED) break;
      }
    }
    near.sort((a, b) => a.away - b.away || Math.abs(a.id - id) - Math.abs(b.id - id));
    return [id, ...near.slice(0, MOST_BESIDE).map((one) => one.id)];
  }

  /** Calls that a call of this one's group names, or that name it: transfers, replacements. */
  private namedBy(calls: readonly Call[], id: number): Set<number> {
    const named = new Set<number>([id]);
    for (let before = -1; before !== named.size; ) {
      before = named.size;
      for (const call of calls) {
        for (const { callId } of call.related) {
          const other = calls.find((one) => one.callId === callId);
          if (other === undefined) continue;
          if (named.has(call.id)) named.add(other.id);
          if (named.has(other.id)) named.add(call.id);
        }
      }
    }
    return named;
  }

  private async callsOf(ids: readonly number[]): Promise<Call[]> {
    const calls: Call[] = [];
    const missing: WantedCall[] = [];
    for (const id of ids) {
      const kept = this.reading.keptCall(id);
      if (kept !== undefined) calls.push(this.reading.isOpen(id) ? asItIs(kept) : kept);
      else missing.push({ id, callId: this.reading.rows.callId(id), frames: this.reading.framesOf(id) });
    }
    if (missing.length > 0) calls.push(...(await this.reopener.calls(missing)));
    return calls.sort((a, b) => a.id - b.id);
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

  private async loadRules(): Promise<typeof import('./judged.ts')> {
    this.rules ??= await import('./judged.ts');
    return this.rules;
  }

  private keep(id: number, findings: readonly Finding[]): void {
    this.freshness.note(String(id), [id]);
    if (this.reading.isOpen(id)) this.unsettled.add(id);
    else this.unsettled.delete(id);
    this.found.set(id, findings);
    this.all = null;
  }

  /** One call after the other, with room for keys between them. */
  private work(): void {
    if (this.over || !(this.done || this.reading.resting)) return;
    // So that the first call opens at once.
    if (!this.reading.keepsAll) void this.reopener.index();
    if (this.working || this.nextToJudge() === 0) return;
    this.working = true;
    void this.judgeOn();
  }

  private async judgeOn(): Promise<void> {
    const { judged } = await this.loadRules();
    let last = performance.now();
    for (let id = this.nextToJudge(); id > 0 && !this.over; id = this.nextToJudge()) {
      const { begun } = this;
      const calls = await this.callsOf([id]);
      if (begun === this.begun) this.keep(id, judged(calls, []));
      if (performance.now() - last > TELL) {
        last = performance.now();
        this.changed(false);
      }
      await new Promise((resolve) => setImmediate(resolve));
    }
    this.working = false;
    this.changed(false);
  }

  private nextToJudge(): number {
    const inSight = this.wanted.find((id) => id <= this.count && !this.isJudged(id));
    if (inSight !== undefined) return inSight;
    for (const id of this.unsettled) if (!this.reading.isOpen(id)) return id;
    if (!this.reading.keepsAll) return 0;
    while (this.next <= this.count && this.found.has(this.next)) this.next++;
    return this.next <= this.count ? this.next : 0;
  }

  private isJudged(id: number): boolean {
    return this.found.has(id) && !this.freshness.isStale(String(id));
  }

  /** The captures are read once more; a question that is typed is asked when nothing more comes. */
  private async ask(
    question: Question,
    isWanted: () => boolean,
    onAnswer: (ids: ReadonlySet<number>) => void,
  ): Promise<void> {
    this.questions++;
    await new Promise((resolve) => setTimeout(resolve, TYPING));
    const ids = isWanted() ? await this.answer(question, () => this.over || !isWanted()) : new Set<number>();
    this.questions--;
    if (isWanted()) onAnswer(ids);
  }

  private async answer({ kind, text }: Question, stopped: () => boolean): Promise<ReadonlySet<number>> {
    const ids = new Set<number>();
    const filter = kind === 'expression' ? parseFilter(text) : null;
    const open = new Map<number, ReturnType<NonNullable<typeof filter>['collector']>>();
    await readCaptures({
      inputs: this.files,
      threaded: this.options.threaded,
      reuseCalls: true,
      onMessage(message, info) {
        const { id } = info.call;
        if (filter === null) {
          if (!ids.has(id) && holdsText(message, text)) ids.add(id);
          return;
        }
        let collector = open.get(id);
        if (collector === undefined) {
          collector = filter.collector();
          open.set(id, collector);
        }
        collector.add(message, info);
      },
      onCall(call) {
        const collector = open.get(call.id);
        open.delete(call.id);
        if (collector?.matches(call) === true) ids.add(call.id);
      },
      stopped,
    });
    return ids;
  }
}

/** What is noted at a call when it is judged holds for what it is now: of one that goes on it is noted at another object. */
function asItIs(call: Call): Call {
  return Object.create(call) as Call;
}

/** The call's group among `calls`, with the groups of the calls in `named`. */
function joined(calls: readonly Call[], id: number, named: ReadonlySet<number>): CallGroup {
  const out: { calls: Call[]; pairs: CallGroup['pairs'][number][] } = { calls: [], pairs: [] };
  const groups = new CallGroups({
    least: LEAST,
    legHeaders: [],
    onGroup(group) {
      if (!group.calls.some((call) => call.id === id || named.has(call.id))) return;
      out.calls.push(...group.calls);
      out.pairs.push(...group.pairs);
    },
  });
  for (const call of calls) groups.add(call);
  groups.end();
  // The call itself comes first: it is what was asked for.
  out.calls.sort((a, b) => a.id - b.id);
  return out;
}

function bySeverity(a: Finding, b: Finding): number {
  return (
    rankOf(a.severity) - rankOf(b.severity) ||
    (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0) ||
    (a.frames[0] ?? 0) - (b.frames[0] ?? 0)
  );
}

/** Confidence from which two calls are drawn as one. */
const LEAST = 0.7;
const MOST_OPENED = 32;
/** Seconds between the beginnings of two legs, and calls that are looked at for them. */
const BESIDE = 15;
const MOST_BESIDE = 80;
const MOST_LOOKED = 2000;
/** Milliseconds between two frames that show more findings. */
const TELL = 200;
/** Milliseconds after which what calls are together is worked out anew while they are read. */
const SUM = 1000;
/** Milliseconds without another letter. */
const TYPING = 300;
