// The captures → calls, while they are read: the reading hands the thread back between blocks, so that keys are answered. A file
// that has grown when it was read is followed from then on: it is read once more, in the background, and its end is waited at.
import type { InputStatus } from '../../capture/capture-set.ts';
import type { Call } from '../../dialog/call.ts';
import type { CallStreams } from '../../dialog/session/call-streams.ts';
import { type PipelineOptions, readCaptures } from '../../pipeline.ts';
import type { CallRow } from './call-row.ts';
import type { CallRows } from './call-rows.ts';
import { Gathered, isStream } from './gathered.ts';
import { Growth } from './growth.ts';
import type { Counted } from './message-tally.ts';

export interface ReadingOptions {
  readonly inputs: readonly string[];
  readonly threaded: boolean;
  /** Files that grow are read on: looked at each so many milliseconds. Without, they are not. */
  readonly lookEvery?: number | undefined;
  /** A header whose first value is a column of its own; '' for none. */
  readonly customHeader: string;
  /** Something is new; asked for at most once a block. */
  readonly onChange: () => void;
}

export class CallReading {
  /** 0–1; NaN where the size is not known. */
  progress = 0;
  /** All that was there is read; more may come while it is `following`. */
  done = false;
  following = false;
  /** How often it began anew: calls may have other numbers then. */
  begun = 0;
  /** Grows whenever something is new. */
  version = 0;
  /** Nothing came for a moment, so that there is time for other things. */
  resting = false;

  private readonly options: ReadingOptions;
  private readonly growth: Growth;
  private gathered: Gathered;
  private customHeader: string;
  /** Counts the readings: an older one is given up. */
  private reading = 0;
  private stopping = false;
  private resume: (() => void) | null = null;
  private waiting: Promise<void> | null = null;
  private restTimer: NodeJS.Timeout | null = null;

  constructor(options: ReadingOptions) {
    this.options = options;
    this.growth = new Growth(options.lookEvery ?? 0);
    this.customHeader = options.customHeader;
    this.gathered = this.fresh();
  }

  get count(): number {
    return this.gathered.count;
  }

  get packets(): number {
    return this.gathered.packets;
  }

  get failure(): string {
    return this.gathered.failure;
  }

  get names(): ReadonlyMap<string, string> {
    return this.gathered.names;
  }

  get outcomes(): ReadonlyMap<string, number> {
    return this.gathered.outcomes;
  }

  get counted(): Counted {
    return this.gathered.tally.counted;
  }

  /** Others where it began anew. */
  get rows(): CallRows {
    return this.gathered.rows;
  }

  get streams(): CallStreams | null {
    return this.gathered.streams;
  }

  get keepsAll(): boolean {
    return this.gathered.keepsAll;
  }

  /** More of it may come. */
  isOpen(id: number): boolean {
    return this.gathered.isOpen(id);
  }

  /** Of a call by its number, from 1. */
  row(id: number): CallRow {
    return this.gathered.row(id);
  }

  /** The call with its messages, where they were kept. */
  keptCall(id: number): Call | undefined {
    return this.gathered.keptCall(id);
  }

  /** Packets of a call. */
  framesOf(id: number): readonly number[] {
    return this.gathered.framesOf(id);
  }

  get paused(): boolean {
    return this.waiting !== null;
  }

  pause(on: boolean): void {
    if (on && this.waiting === null) {
      this.waiting = new Promise((resolve) => {
        this.resume = resolve;
      });
    } else if (!on) {
      this.resume?.();
      this.resume = null;
      this.waiting = null;
    }
    this.changed();
  }

  stop(): void {
    this.stopping = true;
    this.growth.stop();
    this.pause(false);
  }

  /** Resolves when all is read that was there; files that grow are read on after that. */
  async read(): Promise<void> {
    const { threaded, lookEvery } = this.options;
    const reading = ++this.reading;
    await this.readInto(this.gathered, { threaded }, reading);
    if (reading !== this.reading) return;
    this.done = true;
    this.progress = 1;
    this.changed();
    if (lookEvery !== undefined) void this.goOn(this.gathered.inputs, reading);
  }

  /** Another header has its column: files are read once more for it; of what cannot be, later calls have it. */
  async show(customHeader: string): Promise<void> {
    const { inputs, threaded, lookEvery } = this.options;
    this.customHeader = customHeader;
    this.gathered.customHeader = customHeader;
    if (inputs.includes('-')) return;
    const reading = ++this.reading;
    const fresh = this.fresh();
    await this.readInto(fresh, { threaded }, reading);
    if (reading !== this.reading || this.stopping) return;
    this.gathered = fresh;
    this.begun++;
    this.done = true;
    this.changed();
    if (lookEvery !== undefined) void this.goOn(fresh.inputs, reading);
  }

  /** One file is read again from its beginning, now without an end; of several, which are one in order of time, all are each time. */
  private async goOn(before: readonly InputStatus[], reading: number): Promise<void> {
    const { inputs } = this.options;
    const isOne = inputs.length === 1 && !isStream(inputs[0]!);
    for (let read = before; await this.growth.of(read); ) {
      await this.waiting;
      if (reading !== this.reading) return;
      const began = performance.now();
      this.following = true;
      const fresh = this.fresh();
      const show = (): void => {
        if (this.gathered === fresh || reading !== this.reading) return;
        this.gathered = fresh;
        this.begun++;
        this.changed();
      };
      const follow = async (path: string, taken: number): Promise<boolean> => {
        await this.waiting;
        show();
        return reading === this.reading && this.growth.beyond(path, taken);
      };
      await this.readInto(fresh, isOne ? { follow } : {}, reading);
      if (this.stopping || reading !== this.reading) return;
      show();
      read = fresh.inputs;
      await this.growth.pause((performance.now() - began) * REST);
    }
  }

  private async readInto(
    into: Gathered,
    how: Pick<PipelineOptions, 'threaded' | 'follow'>,
    reading: number,
  ): Promise<void> {
    try {
      const result = await readCaptures({
        ...into.handlers,
        ...how,
        inputs: this.options.inputs,
        onBlock: (done, total, packets) => {
          into.packets = packets;
          if (into === this.gathered) {
            this.cameJustNow();
            this.progress = total > 0 ? done / total : Number.NaN;
            this.changed();
          }
          return this.waiting ?? undefined;
        },
        hold: () => this.waiting ?? undefined,
        stopped: () => this.stopping || reading !== this.reading,
      });
      into.end(result);
    } catch (error) {
      into.failure = error instanceof Error ? error.message : String(error);
    }
  }

  /** Only what is fed by somebody else may be silent for long. */
  private cameJustNow(): void {
    this.resting = false;
    if (this.restTimer !== null) clearTimeout(this.restTimer);
    if (this.options.lookEvery === undefined || !this.options.inputs.includes('-')) return;
    this.restTimer = setTimeout(() => {
      this.resting = true;
      this.changed();
    }, SILENCE);
    this.restTimer.unref();
  }

  private fresh(): Gathered {
    return new Gathered(this.options.inputs, this.customHeader);
  }

  private changed(): void {
    this.version++;
    this.options.onChange();
  }
}

/** Milliseconds. */
const SILENCE = 300;
/** Several files that grow are read again after so many times what it took. */
const REST = 4;
