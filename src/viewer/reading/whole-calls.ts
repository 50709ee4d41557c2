// Calls by number → the same with their messages: those that the reading keeps, and those that are read again from the files.
import type { Call } from '../../dialog/call.ts';
import type { CallStreams } from '../../dialog/session/call-streams.ts';
import type { CallReading } from './call-reading.ts';
import { Reopener, type WantedCall } from './reopen.ts';

export class WholeCalls {
  private readonly inputs: readonly string[];
  private readonly reading: CallReading;
  private reopener: Reopener;

  constructor(inputs: readonly string[], reading: CallReading) {
    this.inputs = inputs;
    this.reading = reading;
    this.reopener = new Reopener(inputs);
  }

  /** In order of their numbers. */
  async of(ids: readonly number[]): Promise<Call[]> {
    const { reading } = this;
    const calls: Call[] = [];
    const missing: WantedCall[] = [];
    for (const id of ids) {
      const kept = reading.keptCall(id);
      if (kept !== undefined) calls.push(reading.isOpen(id) ? asItIs(kept) : kept);
      else missing.push({ id, callId: reading.rows.callId(id), frames: reading.framesOf(id) });
    }
    if (missing.length > 0) calls.push(...(await this.reopener.calls(missing)));
    return calls.sort((a, b) => a.id - b.id);
  }

  /** Their media, from the files. */
  streams(calls: readonly Call[]): Promise<CallStreams> {
    return this.reopener.streams(calls);
  }

  /** Where packets lie is looked up before the first call is asked for, so that it opens at once. */
  prepare(): void {
    if (!this.reading.keepsAll) void this.reopener.index();
  }

  /** The files are others now. */
  beginAnew(): void {
    this.reopener = new Reopener(this.inputs);
  }
}

/** What is noted at a call when it is judged holds for what it is now: of one that goes on it is noted at another object. */
function asItIs(call: Call): Call {
  return Object.create(call) as Call;
}
