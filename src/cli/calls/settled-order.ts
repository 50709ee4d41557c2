// Packets are settled late where they are fragments or segments; here they are put back into the order of the capture.
import type { Outcome } from '../../network/outcome.ts';
import type { PacketSummary } from '../../network/packet-summary.ts';

/**
 * Holds packets back until they and all before them are settled, but never more than a bounded number: then the first goes
 * out without an outcome (null), and what is said of it later is not waited for any more.
 */
export class SettledOrder {
  #waiting: (PacketSummary | undefined)[] = [];
  #outcomes = new Map<number, Outcome>();
  #next = 0;
  /** Number of the packet that went out last. */
  last = 0;
  readonly #emit: (packet: PacketSummary, outcome: Outcome | null) => void;
  readonly #limit: number;

  constructor(emit: (packet: PacketSummary, outcome: Outcome | null) => void, limit = MOST_WAITING) {
    this.#emit = emit;
    this.#limit = limit;
  }

  packet(packet: PacketSummary): void {
    this.#waiting.push(packet);
    this.#drain();
  }

  outcome(frame: number, outcome: Outcome): void {
    if (frame <= this.last) return;
    this.#outcomes.set(frame, outcome);
    this.#drain();
  }

  #drain(): void {
    for (; this.#next < this.#waiting.length; this.#next++) {
      const packet = this.#waiting[this.#next]!;
      const outcome = this.#outcomes.get(packet.frame) ?? null;
      if (outcome === null && this.#waiting.length - this.#next <= this.#limit) break;
      this.#outcomes.delete(packet.frame);
      this.last = packet.frame;
      this.#emit(packet, outcome);
      this.#waiting[this.#next] = undefined;
    }
    if (this.#next < COMPACT_AFTER || this.#next * 2 < this.#waiting.length) return;
    this.#waiting = this.#waiting.slice(this.#next);
    this.#next = 0;
  }
}

const COMPACT_AFTER = 4096;
const MOST_WAITING = 500_000;
