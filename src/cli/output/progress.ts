// Progress of long work, on standard error and only where that is a terminal.
import { grouped } from '../../audit/words.ts';

const EVERY_MS = 200;
const BAR_WIDTH = 24;

/** Draws one line that is drawn over, and wipes it at the end. */
export class Progress {
  #last = Date.now();
  #drawn = false;
  readonly #enabled = process.stderr.isTTY === true;

  /** `total` in octets, 0 when not known (standard input). */
  update(done: number, total: number, packets: number): void {
    if (!this.#enabled) return;
    const now = Date.now();
    if (now - this.#last < EVERY_MS) return;
    this.#last = now;
    this.#drawn = true;
    process.stderr.write(`\r\x1b[K${progressLine(done, total, packets)}`);
  }

  end(): void {
    if (this.#drawn) process.stderr.write('\r\x1b[K');
    this.#drawn = false;
  }
}

/** `[████████                ] 33 % of 330 MB, 215,000 packets`. */
export function progressLine(done: number, total: number, packets: number): string {
  const count = `${grouped(packets)} packets`;
  if (total === 0) return `${megabytes(done)}, ${count}`;
  const share = Math.min(done / total, 1);
  const full = Math.round(share * BAR_WIDTH);
  return `[${'█'.repeat(full)}${' '.repeat(BAR_WIDTH - full)}] ${Math.floor(share * 100)} % of ${megabytes(total)}, ${count}`;
}

function megabytes(octets: number): string {
  return octets < 1e6 ? `${Math.ceil(octets / 1e3)} kB` : `${Math.round(octets / 1e6)} MB`;
}
