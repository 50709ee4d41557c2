// The random numbers of one case, from the seed of the run and the number of the case.
import { seeded } from '../bench/random.mjs';

export class CaseRandom {
  constructor(seed, number) {
    this.next = seeded(Math.imul(seed, 0x9e3779b1) ^ Math.imul(number, 0x85ebca6b));
  }

  /** A whole number from 0 to `limit - 1`. */
  below(limit) {
    return Math.floor(this.next() * limit);
  }

  of(list) {
    return list[this.below(list.length)];
  }
}
