// Calls are handed on as they end; here they are put back into the order of their numbers, as far as memory allows.
import type { Call } from '../../dialog/call.ts';

/** Holds a call until all calls before it are there, but never more than a bounded number of messages. */
export class CallOrder {
  #next = 1;
  #held = new Map<number, Call | null>();
  #messages = 0;
  readonly #emit: (call: Call) => void;
  readonly #limit: number;

  constructor(emit: (call: Call) => void, limit = MESSAGES) {
    this.#emit = emit;
    this.#limit = limit;
  }

  /** `call` is null for one that is not wanted, whose number is only waited for. */
  add(id: number, call: Call | null): void {
    if (id < this.#next) {
      // Calls before it went out already, for there was no more room.
      if (call !== null) this.#emit(call);
      return;
    }
    this.#held.set(id, call);
    this.#messages += call?.events?.length ?? 0;
    for (; this.#held.has(this.#next); this.#next++) this.#release(this.#next);
    if (this.#messages > this.#limit) this.end();
  }

  /** Emits all that is held. */
  end(): void {
    const ids = [...this.#held.keys()].sort((a, b) => a - b);
    for (const id of ids) this.#release(id);
    const last = ids.at(-1);
    if (last !== undefined) this.#next = last + 1;
  }

  #release(id: number): void {
    const call = this.#held.get(id);
    this.#held.delete(id);
    if (call === undefined || call === null) return;
    this.#messages -= call.events?.length ?? 0;
    this.#emit(call);
  }
}

const MESSAGES = 50_000;
