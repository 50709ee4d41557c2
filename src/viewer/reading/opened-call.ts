// A call that is looked at, alone or with its other legs: its ladder with the findings at their arrows, its messages, and
// which message became which on the other side of a box.
import type { Call } from '../../dialog/call.ts';
import type { CallStream } from '../../dialog/session/call-streams.ts';
import type { Aliases } from '../../ladder/alias.ts';
import { draw } from '../../ladder/draw.ts';
import type { Drawing } from '../../ladder/drawing.ts';
import type { FlowStream } from '../../ladder/flow.ts';
import { boxNames, flowOfGroup } from '../../ladder/from-group.ts';
import { flowStreams } from '../../ladder/from-streams.ts';
import { withFindings } from '../../ladder/with-findings.ts';
import type { CallGroup } from '../../legs/call-groups.ts';
import { crossedMessages } from '../../rules/facts/crossed-messages.ts';
import type { Finding } from '../../rules/finding.ts';
import type { SipMessage } from '../../sip/message.ts';

export interface OpenedMessage {
  readonly message: SipMessage;
  readonly call: Call;
  readonly retransmissionOf: number;
  readonly duplicateOf: number;
  readonly findings: readonly Finding[];
}

export interface OpenedCall {
  readonly id: number;
  readonly extended: boolean;
  readonly callIds: readonly string[];
  readonly ladder: OpenedLadder;
  /** The same without media. */
  readonly quiet: OpenedLadder;
  /** In the order of the ladder. */
  readonly messages: readonly OpenedMessage[];
  readonly findings: readonly Finding[];
  /** Index of a message → that of the same message on the other side of a box. */
  readonly otherSide: ReadonlyMap<number, number>;
}

export interface OpenedLadder {
  readonly drawing: Drawing;
  /** By row of the drawing: the index of its message, -1 for what is none. */
  readonly messageOfRow: readonly number[];
}

export function openCall(
  id: number,
  group: CallGroup,
  findings: readonly Finding[],
  aliases: Aliases,
  extended: boolean,
  media: readonly CallStream[],
): OpenedCall {
  const marks = findingsByFrame(findings);
  const flow = withFindings(flowOfGroup(group), findings);
  const messages = messagesOf(group.calls, marks);
  const ladderOf = (streams: readonly FlowStream[]): OpenedLadder => {
    const drawing = draw({ ...flow, streams }, { aliases: boxNames(aliases, group) });
    const title = { ...drawing.title, index: group.calls[0]!.id };
    return { drawing: { ...drawing, title }, messageOfRow: messageOfRow(drawing, messages) };
  };
  const quiet = ladderOf([]);
  return {
    ...{ id, extended, messages, findings, quiet },
    callIds: group.calls.map(({ callId }) => callId),
    ladder: media.length === 0 ? quiet : ladderOf(flowStreams(media)),
    otherSide: otherSides(group, messages),
  };
}

function findingsByFrame(findings: readonly Finding[]): Map<number, Finding[]> {
  const byFrame = new Map<number, Finding[]>();
  for (const finding of findings) {
    const frame = finding.frames[0] ?? 0;
    byFrame.set(frame, [...(byFrame.get(frame) ?? []), finding]);
  }
  return byFrame;
}

function messagesOf(calls: readonly Call[], marks: ReadonlyMap<number, Finding[]>): OpenedMessage[] {
  return calls
    .flatMap((call) =>
      (call.events ?? []).map(({ message, retransmissionOf, duplicateOf }) => {
        const findings = marks.get(message.frame) ?? [];
        return { message, call, retransmissionOf, duplicateOf, findings };
      }),
    )
    .sort(
      ({ message: a }, { message: b }) =>
        a.seconds - b.seconds || a.nanoseconds - b.nanoseconds || a.frame - b.frame,
    );
}

/** Several messages may be in one packet: they are taken in turn. */
function messageOfRow(drawing: Drawing, messages: readonly OpenedMessage[]): number[] {
  const byFrame = new Map<number, number[]>();
  messages.forEach(({ message }, index) => {
    byFrame.set(message.frame, [...(byFrame.get(message.frame) ?? []), index]);
  });
  return drawing.rows.map((row) => {
    if (row.kind !== 'arrow') return -1;
    const indexes = byFrame.get(row.frames[0]!) ?? [];
    return (indexes.length > 1 ? indexes.shift() : indexes[0]) ?? -1;
  });
}

function otherSides(group: CallGroup, messages: readonly OpenedMessage[]): Map<number, number> {
  const indexes = new Map(messages.map(({ message }, index) => [message, index]));
  const sides = new Map<number, number>();
  for (const pair of group.pairs) {
    for (const [before, after] of crossedMessages(pair)) {
      const one = indexes.get(before.sip);
      const other = indexes.get(after.sip);
      if (one === undefined || other === undefined) continue;
      sides.set(one, other);
      if (!sides.has(other)) sides.set(other, one);
    }
  }
  return sides;
}

export const LETTERS: Readonly<Record<Finding['severity'], string>> = { error: 'E', warning: 'W', info: 'I' };
