// Where a phase of the work ends that leaves much garbage, the engine does not know it.
import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Of a small heap nothing: it takes some 50 ms. */
export function collectGarbage(): void {
  if (getHeapStatistics().used_heap_size < SMALL) return;
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  setFlagsFromString('--no-expose-gc');
  collect();
}

/** Octets. */
const SMALL = 96 << 20;
