// The left edge of a ladder: packet number and time of each arrow, right-aligned.
import { formatTimestamp } from '../capture/timestamp.ts';
import type { Arrow, Drawing, Stream } from './drawing.ts';

/** Time of day in UTC; seconds since the call's first message; seconds since the message before. */
export type TimeMode = 'absolute' | 'relative' | 'delta';

export class Gutter {
  /** Columns it takes, with the space after it. */
  readonly width: number;
  private readonly frameWidth: number;
  private readonly timeWidth: number;
  private readonly mode: TimeMode;
  private readonly decimals: number;

  constructor(drawing: Drawing, mode: TimeMode, frames: boolean, narrow: boolean) {
    this.mode = mode;
    this.decimals = narrow ? 3 : 6;
    let frameWidth = 0;
    let timeWidth = 0;
    for (const row of drawing.rows) {
      if (row.kind !== 'arrow' && row.kind !== 'stream') continue;
      if (frames) frameWidth = Math.max(frameWidth, String(row.frames[0]).length);
      timeWidth = Math.max(timeWidth, this.time(row).length);
    }
    this.frameWidth = frameWidth;
    this.timeWidth = timeWidth;
    this.width = (frameWidth === 0 ? 0 : frameWidth + 2) + timeWidth + 2;
  }

  text(arrow: Arrow | Stream): string {
    const time = this.time(arrow).padStart(this.timeWidth);
    if (this.frameWidth === 0) return time;
    // What no packet carried has no number.
    const frame = arrow.frames[0] === 0 ? '' : String(arrow.frames[0]);
    return `${frame.padStart(this.frameWidth)}  ${time}`;
  }

  private time(arrow: Arrow | Stream): string {
    if (this.mode === 'absolute') return formatTimestamp(arrow.time).slice(11, 20 + this.decimals);
    const milliseconds = this.mode === 'relative' ? arrow.sinceStart : arrow.sincePrevious;
    const text = (milliseconds / 1000).toFixed(this.decimals);
    return this.mode === 'delta' && milliseconds >= 0 ? `+${text}` : text;
  }
}
