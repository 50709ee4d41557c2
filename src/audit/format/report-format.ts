// What a format is given of a report, and what it gives.
import type { Severity } from '../../capture/diagnostic.ts';
import type { RuleMeta } from '../../rules/rule.ts';
import type { Exhibit } from '../html/exhibit.ts';
import type { Report } from '../report.ts';

export type Format = (report: Report, options: FormatOptions) => Iterable<string>;

export interface FormatOptions {
  /** Of the rules that ran. */
  readonly rules: readonly RuleMeta[];
  /** What the audit fails on. */
  readonly failOn: Severity | 'never';
  /** For a page: what is shown of findings besides their words, by their place in the report, from 0. */
  readonly exhibits?: ReadonlyMap<number, Exhibit>;
}
