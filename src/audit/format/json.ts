// A report as one JSON object, and findings as one object a line. Version 1; what would act on a terminal is written `\u009b`.
import { spellOut } from '../../dialog/record/json-text.ts';
import { type Listed, textsOf } from '../listed.ts';
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
  yield* entries(findings, '\n');
  yield '\n],"calls":[';
  yield* entries(calls, '\n');
  yield '\n],"legs":{"pairs":[';
  yield* entries(legs.pairs, '');
  yield '],"unpaired":[';
  yield* entries(legs.unpaired, '');
  yield `],"unlisted":${legs.unlisted}},\n"coverage":${text(coverage)},\n"summary":${text(summary)}}\n`;
}

function* entries(list: Listed<unknown>, before: string): Generator<string> {
  let between = before;
  for (const one of textsOf(list)) {
    yield between + spellOut(one);
    between = `,${before}`;
  }
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
