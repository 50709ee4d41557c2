// `sipspect show --across`: what a box changed of each request and response that crossed it, side by side.
import type { Call } from '../../dialog/call.ts';
import { type MessageDifference, messageDifference } from '../../explain/message-difference.ts';
import { printable } from '../../ladder/printable.ts';
import { type CallGroup, CallGroups } from '../../legs/call-groups.ts';
import type { LegPair } from '../../legs/pair.ts';
import { crossedMessages } from '../../rules/facts/crossed-messages.ts';
import type { MessageFacts } from '../../rules/facts/message-facts.ts';
import { callChoice } from '../calls/call-choice.ts';
import { CliError, EXIT } from '../exit.ts';
import { openFilter } from '../filter.ts';
import { callsAround } from '../ladder/calls-around.ts';
import { parseNumberList } from '../options.ts';
import { colourWanted } from '../output/colour.ts';
import { Output } from '../output/output.ts';
import { type Paint, painter } from '../output/paint.ts';
import { read } from '../read.ts';
import type { ShowOptions } from './show-options.ts';
import { sideBySide } from './side-by-side.ts';

export async function showAcross(captures: readonly string[], options: ShowOptions): Promise<void> {
  const output = new Output();
  const paint = painter(colourWanted(options.color ?? 'auto', process.stdout));
  const filter = await openFilter(options.filter);
  const isWanted = callChoice(options);
  const isFrame = options.frame === undefined ? null : parseNumberList(options.frame, '--frame');
  const width = (process.stdout.isTTY ? process.stdout.columns : undefined) ?? 100;
  const chosen = new WeakSet<Call>();
  let shown = 0;
  const groups = new CallGroups({
    least: 0.5,
    legHeaders: options.header ?? [],
    onGroup(group) {
      if (!group.calls.some((call) => chosen.has(call))) return;
      for (const pair of group.pairs) shown += showPair(output, group, pair, { paint, width, isFrame });
    },
  });
  const around = await callsAround(captures, options, { filter, isWanted, merged: true });
  await read(captures, options, {
    output,
    keepMessages: around,
    ...(filter !== null && { onMessage: filter.collect }),
    onCall(call) {
      if ((filter === null || filter.call(call)) && isWanted(call.id, call.callId)) chosen.add(call);
      if (around(call.id)) groups.add(call);
    },
  });
  groups.end();
  await output.flush();
  if (shown === 0)
    throw new CliError(
      'no message was chosen: nothing that crossed a box is among them, see `sipspect legs`',
      EXIT.done,
    );
}

interface Style {
  readonly paint: Paint;
  readonly width: number;
  readonly isFrame: ((frame: number) => boolean) | null;
}

/** Gives the number of messages shown. */
function showPair(output: Output, group: CallGroup, pair: LegPair, style: Style): number {
  const crossed = crossedMessages(pair).filter(([before, after]) => {
    return style.isFrame === null || style.isFrame(before.frame) || style.isFrame(after.frame);
  });
  if (crossed.length === 0) return 0;
  const { a, b, confidence, bucket } = pair;
  const ids = a.call === b.call ? a.call.callId : `${a.call.callId} and ${b.call.callId}`;
  const hops = `${a.from.text} → ${a.to.text} ┃ ${b.from.text} → ${b.to.text}`;
  output.line(style.paint.bold(printable(`call ${group.calls[0]!.id}  ${hops}`)));
  output.line(style.paint.dim(printable(`${bucket} ${confidence.toFixed(3)}  Call-ID ${ids}`)));
  for (const [before, after] of crossed) showCrossed(output, before, after, style);
  output.line('');
  return crossed.length;
}

function showCrossed(
  output: Output,
  before: MessageFacts,
  after: MessageFacts,
  { paint, width }: Style,
): void {
  const name = before.isRequest ? before.method : `${before.status} ${before.sip.reason} (${before.method})`;
  const delay = before.millisecondsTo(after);
  const head = `${name}  packet ${before.frame} → ${after.frame}  after ${delay.toFixed(3)} ms`;
  output.line('');
  output.line(paint.cyan(printable(head)));
  const difference = messageDifference(before.sip, after.sip);
  for (const line of sideBySide(rowsOf(difference), width)) {
    const text = printable(line.text);
    output.line(line.changed ? paint.yellow(text) : text);
  }
  const same = difference.headers.filter(({ change }) => change === 'same').map((one) => one.name);
  output.line(paint.dim(printable(`  unchanged: ${same.join(', ')}${sdpNote(difference)}`)));
}

function rowsOf({ startLine, headers, sdp, body }: MessageDifference) {
  const rows: { name: string; before: readonly string[]; after: readonly string[] }[] = [];
  if (startLine.change === 'changed')
    rows.push({ name: 'start line', before: [startLine.before], after: [startLine.after] });
  for (const { name, change, before, after } of headers) {
    if (change !== 'same') rows.push({ name, before: together(before), after: together(after) });
  }
  for (const { before, after } of sdp) {
    if (before !== after)
      rows.push({
        name: 'SDP',
        before: before === null ? [] : [before],
        after: after === null ? [] : [after],
      });
  }
  if (body !== 'same')
    rows.push({
      name: 'body',
      before: [body === 'added' ? '' : 'a body'],
      after: [body === 'removed' ? '' : `${body}`],
    });
  return rows;
}

/** Lists of words (Allow, Supported) stand in one line, as they were written. */
function together(values: readonly string[]): readonly string[] {
  return values.length > 1 && values.every((value) => /^[\w.-]+$/.test(value)) ? [values.join(', ')] : values;
}

function sdpNote({ sdp }: MessageDifference): string {
  if (sdp.length === 0) return '';
  return sdp.every(({ before, after }) => before === after) ? ', SDP' : '';
}
