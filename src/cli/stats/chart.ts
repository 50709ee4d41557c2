// A chart before it is drawn: bars with names. Texts are as they came: whoever draws escapes them.
import type { Tone } from '../../ladder/drawing.ts';

export interface Chart {
  readonly title: string;
  /** One line below the title; '' for none. */
  readonly note: string;
  /** `across`: names at the left, bars to the right. `up`: bars beside one another, on a scale. */
  readonly direction: 'across' | 'up';
  readonly bars: readonly ChartBar[];
  /** What the parts of a bar are, where there are several. */
  readonly legend: readonly { readonly name: string; readonly tone: Tone }[];
  /** It takes the whole width. */
  readonly wide: boolean;
  /** What a name and a part are called in a table. */
  readonly heads: readonly string[];
}

export interface ChartBar {
  /** In words: `200 OK`, `more than 2 ms, at most 5 ms`. */
  readonly name: string;
  /** On the axis, of bars that go up; '' for none. */
  readonly tick: string;
  /** One upon the other. */
  readonly parts: readonly { readonly value: number; readonly tone: Tone }[];
}

export function totalOf({ parts }: ChartBar): number {
  return parts.reduce((sum, { value }) => sum + value, 0);
}
