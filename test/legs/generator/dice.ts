// What the generator draws: seeded, so that every run draws the same.
import { SeededRandom } from '../../differential/seeded-random.ts';

export class Dice {
  private readonly random: SeededRandom;

  constructor(seed: number) {
    this.random = new SeededRandom(seed);
  }

  /** From 0 up to 1. */
  share(): number {
    return this.random.below(0x40000000) / 0x40000000;
  }

  between(low: number, high: number): number {
    return low + this.share() * (high - low);
  }

  below(limit: number): number {
    return this.random.below(limit);
  }

  pick<T>(list: readonly T[]): T {
    return list[this.random.below(list.length)]!;
  }

  /** Exponentially distributed. */
  around(mean: number): number {
    return -Math.log(1 - this.share()) * mean;
  }

  hex(length: number): string {
    let text = '';
    while (text.length < length) text += this.random.below(16).toString(16);
    return text;
  }
}
