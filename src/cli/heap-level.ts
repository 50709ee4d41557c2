// The engine takes memory by what it has: as much again for what is young as long as much of that survives, up to 128 MB, and for
// what is old a part of what lives. Of an audit much survives and much lives. An eighth of the room for what is young is as fast;
// and to look for garbage more often as more lives costs little, where a long capture else takes ever more.
import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';

export class HeapLevel {
  private asked = 0;
  private mayGrow = true;
  private percent = 0;
  /** Octets of what is old, garbage too, when it was asked last; and after it was last collected. */
  private used = 0;
  private live = 0;

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

  /** The more lives, the less garbage beside it, within bounds: of a long capture more lives, and it shall take no more memory. */
  private keepOld(): void {
    const used = spaceOf('old_space')?.space_used_size ?? 0;
    if (used < this.used || this.live === 0) this.live = used;
    this.used = used;
    const garbage = Math.max(LEAST_GARBAGE, LEVEL - this.live);
    const percent = Math.round(Math.min(MOST_PERCENT, (100 * garbage) / this.live));
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
const LEVEL = 136 << 20;
const LEAST_GARBAGE = 24 << 20;
const MOST_PERCENT = 40;
const SLIGHT = 1;
