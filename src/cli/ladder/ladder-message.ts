// A message → the lines that its arrow opens in the HTML ladder: what `show` prints, its secrets masked unless asked for.
import type { CallEvent } from '../../dialog/call.ts';
import { explainMessage } from '../../explain/explain.ts';
import type { ExplainedLine } from '../../explain/explained-line.ts';
import type { LadderMessage, LadderMessageLine } from '../../ladder/html-message.ts';
import { formatDateAndClock } from '../output/format.ts';
import { hexDump } from '../show/hex-dump.ts';

export function ladderMessage(
  event: Pick<CallEvent, 'message' | 'retransmissionOf'>,
  secrets: boolean,
): LadderMessage {
  const { message, retransmissionOf } = event;
  const frames = message.frames ?? [message.frame];
  const again = retransmissionOf > 0 ? [`retransmission of packet ${retransmissionOf}`] : [];
  return {
    head: [
      `${frames.length > 1 ? 'packets' : 'packet'} ${frames.join(', ')}`,
      `${message.src.text} → ${message.dst.text}`,
      message.transport.toUpperCase(),
      formatDateAndClock(message),
      ...again,
    ],
    lines: explainMessage(message, { secrets }).flatMap(linesOf),
  };
}

function linesOf(line: ExplainedLine): LadderMessageLine[] {
  const wrong = line.diagnostics.map(({ severity, code, message }): LadderMessageLine => {
    return { kind: 'wrong', text: `! ${severity}: ${message} [${code}]` };
  });
  const notes = line.encoded ? line.decoded : [];
  return [
    ...octetLines(line),
    ...wrong,
    ...notes.map((text): LadderMessageLine => ({ kind: 'note', text: `    ${text}` })),
  ];
}

function octetLines({ kind, octets, text, purpose }: ExplainedLine): LadderMessageLine[] {
  if (kind === 'binary') return [...hexDump(octets)].map((row) => ({ kind: 'body', text: row }));
  if (kind === 'start-line') return [{ kind, text }];
  if (kind === 'trailing') return [{ kind: 'wrong', text }];
  return [{ kind: kind === 'header' && purpose !== '' ? 'header' : 'body', text }];
}
