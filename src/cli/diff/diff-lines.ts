// A pair of calls that differ, or a call that only one capture has, as lines for people.
import type { CallDifference, MessageDifference } from '../../diff/call-difference.ts';
import type { CallFacts } from '../../diff/call-facts.ts';
import type { LoneCall } from '../../diff/capture-difference.ts';
import type { FieldChange } from '../../diff/field-changes.ts';
import { displayWidth, shorten } from '../../ladder/display-width.ts';
import { printable } from '../../ladder/printable.ts';
import { formatClock, formatDuration } from '../output/format.ts';
import type { Sheet } from './diff-report.ts';
import { differingPart } from './differing-part.ts';
import { hangingLines, wordLines } from './hanging-lines.ts';

export function loneLines({ side, call, beside }: LoneCall, sheet: Sheet): string[] {
  const other = side === 'before' ? 'after' : 'before';
  const head = `  ${call.id}  `;
  const indent = ' '.repeat(head.length);
  const where = `${how(call)}, packet ${call.frame} at ${formatClock(call.start)}`;
  const lines = [
    ...wordLines(head, parties(call), sheet.width),
    ...wordLines(indent, where, sheet.width),
    ...hangingLines(indent, `Call-ID ${printable(call.callId)}`, sheet.width),
  ];
  if (beside) lines.push(`${indent}it began when there was no capture of ${other}`);
  return [lines[0]!, ...lines.slice(1).map(sheet.paint.dim)];
}

/** Changes that were told, with the number of the call they were told of. */
export type Told = Map<string, number>;

/** `offset`: milliseconds that the clock of `after` is ahead. Changes that were `told` of a call before are only named. */
export function pairLines(difference: CallDifference, offset: number, told: Told, sheet: Sheet): string[] {
  const { before, after, facts, delays, messages, compared } = difference;
  const { paint, width } = sheet;
  const heads = hangingLines(`call ${before.id} │ ${after.id}  `, parties(before), width);
  const lines = heads.map(paint.bold);
  lines.push(...hangingLines('  ', matchText(difference), width).map(paint.dim));
  for (const { name, before, after } of facts)
    lines.push(
      ...wordLines(
        `  ${name}: `,
        `${printable(before) || 'none'} │ ${printable(after) || 'none'}`,
        width,
      ).map(paint.yellow),
    );
  for (const { name, before, after } of delays)
    lines.push(paint.yellow(`  ${DELAYS[name]}: ${formatDuration(before!)} │ ${formatDuration(after!)}`));
  if (!compared) lines.push('  messages were too many to be compared');
  const names = namesWidth(messages);
  const differing = messages.filter(({ kind }) => kind !== 'same');
  for (const message of differing.slice(0, MOST_MESSAGES))
    lines.push(...messageLines(message, { offset, names, told, id: before.id }, sheet));
  if (differing.length > MOST_MESSAGES)
    lines.push(`  … and ${differing.length - MOST_MESSAGES} more messages that differ`);
  const same = messages.length - differing.length;
  if (same > 0)
    lines.push(paint.dim(`  ${same} of ${messages.length} messages ${same === 1 ? 'is' : 'are'} the same`));
  return lines;
}

interface Telling {
  readonly offset: number;
  /** Columns for the names of fields. */
  readonly names: number;
  readonly told: Told;
  /** Number of the call. */
  readonly id: number;
}

function messageLines(message: MessageDifference, telling: Telling, { paint, width }: Sheet): string[] {
  const { kind, before, after, transit, changes, cut } = message;
  const headed = (sign: string, tail: string): string => {
    const room = Math.max(LEAST, width - sign.length - displayWidth(tail));
    return `${sign}${shorten(printable(message.label), room, '…')}${tail}`;
  };
  if (kind === 'only-before') return [paint.red(headed('  - ', `  packet ${before}, only in before`))];
  if (kind === 'only-after') return [paint.green(headed('  + ', `  packet ${after}, only in after`))];
  const late = transit === null ? '' : `  ${formatDuration(transit - telling.offset)}`;
  const lines = [paint.cyan(headed('  ', `  packet ${before} │ ${after}${late}`))];
  if (cut) lines.push(paint.dim('    cut short by the capture: compared as far as both go'));
  const again = new Map<number, string[]>();
  for (const change of changes) {
    const sign = signature(change);
    const where = telling.told.get(sign);
    if (where === undefined) {
      telling.told.set(sign, telling.id);
      lines.push(...changeLines(change, telling.names, { paint, width }));
      continue;
    }
    const names = again.get(where) ?? [];
    again.set(where, names);
    names.push(printable(change.name));
  }
  for (const [id, names] of again) {
    const where = id === telling.id ? 'as above' : `as in call ${id}`;
    lines.push(...wordLines(`    ${where}: `, names.join(', '), width).map(paint.dim));
  }
  return lines;
}

