// Files that other programs still write: whether they have more octets than were read. Asked of the file system again and again.
import { statSync } from 'node:fs';
import type { InputStatus } from '../../capture/capture-set.ts';

export class Growth {
  private readonly every: number;
  private stopped = false;
  private wake: (() => void) | null = null;

  /** Milliseconds between two looks. */
  constructor(every: number) {
    this.every = every;
  }

  stop(): void {
    this.stopped = true;
    this.wake?.();
  }

  /** True once a file has not the size that was read of it, false when that is not waited for any more. */
  async of(inputs: readonly Read[]): Promise<boolean> {
    while (!this.stopped) {
      if (inputs.some(isOther)) return true;
      await this.pause(this.every);
    }
    return false;
  }

  /** True once the file has more octets than these, false when it has fewer: it was begun anew. */
  async beyond(path: string, taken: number): Promise<boolean> {
    return (await this.of([{ path, bytes: taken, size: 0 }])) && (sizeOf(path) ?? 0) > taken;
  }

  async pause(milliseconds: number): Promise<void> {
    if (this.stopped) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.wake = null;
  }
}

type Read = Pick<InputStatus, 'path' | 'bytes' | 'size'>;

/** Of a damaged file not all was read: it has to be another size than when it was opened. */
function isOther({ path, bytes, size }: Read): boolean {
  const seen = Math.max(bytes, size);
  return (sizeOf(path) ?? seen) !== seen;
}

/** Undefined of what is no regular file, or not there. */
function sizeOf(path: string): number | undefined {
  const status = path === '-' ? undefined : statSync(path, { throwIfNoEntry: false });
  return status?.isFile() ? status.size : undefined;
}
