// The engine takes memory by what it has: as much again for what is young as long as much of that survives, up to 128 MB, and for
// what is old a part of what lives. Of an audit much survives and much lives, and neither makes it faster: an eighth of the room for
// what is young is as fast, and behind a certain room for garbage to look for it seldom saves nothing that can be measured.
import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';

export class HeapLevel {
  private asked = 0;
  private mayGrow = true;
  private percent = 0;

  /** To be asked often, while the work goes on. */
  keep(): void {
    if (this.asked++ % EVERY !== 0) return;
    this.keepYoung();
    this.keepOld();
  }

  /** A busy machine makes the engine halve it: then it may grow again. */
  private keepYoung(): void {
    const mayGrow = 2 * youngOctets() <= ENOUGH;
    if (mayGrow === this.mayGrow) return;
    this.mayGrow = mayGrow;
    setFlagsFromString(`--semi-space-growth-factor=${mayGrow ? 2 : 1}`);
  }

  /** So much garbage, whatever lives beside it: a long capture shall take no more memory than its open calls do. */
  private keepOld(): void {
    const used = spaceOf('old_space')?.space_used_size ?? 0;
    const percent = Math.round(Math.min(MOST_PERCENT, Math.max(LEAST_PERCENT, (100 * GARBAGE) / used)));
    if (Math.abs(percent - this.percent) <= SLIGHT) return;
    this.percent = percent;
    setFlagsFromString(`--heap-growing-percent=${percent}`);
  }
}

/** The room that what is young has now, both halves of it. */
export function youngOctets(): number {
  return spaceOf('new_space')?.space_size ?? 0;
}

function spaceOf(name: string): { space_size: number; space_used_size: number } | undefined {
  return getHeapSpaceStatistics().find(({ space_name }) => space_name === name);
}

/** Messages and calls. */
const EVERY = 256;
/** Octets. */
const ENOUGH = 16 << 20;
const GARBAGE = 48 << 20;
const MOST_PERCENT = 40;
const LEAST_PERCENT = 15;
const SLIGHT = 1;