function changeLines(change: FieldChange, names: number, { paint, width }: Sheet): string[] {
  const { before, after, secret } = change;
  const name = shorten(printable(change.name), names, '…');
  const column = `    ${name}${' '.repeat(Math.max(0, names - displayWidth(name)))}  `;
  if (secret) return [`${column}differs in what is masked`];
  if (change.change === 'reordered')
    return [
      ...hangingLines(`${column}- `, printable(before.join(', ')), width).map(paint.red),
      ...hangingLines(`${' '.repeat(displayWidth(column))}+ `, printable(after.join(', ')), width).map(
        paint.green,
      ),
    ];
  const rows = [
    ...together(before).map((value) => ({ sign: '-', value, colour: paint.red })),
    ...together(after).map((value) => ({ sign: '+', value, colour: paint.green })),
  ];
  const kept = rows.slice(0, MOST_VALUES);
  const lines = kept.flatMap(({ sign, value, colour }, index) => {
    const head = index === 0 ? column : ' '.repeat(displayWidth(column));
    // Lists are cut between words, other values have none.
    const cut = value.includes(', ') ? wordLines : hangingLines;
    const [first = '', ...rest] = cut(`${head}${sign} `, printable(value), width);
    // The name of a field is in no colour.
    return [head + colour(first.slice(head.length)), ...rest.map(colour)];
  });
  if (rows.length > kept.length) lines.push(`    … and ${rows.length - kept.length} more values`);
  return lines;
}

/** Lists of words (Allow, Supported) stand in one line, as they were written. */
function together(values: readonly string[]): readonly string[] {
  return values.length > 1 && values.every((value) => /^[\w.-]+$/.test(value)) ? [values.join(', ')] : values;
}

/** The same change, whatever message and transaction it is in: `Via changed 10.0.0.1 → 192.0.2.7`. */
function signature({ name, change, before, after }: FieldChange): string {
  const parts = Array.from({ length: Math.max(before.length, after.length) }, (_, index) =>
    differingPart(name, before[index] ?? '', after[index] ?? ''),
  );
  return JSON.stringify([name, change, parts]);
}

function namesWidth(messages: readonly MessageDifference[]): number {
  let width = 0;
  for (const { changes } of messages)
    for (const { name } of changes) width = Math.max(width, displayWidth(printable(name)));
  return Math.min(MOST_NAME, width);
}

function matchText({ by, before, after }: CallDifference): string {
  if (by === 'call-id') return `by Call-ID ${printable(before.callId)}`;
  return `by who calls whom  Call-ID ${printable(before.callId)} │ ${printable(after.callId)}`;
}

function parties({ from, to }: CallFacts): string {
  return printable(`${from} → ${to}`);
}

function how({ kind, state, cause, messages }: CallFacts): string {
  const text = printable([`${kind} ${state}`, cause].filter((part) => part !== '').join(', '));
  return `${text}, ${messages} message${messages === 1 ? '' : 's'}`;
}

const DELAYS: Readonly<Record<CallDifference['delays'][number]['name'], string>> = {
  sessionRequestDelay: 'post-dial delay',
  ringTime: 'ringing',
  setupTime: 'set-up',
  sessionDuration: 'duration',
  sessionDisconnectDelay: 'disconnect delay',
  registrationRequestDelay: 'registration',
  responseDelay: 'response',
};
/** Columns of a label, however little room there is. */
const LEAST = 20;
const MOST_NAME = 30;
const MOST_VALUES = 24;
const MOST_MESSAGES = 200;
