// The formats of a report, each in a file that is loaded where it is asked for. A format makes text of a report, in pieces.
import type { Severity } from '../../capture/diagnostic.ts';
import type { RuleMeta } from '../../rules/rule.ts';
import type { Exhibit } from '../html/exhibit.ts';
import type { Report } from '../report.ts';
import { findingLines, reportJson } from './json.ts';

export const FORMATS = ['json', 'ndjson', 'sarif', 'junit', 'csv', 'markdown', 'html'] as const;
export type FormatName = (typeof FORMATS)[number];

export type Format = (report: Report, options: FormatOptions) => Iterable<string>;

export interface FormatOptions {
  /** Of the rules that ran. */
  readonly rules: readonly RuleMeta[];
  /** What the audit fails on. */
  readonly failOn: Severity | 'never';
  /** For a page: what is shown of findings besides their words, by their place in the report, from 0. */
  readonly exhibits?: ReadonlyMap<number, Exhibit>;
}

export async function loadFormat(name: FormatName): Promise<Format> {
  switch (name) {
    case 'json':
      return reportJson;
    case 'ndjson':
      return findingLines;
    case 'sarif':
      return (await import('./sarif.ts')).reportSarif;
    case 'junit':
      return (await import('./junit.ts')).reportJunit;
    case 'csv':
      return (await import('./csv.ts')).reportCsv;
    case 'markdown':
      return (await import('./markdown.ts')).reportMarkdown;
    case 'html':
      return (await import('../html/page.ts')).reportHtml;
  }
}

/** The format that the end of a file's name tells. */
export const FORMAT_BY_END: Readonly<Record<string, FormatName>> = {
  '.json': 'json',
  '.ndjson': 'ndjson',
  '.jsonl': 'ndjson',
  '.sarif': 'sarif',
  '.xml': 'junit',
  '.csv': 'csv',
  '.md': 'markdown',
  '.html': 'html',
  '.htm': 'html',
};
