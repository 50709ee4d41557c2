// `sipspect diff`: what two captures have in common, and in what they differ, call by call and message by message.

import { spellOut } from '../../dialog/record/json-text.ts';
import type { MatchWish } from '../../diff/call-matching.ts';
import { CaptureDifference } from '../../diff/capture-difference.ts';
import { HEADERS, headerId } from '../../sip/header/header-names.ts';
import { CliError, EXIT } from '../exit.ts';
import { openFilter } from '../filter.ts';
import { type CommonOptions, readsInputOnce } from '../options.ts';
import { colourWanted } from '../output/colour.ts';
import { Output } from '../output/output.ts';
import { painter } from '../output/paint.ts';
import { warn } from '../output/warn.ts';
import { read } from '../read.ts';
import { loneRecord, pairRecord, summaryRecord } from './diff-record.ts';
import { DiffReport } from './diff-report.ts';

export interface DiffOptions extends CommonOptions {
  readonly by: MatchWish;
  readonly all?: boolean;
  readonly ignore?: readonly string[];
  readonly limit: string;
  readonly with?: readonly string[];
}

export async function diff(before: string, after: string, options: DiffOptions): Promise<void> {
  readsInputOnce([before, after]);
  const output = new Output();
  const paint = painter(colourWanted(options.color ?? 'auto', process.stdout));
  const width = (process.stdout.isTTY ? process.stdout.columns : undefined) || 80;
  const report = new DiffReport(countOf(options.limit), { paint, width });
  const line = (record: object): void => output.line(spellOut(JSON.stringify(record)));
  const difference = new CaptureDifference({
    by: options.by,
    all: options.all === true,
    ignored: new Set((options.ignore ?? []).map(headerKey)),
    onPair: (pair) => (options.json ? line(pairRecord(pair)) : report.pair(pair)),
    onAlone: (lone) => (options.json ? line(loneRecord(lone)) : report.alone(lone)),
  });
  for (const [side, capture] of [
    ['before', before],
    ['after', after],
  ] as const) {
    const filter = await openFilter(options.filter);
    await read([capture, ...(options.with ?? [])], options, {
      output,
      keepMessages: difference[side].keeps,
      onMessage(message, info) {
        difference[side].message(message, info);
        filter?.collect(message, info);
      },
      onCall(call) {
        if (filter === null || filter.call(call)) difference.call(call, side);
        else difference.leaveOut(call, side);
      },
    });
  }
  const summary = difference.end();
  if (summary.pairs.uncompared > 0)
    warn({
      code: 'diff/room-capped',
      message: `the captures are too large to keep: messages of ${summary.pairs.uncompared} calls are not compared, see --filter`,
    });
  if (options.json) line(summaryRecord(summary));
  else report.print(output, summary, { before, after });
  await output.flush();
  const { pairs, before: one, after: other } = summary;
  if (pairs.differing + one.only + other.only > 0 && process.exitCode === undefined)
    process.exitCode = EXIT.findings;
}

/** As Comparison has them: a compact form is its long form. */
function headerKey(name: string): string {
  const id = headerId(name);
  return (id === 0 ? name : HEADERS[id]!.name).toLowerCase();
}

function countOf(text: string): number {
  const count = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(count))
    throw new CliError(`--limit takes a whole number, not "${text}"`);
  return count;
}
