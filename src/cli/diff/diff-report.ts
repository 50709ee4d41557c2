// What `diff` tells people: first how much the captures have in common, then the calls that only one has, then the pairs that
// differ, worst first.
import { type CallDifference, isSame } from '../../diff/call-difference.ts';
import type { DifferenceSummary, LoneCall } from '../../diff/capture-difference.ts';
import type { Output } from '../output/output.ts';
import type { Paint } from '../output/paint.ts';
import { loneLines, pairLines, type Told } from './diff-lines.ts';
import { summaryLines } from './diff-summary.ts';

export interface Sheet {
  readonly paint: Paint;
  /** Columns. */
  readonly width: number;
}

export class DiffReport {
  private readonly limit: number;
  private readonly sheet: Sheet;
  private worst: CallDifference[] = [];
  private readonly lone: LoneCall[] = [];

  /** `limit`: of either kind so many are told. */
  constructor(limit: number, sheet: Sheet) {
    this.limit = limit;
    this.sheet = sheet;
  }

  pair(difference: CallDifference): void {
    if (isSame(difference)) return;
    this.worst.push(difference);
    // Sorted now and then, so that what is told no more is not kept.
    if (this.worst.length > 2 * this.limit + SPARE) this.sort();
  }

  alone(call: LoneCall): void {
    if (this.lone.filter(({ side }) => side === call.side).length < this.limit) this.lone.push(call);
  }

  print(output: Output, summary: DifferenceSummary, names: { before: string; after: string }): void {
    const { sheet } = this;
    for (const line of summaryLines(summary, names, sheet)) output.line(line);
    for (const side of ['before', 'after'] as const) {
      const own = this.lone.filter((one) => one.side === side);
      if (own.length === 0) continue;
      output.line('');
      output.line(sheet.paint.bold(`Only in ${side}`));
      for (const lone of own) for (const line of loneLines(lone, sheet)) output.line(line);
      this.more(output, summary[side].only - own.length, 'such call');
    }
    this.sort();
    const told: Told = new Map();
    for (const difference of this.worst) {
      output.line('');
      for (const line of pairLines(difference, summary.transit.offset, told, sheet)) output.line(line);
    }
    if (this.worst.length < summary.pairs.differing) output.line('');
    this.more(output, summary.pairs.differing - this.worst.length, 'pair');
  }

  private more(output: Output, count: number, what: string): void {
    if (count <= 0) return;
    const text = `… and ${count} more ${what}${count === 1 ? '' : 's'}: see --limit`;
    output.line(this.sheet.paint.dim(text));
  }

  private sort(): void {
    this.worst = this.worst
      .sort((a, b) => badness(b) - badness(a) || a.before.id - b.before.id)
      .slice(0, this.limit);
  }
}

/** A call that ends otherwise is worse than messages that got lost, and those are worse than messages that were changed. */
function badness({ facts, delays, messages }: CallDifference): number {
  const lost = messages.filter(({ kind }) => kind === 'only-before' || kind === 'only-after').length;
  const changed = messages.filter(({ kind }) => kind === 'changed').length;
  return facts.length * 1e9 + lost * 1e5 + changed + delays.length;
}

const SPARE = 100;
