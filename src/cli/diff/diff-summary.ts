// The summary of a comparison of two captures: counts, times, and the changes that are met most.
import { grouped, plural } from '../../audit/words.ts';
import type { DifferenceSummary } from '../../diff/capture-difference.ts';
import type { ChangeCount } from '../../diff/change-tally.ts';
import type { Span } from '../../diff/median.ts';
import { displayWidth, shorten } from '../../ladder/display-width.ts';
import { printable } from '../../ladder/printable.ts';
import { formatDuration } from '../output/format.ts';
import type { Sheet } from './diff-report.ts';
import { differingPart } from './differing-part.ts';
import { wordLines } from './hanging-lines.ts';

export function summaryLines(
  summary: DifferenceSummary,
  names: { before: string; after: string },
  sheet: Sheet,
): string[] {
  const { before, after, pairs, messages, changes, transit } = summary;
  const both = pairs.byCallId + pairs.byParties;
  const rows: [string, string][] = [
    [
      'before',
      `${printable(names.before)}: ${plural(before.calls, 'call')}, ${plural(before.messages, 'message')}`,
    ],
    [
      'after',
      `${printable(names.after)}: ${plural(after.calls, 'call')}, ${plural(after.messages, 'message')}`,
    ],
    [
      'calls',
      [
        `${grouped(both)} in both${matchedBy(pairs)}`,
        `${ofThem(pairs.differing)} ${pairs.differing > 1 ? 'differ' : 'differs'}`,
        onlyIn(before.only, after.only),
      ].join(', '),
    ],
    [
      'messages',
      [
        `${grouped(messages.matched)} in both`,
        `${ofThem(messages.changed)} changed`,
        onlyIn(messages.onlyBefore, messages.onlyAfter),
      ].join(', '),
    ],
  ];
  if (pairs.uncompared > 0)
    rows.push(['', `messages of ${plural(pairs.uncompared, 'call')} were too many to be compared`]);
  if (messages.uncompared > 0)
    rows.push([
      '',
      `${plural(messages.uncompared, 'message')} beyond the first of long calls were not compared`,
    ]);
  if (transit.away !== null) rows.push(['transit', `before → after: ${spanText(transit.away)}`]);
  if (transit.back !== null)
    rows.push([transit.away === null ? 'transit' : '', `after → before: ${spanText(transit.back)}`]);
  if (transit.offset !== 0) {
    const side = transit.offset > 0 ? 'after' : 'before';
    rows.push([
      'clocks',
      `that of ${side} is ${formatDuration(Math.abs(transit.offset))} ahead: times are without it`,
    ]);
  }
  const lines = rows.flatMap(([name, text]) => {
    const [first = '', ...rest] = wordLines(name.padEnd(10), text, sheet.width);
    return [sheet.paint.bold(first.slice(0, 10)) + first.slice(10), ...rest];
  });
  if (pairs.differing + before.only + after.only === 0) {
    const text =
      pairs.uncompared + messages.uncompared > 0
        ? 'Nothing differs in what was compared.'
        : 'Nothing differs.';
    return [...lines, '', sheet.paint.green(text)];
  }
  return changes.length === 0 ? lines : [...lines, '', ...changeLines(changes, sheet)];
}

function changeLines(changes: readonly ChangeCount[], { paint, width }: Sheet): string[] {
  const shown = changes.slice(0, SHOWN);
  const names = Math.min(30, Math.max(...shown.map(({ name }) => displayWidth(printable(name)))));
  const digits = Math.max(...shown.map(({ messages }) => grouped(messages).length));
  const lines = shown.map(({ name, change, messages, example }) => {
    const title = shorten(printable(name), names, '…');
    const head = `  ${grouped(messages).padStart(digits)}  ${title}${' '.repeat(names - displayWidth(title))}  ${change.padEnd(9)}`;
    const room = Math.max(0, width - displayWidth(head) - 2);
    const text = room < LEAST ? '' : shorten(printable(exampleText(example)), room, '…');
    return `${head}  ${paint.dim(text)}`.trimEnd();
  });
  if (changes.length > shown.length)
    lines.push(paint.dim(`  … and ${plural(changes.length - shown.length, 'other')}`));
  return [paint.bold('Changed most, in so many messages'), ...lines];
}

function exampleText({ name, change, before, after, secret }: ChangeCount['example']): string {
  if (secret) return 'in what is masked';
  if (change === 'reordered') return before.join(', ');
  const [one, other] = [before[0] ?? '', after[0] ?? ''];
  if (before.length === 0 || after.length === 0) return `${before.length === 0 ? '+' : '-'} ${one || other}`;
  const [mine, theirs] = differingPart(name, one, other);
  if (mine === '') return `+ ${theirs}`;
  return theirs === '' ? `- ${mine}` : `${mine} → ${theirs}`;
}

function matchedBy({ byCallId, byParties }: DifferenceSummary['pairs']): string {
  if (byParties === 0) return byCallId === 0 ? '' : ' (by Call-ID)';
  const parties = 'by who calls whom';
  return byCallId === 0
    ? ` (${parties})`
    : ` (${grouped(byCallId)} by Call-ID, ${grouped(byParties)} ${parties})`;
}

function ofThem(count: number): string {
  return `${count === 0 ? 'none' : grouped(count)} of them`;
}

function onlyIn(before: number, after: number): string {
  if (before === 0 && after === 0) return 'none in one only';
  return `${grouped(before)} only in before, ${grouped(after)} only in after`;
}

function spanText({ count, median, lowest, highest }: Span): string {
  const range = `${formatDuration(lowest)} to ${formatDuration(highest)}`;
  return `median ${formatDuration(median)}, ${range} (${plural(count, 'message')})`;
}

const SHOWN = 20;
const LEAST = 12;
