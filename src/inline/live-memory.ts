// How much memory is in use: what was left after the last great collection of garbage. What is asked for at any other time has the
// garbage in it, which may be as much again, and an SBC that counts it refuses calls for nothing.
import { constants, PerformanceObserver } from 'node:perf_hooks';
import { getHeapStatistics } from 'node:v8';

export class LiveMemory {
  /** MiB that the heap can be trusted to hold: above it Node itself would give up. */
  readonly most = (getHeapStatistics().heap_size_limit * SAFE) / MEBIBYTE;
  private octets = 0;
  private readonly observer: PerformanceObserver;

  constructor() {
    this.observer = new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        const { detail } = entry as unknown as { detail?: { kind?: number } };
        if (detail?.kind === constants.NODE_PERFORMANCE_GC_MAJOR) this.octets = inUse();
      }
    });
    this.observer.observe({ entryTypes: ['gc'] });
  }

  /** Before the first collection there is little. */
  get mebibytes(): number {
    return (this.octets || inUse()) / MEBIBYTE;
  }

  close(): void {
    this.observer.disconnect();
  }
}

function inUse(): number {
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

const MEBIBYTE = 1 << 20;
const SAFE = 0.75;
