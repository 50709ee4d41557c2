// The engine doubles the room for what is young as long as much of it survives, up to 128 MB: of an audit always much does.
// An eighth of it is as fast. A busy machine makes the engine halve it: then it may grow again.
import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';

export class YoungHeap {
  private asked = 0;
  private mayGrow = true;

  /** To be asked often, while the work goes on. */
  keepLevel(): void {
    if (this.asked++ % EVERY !== 0) return;
    const mayGrow = 2 * youngOctets() <= ENOUGH;
    if (mayGrow === this.mayGrow) return;
    this.mayGrow = mayGrow;
    setFlagsFromString(`--semi-space-growth-factor=${mayGrow ? 2 : 1}`);
  }
}

/** The room that it has now, both halves of it. */
export function youngOctets(): number {
  return getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space')?.space_size ?? 0;
}

/** Messages and calls. */
const EVERY = 256;
/** Octets. */
const ENOUGH = 16 << 20;
