// How far the clocks of two captures are apart, from messages that passed one box: they cannot leave before they came. As
// with NTP (RFC 5905 §8), what goes there and what comes back are late by the same difference, once more and once less.

/** The newest passages through a box, in seconds, for either direction. */
export class Passages {
  readonly away: number[] = [];
  readonly back: number[] = [];
  private known: number | null = null;
  private next = 0;

  add(away: readonly number[], back: readonly number[]): void {
    this.known = null;
    this.keep(this.away, away);
    this.keep(this.back, back);
  }

  /** 0 while one clock explains all that was seen. */
  get offset(): number {
    this.known ??= offsetOf(this.away, this.back);
    return this.known;
  }

  private keep(list: number[], more: readonly number[]): void {
    for (const value of more) {
      if (list.length < KEPT) list.push(value);
      else list[this.next++ % KEPT] = value;
    }
  }
}

function offsetOf(away: readonly number[], back: readonly number[]): number {
  const [there, home] = [sorted(away), sorted(back)];
  const impossible = [there, home].some((list) => list.length > 0 && quantile(list, 0.05) < -TOLERANCE);
  if (!impossible) return 0;
  if (home.length === 0) return quantile(there, 0.5);
  if (there.length === 0) return -quantile(home, 0.5);
  return (quantile(there, 0.5) - quantile(home, 0.5)) / 2;
}

function sorted(list: readonly number[]): number[] {
  return [...list].sort((a, b) => a - b);
}

function quantile(list: readonly number[], share: number): number {
  return list[Math.floor((list.length - 1) * share)];
}

const KEPT = 256;
const TOLERANCE = 0.002;
