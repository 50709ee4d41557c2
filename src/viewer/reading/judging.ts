// Calls → what the rules find in each: those in sight first, then all, one after the other while nothing else is to be done.
import { rankOf } from '../../capture/severity.ts';
import type { Call } from '../../dialog/call.ts';
import type { LegPair } from '../../legs/pair.ts';
import type { Finding } from '../../rules/finding.ts';
import type { CallReading } from './call-reading.ts';
import type { Freshness } from './freshness.ts';
import type { WholeCalls } from './whole-calls.ts';

export interface JudgingOptions {
  readonly reading: CallReading;
  readonly calls: WholeCalls;
  /** What was judged is noted there by the call's number. */
  readonly freshness: Freshness;
  /** There are more findings; `atOnce`: somebody waits for what there is now. */
  readonly onChange: (atOnce: boolean) => void;
}

export class Judging {
  private readonly options: JudgingOptions;
  private readonly found = new Map<number, readonly Finding[]>();
  /** Calls that were judged while they went on. */
  private readonly unsettled = new Set<number>();
  private sorted: Finding[] | null = null;
  private rules: typeof import('./judged.ts') | null = null;
  private wanted: readonly number[] = [];
  private asked: number[] = [];
  private next = 1;
  private begun = 0;
  private isWorking = false;
  private over = false;

  constructor(options: JudgingOptions) {
    this.options = options;
  }

  get working(): boolean {
    return this.isWorking;
  }

  /** How many calls have been judged. */
  get count(): number {
    return this.found.size;
  }

  /** As far as is known. */
  known(id: number): readonly Finding[] | undefined {
    return this.found.get(id);
  }

  /** For a frame: once it is drawn, what it asked for is judged first. */
  asks(id: number): readonly Finding[] | undefined {
    this.asked.push(id);
    return this.found.get(id);
  }

  /** Of all calls, errors first. */
  all(): readonly Finding[] {
    this.sorted ??= [...this.found.values()].flat().sort(bySeverity);
    return this.sorted;
  }

  /** The page of a rule; undefined while the rules are loaded, or where there is no such rule. */
  ruleText(rule: string): string | undefined {
    if (this.rules !== null) return this.rules.ruleText(rule);
    void this.loadRules().then(() => this.options.onChange(true));
    return undefined;
  }

  /** Of calls that are looked at together. */
  async judge(calls: readonly Call[], pairs: readonly LegPair[]): Promise<readonly Finding[]> {
    const { judged } = await this.loadRules();
    return judged(calls, pairs);
  }

  keep(id: number, findings: readonly Finding[]): void {
    const { freshness, reading } = this.options;
    freshness.note(String(id), [id]);
    if (reading.isOpen(id)) this.unsettled.add(id);
    else this.unsettled.delete(id);
    this.found.set(id, findings);
    this.sorted = null;
  }

  drawn(): void {
    this.wanted = this.asked;
    this.asked = [];
    this.work();
  }

  /** Calls may have other numbers now. */
  beginAnew(): void {
    this.begun++;
    this.found.clear();
    this.unsettled.clear();
    this.sorted = null;
    this.next = 1;
  }

  stop(): void {
    this.over = true;
  }

  private async loadRules(): Promise<typeof import('./judged.ts')> {
    this.rules ??= await import('./judged.ts');
    return this.rules;
  }

  private work(): void {
    const { reading, calls } = this.options;
    if (this.over || !(reading.done || reading.resting)) return;
    calls.prepare();
    if (this.isWorking || this.nextToJudge() === 0) return;
    this.isWorking = true;
    void this.judgeOn();
  }

  /** With room for keys between two calls. */
  private async judgeOn(): Promise<void> {
    const { calls, onChange } = this.options;
    let last = performance.now();
    for (let id = this.nextToJudge(); id > 0 && !this.over; id = this.nextToJudge()) {
      const { begun } = this;
      const findings = await this.judge(await calls.of([id]), []);
      if (begun === this.begun) this.keep(id, findings);
      if (performance.now() - last > TELL) {
        last = performance.now();
        onChange(false);
      }
      await new Promise((resolve) => setImmediate(resolve));
    }
    this.isWorking = false;
    onChange(false);
  }

  private nextToJudge(): number {
    const { reading } = this.options;
    const inSight = this.wanted.find((id) => id <= reading.count && !this.isJudged(id));
    if (inSight !== undefined) return inSight;
    for (const id of this.unsettled) if (!reading.isOpen(id)) return id;
    if (!reading.keepsAll) return 0;
    while (this.next <= reading.count && this.found.has(this.next)) this.next++;
    return this.next <= reading.count ? this.next : 0;
  }

  private isJudged(id: number): boolean {
    return this.found.has(id) && !this.options.freshness.isStale(String(id));
  }
}

function bySeverity(a: Finding, b: Finding): number {
  return (
    rankOf(a.severity) - rankOf(b.severity) ||
    (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0) ||
    (a.frames[0] ?? 0) - (b.frames[0] ?? 0)
  );
}

/** Milliseconds between two frames that show more findings. */
const TELL = 200;
