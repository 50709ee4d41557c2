// A report as one JSON object, and findings as one object a line. Version 1; what would act on a terminal is written `\u009b`.
import { spellOut } from '../../dialog/json-text.ts';
import type { Report } from '../report.ts';

/** In pieces, so that a large report needs no second copy of itself. */
export function* reportJson({
  findings,
  calls,
  legs,
  coverage,
  summary,
  ...head
}: Report): Generator<string> {
  yield `${text(head).slice(0, -1)},"findings":[`;
  for (let index = 0; index < findings.length; index++)
    yield `${index > 0 ? ',' : ''}\n${text(findings[index])}`;
  yield '\n],"calls":[';
  for (let index = 0; index < calls.length; index++) yield `${index > 0 ? ',' : ''}\n${text(calls[index])}`;
  yield `\n],"legs":${text(legs)},\n"coverage":${text(coverage)},\n"summary":${text(summary)}}\n`;
}

/** NDJSON, a line a finding. */
export function* findingLines({ findings }: Report): Generator<string> {
  for (const finding of findings) yield findingLine(finding);
}

export function findingLine(finding: object): string {
  return `${text({ v: 1, ...finding })}\n`;
}

function text(value: unknown): string {
  return spellOut(JSON.stringify(value));
}
