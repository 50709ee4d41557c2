// The engine doubles the room for what is young as long as much of it survives, up to 128 MB: of an audit always much does. A
// quarter of it is as fast.
import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';

export class YoungHeap {
  private asked = 0;
  private isLevel = false;

  /** To be asked often, while the work goes on. */
  keepLevel(): void {
    if (this.isLevel || this.asked++ % EVERY !== 0) return;
    const young = getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space');
    if (young === undefined || young.space_size < ENOUGH) return;
    this.isLevel = true;
    setFlagsFromString('--semi-space-growth-factor=1');
  }
}

const EVERY = 64;
/** Octets: both halves of it. */
const ENOUGH = 32 << 20;
