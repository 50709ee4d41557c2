// The formats of a report, each in a file that is loaded where it is asked for. A format makes text of a report, in pieces.
import { findingLines, reportJson } from './json.ts';
import type { Format } from './report-format.ts';

export const FORMATS = ['json', 'ndjson', 'sarif', 'junit', 'csv', 'markdown', 'html'] as const;
export type FormatName = (typeof FORMATS)[number];

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
