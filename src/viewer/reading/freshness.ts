// What was known of calls when something was made of them → whether more is known now, so that it is made anew.
import type { CallReading } from './call-reading.ts';

export class Freshness {
  private readonly reading: CallReading;
  private readonly made = new Map<string, Made>();

  constructor(reading: CallReading) {
    this.reading = reading;
  }

  /** Something was made of the messages of these calls, and of `more`: their media, whatever calls belong to them. */
  note(key: string, ids: readonly number[], ...more: readonly ('media' | 'others')[]): void {
    const { count } = this.reading;
    this.made.set(key, { ids, more, count, ...this.now(ids), at: performance.now() });
  }

  isStale(key: string): boolean {
    const made = this.made.get(key);
    if (made === undefined) return false;
    const { messages, packets } = this.now(made.ids);
    if (messages !== made.messages) return true;
    // Media comes all the time, and so do other calls: now and then is enough.
    const isMore =
      (made.more.includes('media') && packets !== made.packets) ||
      (made.more.includes('others') && this.reading.count !== made.count);
    return isMore && performance.now() - made.at > PACE;
  }

  clear(): void {
    this.made.clear();
  }

  private now(ids: readonly number[]): { messages: number; packets: number } {
    const { reading } = this;
    let messages = 0;
    let packets = 0;
    for (const id of ids) {
      if (id > reading.count) continue;
      messages += reading.row(id).messages;
      packets += reading.streams?.packetsOf(id) ?? 0;
    }
    return { messages, packets };
  }
}

interface Made {
  readonly ids: readonly number[];
  readonly more: readonly string[];
  readonly count: number;
  readonly messages: number;
  readonly packets: number;
  readonly at: number;
}

/** Milliseconds. */
const PACE = 1000;
