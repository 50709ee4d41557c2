// A finding and the calls it is about, while they are still held → its exhibit.
import { formatTimestamp } from '../../capture/timestamp.ts';
import type { Call, CallEvent } from '../../dialog/call.ts';
import { maskedLines } from '../../explain/explain.ts';
import { messageDifference } from '../../explain/message-difference.ts';
import { Aliases } from '../../ladder/alias.ts';
import { draw } from '../../ladder/draw.ts';
import { flowOf, flowOfCalls } from '../../ladder/from-call.ts';
import { renderText } from '../../ladder/text.ts';
import type { Finding } from '../../rules/finding.ts';
import type { SipMessage } from '../../sip/message.ts';
import type { Exhibit, ExhibitDifference, ExhibitLine, ExhibitMessage } from './exhibit.ts';

/** The findings of a call come one after the other: its ladder is drawn once. */
export class ExhibitMaker {
  private drawn: DrawnLadder | null = null;

  /** `index` is that of the finding among those of its set. */
  make(index: number, finding: Finding, calls: readonly Call[]): Exhibit | null {
    const events = calls.flatMap((call) => call.events ?? []);
    if (events.length === 0) return null;
    const proving = finding.frames.flatMap(
      (frame) => events.find((event) => event.message.frame === frame) ?? [],
    );
    return {
      finding: index,
      ladder: this.ladderOf(finding, calls),
      messages: proving.slice(0, MOST_MESSAGES).map(({ message }) => messageOf(finding, message)),
      across: acrossOf(proving),
    };
  }

  private ladderOf({ frames, legs }: Finding, calls: readonly Call[]): ExhibitLine[] {
    const [near, far] = legs;
    const sides = near === undefined || far === undefined ? [] : [ipOf(near.to), ipOf(far.from)];
    const ordered = [...calls].sort((a, b) => a.id - b.id);
    const name = [...sides, ...ordered.map(({ id, messages }) => `${id} ${messages}`)].join('\n');
    if (this.drawn?.name !== name) this.drawn = { name, lines: linesOf(ordered, sides) };
    return this.drawn.lines.map(({ text, frame }) => ({ text, guilty: frames.includes(frame) }));
  }
}

interface DrawnLadder {
  /** Of which calls, with how many messages. */
  readonly name: string;
  /** `frame` of the message, NaN for lines of none. */
  readonly lines: readonly { readonly text: string; readonly frame: number }[];
}

/** `sides`: addresses of the box between, or none. */
function linesOf(calls: readonly Call[], sides: readonly string[]): DrawnLadder['lines'] {
  const aliases = new Aliases();
  if (sides[0] !== sides[1]) aliases.add({ name: sides.join(' | '), addresses: sides });
  const others = calls.slice(1).map(({ callId }) => ({ callId, note: 'the other side of the box' }));
  const flow = calls.length === 1 ? flowOf(calls[0]!) : flowOfCalls(calls, others);
  const lines: { text: string; frame: number }[] = [];
  for (const text of renderText(draw(flow, { aliases }), { width: WIDTH, title: false })) {
    lines.push({ text, frame: Number(ARROW.exec(text)?.[1] ?? Number.NaN) });
    if (lines.length >= MOST_LINES) {
      lines.push({ text: '…', frame: Number.NaN });
      break;
    }
  }
  return lines;
}

function messageOf({ evidence }: Finding, message: SipMessage): ExhibitMessage {
  const { frame, src, dst, transport } = message;
  const offsets = evidence
    .filter((one) => one.frame === frame && one.offset >= 0)
    .map(({ offset }) => offset);
  const head = `packet ${frame}  ${src.text} → ${dst.text}  ${transport.toUpperCase()}  ${formatTimestamp(message)}`;
  return {
    head,
    lines: maskedLines(message, MOST_LINES).map(({ start, end, text, kind }) => ({
      text: kind === 'binary' ? `(${end - start} octets that are no text)` : text.slice(0, MOST_CHARACTERS),
      guilty: offsets.some((offset) => offset >= start && offset < end),
    })),
  };
}

/** The guilty message and the one it was made of: of one kind, at two hops. */
function acrossOf([sent, received]: readonly CallEvent[]): ExhibitDifference | null {
  if (sent === undefined || received === undefined) return null;
  const [after, before] = [sent.message, received.message];
  if (after.isRequest !== before.isRequest || after.status !== before.status) return null;
  if (after.method !== before.method || after.cseqMethod !== before.cseqMethod) return null;
  if (after.src.text === before.src.text && after.dst.text === before.dst.text) return null;
  const [first, second] = before.frame <= after.frame ? [before, after] : [after, before];
  const name = first.isRequest ? first.method : `${first.status} ${first.reason}`;
  return {
    head: `${name}: packet ${first.frame} → ${second.frame}`,
    difference: messageDifference(first, second),
  };
}

function ipOf(endpoint: string): string {
  return endpoint.slice(0, endpoint.lastIndexOf(':')).replace(/^\[|\]$/g, '');
}

/** A line of a ladder that begins with a packet and a time. */
const ARROW = /^\s*(\d+) {2,}[+-]?[\d.]+ /;
const WIDTH = 110;
const MOST_LINES = 400;
const MOST_MESSAGES = 6;
const MOST_CHARACTERS = 2000;
