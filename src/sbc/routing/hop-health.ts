// Next hops that failed lately are tried after the others (RFC 3261 §21.5.4, RFC 3263 §4.3). Bounded: the oldest go.
import type { Target } from '../event.ts';

export class HopHealth {
  private readonly failed = new Map<string, number>();

  /** It did not answer, could not be reached, or said 503: left out until `until`, on the clock of the events. */
  penalise(target: Target, until: number): void {
    const key = keyOf(target);
    this.failed.delete(key);
    if (this.failed.size >= CAPACITY) this.failed.delete(this.failed.keys().next().value ?? '');
    this.failed.set(key, until);
  }

  answered(target: Target): void {
    if (this.failed.size > 0) this.failed.delete(keyOf(target));
  }

  /** Those that are well first, each part in its order. */
  order(targets: readonly Target[], now: number): readonly Target[] {
    if (this.failed.size === 0 || targets.length < 2) return targets;
    const ill = (target: Target): boolean => (this.failed.get(keyOf(target)) ?? 0) > now;
    return [...targets.filter((target) => !ill(target)), ...targets.filter(ill)];
  }
}

function keyOf({ transport, ip, port }: Target): string {
  return `${transport} ${ip} ${port}`;
}

const CAPACITY = 1024;
