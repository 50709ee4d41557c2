// Fragments of SCTP user messages in, in any order; whole messages out. What never becomes whole is given up by age or by
// want of room. Rules: RFC 9260 §6.9; numbers are compared modulo 2^32 (§1.6).
import type { DiagnosticSink } from '../../capture/diagnostic.ts';
import type { SctpMessage } from './sctp-message.ts';

export interface SctpLimits {
  /** Messages waiting for fragments, and runs of fragments that wait for others of their message. */
  readonly messages: number;
  /** Octets they hold together, and one of them, with what it takes to hold them. */
  readonly octets: number;
  readonly message: number;
  /** Seconds of capture time from the first fragment seen to giving up. */
  readonly seconds: number;
}

/** A message that is given up: its fragments are the taker's to settle. */
export type LostMessage = (message: SctpMessage) => void;

/** A message in several runs, with a gap between them, is several messages here until the gap is filled. */
export class SctpMessageTable {
  /** Those that got no fragment for longest first. */
  private readonly waiting = new Set<SctpMessage>();
  /** Those that lack what comes before, by their first position; those that lack what follows, by the next. */
  private readonly byFirst = new Map<string, SctpMessage>();
  private readonly byNext = new Map<string, SctpMessage>();
  private size = 0;
  private oldest = Number.POSITIVE_INFINITY;
  private evicted = false;
  private readonly onLost: LostMessage;
  private readonly onDiagnostic: DiagnosticSink;
  private readonly limits: SctpLimits;

  constructor(onLost: LostMessage, onDiagnostic: DiagnosticSink, limits: Partial<SctpLimits> = {}) {
    this.onLost = onLost;
    this.onDiagnostic = onDiagnostic;
    this.limits = { ...LIMITS, ...limits };
  }

  /** Whether a fragment stands where this one would: the first copy wins. */
  holds({ name, first, next, begins, ends }: SctpMessage): boolean {
    return (!begins && this.byFirst.has(keyOf(name, first))) || (!ends && this.byNext.has(keyOf(name, next)));
  }

  /** Takes a message of one fragment that it does not hold; gives the message that it made whole, or null. */
  add(fragment: SctpMessage): SctpMessage | null {
    const { name, first, next, begins, ends } = fragment;
    const before = begins ? undefined : this.byNext.get(keyOf(name, first));
    const after = ends ? undefined : this.byFirst.get(keyOf(name, next));
    let message = fragment;
    if (before !== undefined) {
      this.forget(before);
      before.append(message);
      message = before;
    }
    if (after !== undefined) {
      this.forget(after);
      message.append(after);
    }
    if (message.isWhole) return message;
    this.keep(message);
    if (message.size > this.limits.message) this.lose(message);
    else this.makeRoom();
    return null;
  }

  /** Gives up what is too old at `seconds`, in capture time. */
  tick(seconds: number): void {
    if (seconds - this.oldest <= this.limits.seconds) return;
    this.oldest = Number.POSITIVE_INFINITY;
    for (const message of [...this.waiting]) {
      if (seconds - message.since > this.limits.seconds) this.lose(message);
      else this.oldest = Math.min(this.oldest, message.since);
    }
  }

  end(): void {
    for (const message of [...this.waiting]) this.lose(message);
  }

  private makeRoom(): void {
    while (this.waiting.size > this.limits.messages || this.size > this.limits.octets) {
      const first = this.waiting.values().next().value;
      if (first === undefined) return;
      if (!this.evicted) {
        this.evicted = true;
        this.onDiagnostic({
          code: 'sctp/fragments-evicted',
          severity: 'warning',
          message: `More incomplete SCTP messages than are kept (${this.limits.messages}, ${this.limits.octets} octets): the oldest are given up`,
          frames: first.frames.slice(0, 1),
        });
      }
      this.lose(first);
    }
  }

  private lose(message: SctpMessage): void {
    this.forget(message);
    this.onLost(message);
  }

  private keep(message: SctpMessage): void {
    this.waiting.add(message);
    this.size += message.size;
    this.oldest = Math.min(this.oldest, message.since);
    if (!message.begins) this.byFirst.set(keyOf(message.name, message.first), message);
    if (!message.ends) this.byNext.set(keyOf(message.name, message.next), message);
  }

  private forget(message: SctpMessage): void {
    this.waiting.delete(message);
    this.size -= message.size;
    if (!message.begins) this.byFirst.delete(keyOf(message.name, message.first));
    if (!message.ends) this.byNext.delete(keyOf(message.name, message.next));
  }
}

function keyOf(name: string, position: number): string {
  return `${name}/${position}`;
}

const LIMITS: SctpLimits = { messages: 8192, octets: 64 << 20, message: 4 << 20, seconds: 30 };
