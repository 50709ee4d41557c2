// IP fragments in, in any order; whole IP payloads out. What never becomes whole is given up by age or by want of room.
// Rules: RFC 791 §3.2, RFC 8200 §4.5; RFC 6864 §4 (how long an identification is unique).
import type { DiagnosticSink } from '../../capture/diagnostic.ts';
import type { Dissection } from '../dissection.ts';
import { IP_PAYLOAD, NOTHING } from '../link/ethertype.ts';
import { mirroredOutcome, OUTCOME, type Outcome } from '../outcome.ts';
import { PartialDatagram } from './partial-datagram.ts';

export interface FragmentLimits {
  /** Datagrams waiting for fragments. */
  readonly datagrams: number;
  /** Octets they hold together. */
  readonly octets: number;
  /** Packets that one datagram may have. */
  readonly packets: number;
  /** Seconds of capture time from the first fragment seen to giving up. */
  readonly seconds: number;
}

/** A datagram that is given up: its packets are the taker's to settle. */
export type LostDatagram = (partial: PartialDatagram) => void;

export class FragmentTable {
  private readonly waiting = new Map<string, PartialDatagram>();
  /** Just completed: a fragment of it that comes again is a duplicate made by the capture. */
  private readonly done = new Map<string, Done>();
  private last: Done | null = null;
  private octets = 0;
  private oldest = Number.POSITIVE_INFINITY;
  private readonly onLost: LostDatagram;
  private readonly onDiagnostic: DiagnosticSink;
  private readonly limits: FragmentLimits;
  private evicted = false;

  constructor(onLost: LostDatagram, onDiagnostic: DiagnosticSink, limits: Partial<FragmentLimits> = {}) {
    this.onLost = onLost;
    this.onDiagnostic = onDiagnostic;
    this.limits = { ...LIMITS, ...limits };
  }

  /** Takes the fragment at `d.at`. Sets `d` to the whole payload when this was the last that missed. */
  add(d: Dissection): number {
    const key = keyOf(d);
    const done = this.done.get(key);
    if (done !== undefined && d.packet.seconds - done.seconds <= 1 && isMirrored(done, d))
      return d.settle(done.again);
    let partial = this.waiting.get(key);
    if (partial === undefined) {
      partial = new PartialDatagram(key, d);
      this.waiting.set(key, partial);
      this.octets += partial.octets.length;
      this.oldest = Math.min(this.oldest, partial.since);
    }
    const before = partial.octets.length;
    if (!partial.add(d)) {
      if (partial.frames.length === 0) this.forget(partial);
      return d.settle(OUTCOME.malformed);
    }
    this.octets += partial.octets.length - before;
    if (partial.complete) return this.complete(partial, d);
    if (partial.frames.length > this.limits.packets) this.lose(partial);
    else this.makeRoom();
    return NOTHING;
  }

  /** Gives up what is too old at `seconds`, in capture time. */
  tick(seconds: number): void {
    if (seconds - this.oldest <= this.limits.seconds) return;
    this.oldest = Number.POSITIVE_INFINITY;
    for (const partial of [...this.waiting.values()]) {
      if (seconds - partial.since > this.limits.seconds) this.lose(partial);
      else this.oldest = Math.min(this.oldest, partial.since);
    }
  }

  /** What the datagram completed last settled as: its mirrored fragments settle likewise. */
  settled(outcome: Outcome): void {
    if (this.last !== null) this.last.again = mirroredOutcome(outcome);
  }

  end(): void {
    for (const partial of [...this.waiting.values()]) this.lose(partial);
    this.done.clear();
  }

  private complete(partial: PartialDatagram, d: Dissection): number {
    this.forget(partial);
    partial.open(d);
    if (partial.conflicting) {
      this.onDiagnostic({
        code: 'network/fragment-overlap',
        severity: 'warning',
        message: 'IP fragments overlap and disagree: the octets seen first are taken',
        frames: d.frames ?? [],
      });
    }
    const { seconds, nanoseconds } = d.packet;
    this.last = { partial, seconds, nanoseconds, again: OUTCOME.duplicate };
    this.done.delete(partial.key);
    this.done.set(partial.key, this.last);
    if (this.done.size > REMEMBERED) this.done.delete(this.done.keys().next().value as string);
    return IP_PAYLOAD;
  }

  private makeRoom(): void {
    while (this.waiting.size > this.limits.datagrams || this.octets > this.limits.octets) {
      const first = this.waiting.values().next().value;
      if (first === undefined) return;
      if (!this.evicted) {
        this.evicted = true;
        this.onDiagnostic({
          code: 'network/fragments-evicted',
          severity: 'warning',
          message: `More incomplete IP packets than are kept (${this.limits.datagrams}, ${this.limits.octets} octets): the oldest are given up`,
          frames: first.frames.slice(0, 1),
        });
      }
      this.lose(first);
    }
  }

  private lose(partial: PartialDatagram): void {
    this.forget(partial);
    this.onLost(partial);
  }

  private forget(partial: PartialDatagram): void {
    this.waiting.delete(partial.key);
    this.octets -= partial.octets.length;
  }
}

interface Done {
  readonly partial: PartialDatagram;
  readonly seconds: number;
  readonly nanoseconds: number;
  again: Outcome;
}

/** Within 400 ms, as for whole datagrams (see mirror.ts). */
function isMirrored({ partial, seconds, nanoseconds }: Done, d: Dissection): boolean {
  const age = (d.packet.seconds - seconds) * 1e9 + d.packet.nanoseconds - nanoseconds;
  return Math.abs(age) <= 400e6 && partial.holds(d);
}

/** RFC 791 §3.2: addresses, protocol and identification; RFC 8200 §4.5: without the protocol. */
function keyOf(d: Dissection): string {
  const size = d.version === 6 ? 32 : 8;
  const addresses = d.data.toString('latin1', d.addressAt, d.addressAt + size);
  return `${addresses}${d.version === 6 ? '' : d.protocol}/${d.identification}`;
}

const LIMITS: FragmentLimits = { datagrams: 8192, octets: 64 << 20, packets: 10_000, seconds: 30 };
const REMEMBERED = 256;
