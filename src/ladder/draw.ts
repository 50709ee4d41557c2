// A flow of messages → the drawing model: columns in order, one arrow for each message, and what is missing between them.
import { compareTimestamps, millisecondsBetween } from '../capture/timestamp.ts';
import type { Aliases } from './alias.ts';
import { ColumnSet } from './column-set.ts';
import type { Arrow, Drawing, Row, Stream, Title, Tone } from './drawing.ts';
import type { Flow, FlowMessage, FlowStream } from './flow.ts';
import { Hops } from './hops.ts';

export interface DrawOptions {
  readonly aliases?: Aliases;
  /** Retransmissions that follow one another become one arrow with a count. */
  readonly collapse?: boolean;
  /** A silence of at least so many milliseconds is marked; 5000 unless told. */
  readonly silence?: number;
}

export function draw(flow: Flow, options: DrawOptions = {}): Drawing {
  const columns = new ColumnSet(flow.messages, flow.roles, options.aliases, flow.streams);
  const named = { ...flow, cause: causeOf(flow, columns) };
  return { title: titleOf(named), columns: columns.columns, rows: rowsOf(named, columns, options) };
}

/** Who answered, by the name at the head of its column. */
function causeOf({ cause, causeFrom }: Flow, columns: ColumnSet): string {
  const name = causeFrom === undefined ? undefined : columns.nameOf(causeFrom);
  return name === undefined ? cause : cause.replace(` from ${causeFrom}`, () => ` from ${name}`);
}

function titleOf(flow: Flow): Title {
  const { index, kind, callId, others = [], from, to, state, cause, partial, messages } = flow;
  const first = messages[0];
  const last = messages[messages.length - 1];
  return {
    ...{ index, kind, callId, others, from, to, state, cause, partial },
    messages: messages.length + flow.unkept,
    duplicates: messages.filter((message) => message.duplicateOf > 0).length,
    start: first === undefined ? null : { seconds: first.seconds, nanoseconds: first.nanoseconds },
    milliseconds: first === undefined ? 0 : millisecondsBetween(first, last),
  };
}

function rowsOf(flow: Flow, columns: ColumnSet, options: DrawOptions): Row[] {
  const hops = new Hops(flow.messages);
  const rows: Row[] = [];
  const byFrame = new Map<number, number>();
  const streams = [...(flow.streams ?? [])];
  let previous: FlowMessage | undefined;
  for (const [at, message] of flow.messages.entries()) {
    if (message.duplicateOf > 0 && addDuplicate(rows, byFrame.get(message.duplicateOf), message.frame))
      continue;
    while (streams.length > 0 && compareTimestamps(streams[0]!, message) < 0)
      rows.push(streamRow(streams.shift()!, columns, flow.messages[0]!, previous));
    const sincePrevious = previous === undefined ? 0 : millisecondsBetween(previous, message);
    if (sincePrevious >= (options.silence ?? SILENCE))
      rows.push({ kind: 'silence', milliseconds: sincePrevious });
    previous = message;
    const sinceStart = millisecondsBetween(flow.messages[0], message);
    const arrow = arrowOf(message, at, columns, sinceStart, sincePrevious);
    if (hops.lacksRequest(message)) {
      const label = `${message.cseqMethod} (${message.cseqNumber}) not captured`;
      rows.push({ kind: 'missing', from: arrow.to, to: arrow.from, label });
    }
    const before = rows[rows.length - 1];
    if (options.collapse === true && before?.kind === 'arrow' && repeats(arrow, before)) {
      const { frames, messages } = before;
      rows[rows.length - 1] = { ...before, frames: [...frames, message.frame], messages: [...messages, at] };
    } else {
      rows.push(arrow);
    }
    byFrame.set(message.frame, rows.length - 1);
  }
  for (const stream of streams) rows.push(streamRow(stream, columns, flow.messages[0], previous));
  if (flow.unkept > 0) rows.push({ kind: 'remark', text: `${flow.unkept} more messages are not drawn` });
  if (flow.partial) rows.push({ kind: 'remark', text: 'the beginning is not in the capture' });
  for (const { severity, rule, message } of flow.findings ?? [])
    rows.push({ kind: 'remark', text: `${severity}: ${message} [${rule}]`, severity });
  const end = [flow.state, flow.cause].filter((text) => text !== '').join(': ');
  if (end !== '') rows.push({ kind: 'remark', text: end });
  return rows;
}

function arrowOf(
  message: FlowMessage,
  at: number,
  columns: ColumnSet,
  sinceStart: number,
  sincePrevious: number,
): Arrow {
  return {
    kind: 'arrow',
    from: columns.indexOf(message.src),
    to: columns.indexOf(message.dst),
    tone: toneOf(message),
    request: message.status === 0,
    label: message.status === 0 ? message.method : `${message.status} ${message.reason}`.trimEnd(),
    cseq: cseqOf(message),
    media: message.media,
    body: message.body,
    marks: message.marks,
    findings: message.findings ?? [],
    retransmission: message.retransmission,
    transport: message.transport,
    time: { seconds: message.seconds, nanoseconds: message.nanoseconds },
    frames: [message.frame],
    messages: [at],
    duplicates: [],
    sinceStart,
    sincePrevious,
    sinceRequest: message.delay,
  };
}

function streamRow(
  stream: FlowStream,
  columns: ColumnSet,
  first: FlowMessage | undefined,
  previous: FlowMessage | undefined,
): Stream {
  const { src, dst, protocol, media, codecs, ssrc, packets, lost, jitter, milliseconds } = stream;
  return {
    kind: 'stream',
    from: columns.indexOfMedia(src),
    to: columns.indexOfMedia(dst),
    ...{ protocol, media, codecs, source: src.text, destination: dst.text, ssrc, packets, lost, jitter },
    milliseconds,
    time: { seconds: stream.seconds, nanoseconds: stream.nanoseconds },
    frames: [stream.frame, stream.lastFrame],
    sinceStart: first === undefined ? 0 : millisecondsBetween(first, stream),
    sincePrevious: previous === undefined ? 0 : millisecondsBetween(previous, stream),
  };
}

/** Notes a duplicate at the arrow of the message it repeats; false when that has none. */
function addDuplicate(rows: Row[], at: number | undefined, frame: number): boolean {
  const original = at === undefined ? undefined : rows[at];
  if (original?.kind !== 'arrow') return false;
  rows[at!] = { ...original, duplicates: [...original.duplicates, frame] };
  return true;
}

// Classes of status codes: RFC 3261 §7.2.
function toneOf(message: FlowMessage): Tone {
  if (message.retransmission) return 'retransmission';
  if (message.status === 0) return 'request';
  if (message.status < 200) return 'provisional';
  if (message.status < 300) return 'success';
  return message.status < 400 ? 'redirect' : 'failure';
}

function cseqOf(message: FlowMessage): string {
  if (message.cseqNumber < 0) return '';
  // RFC 3261 §8.1.1.5: the method of a request's CSeq is that of the request; only where it is not is it worth showing.
  if (message.cseqMethod === message.method) return `(${message.cseqNumber})`;
  return `(${message.cseqNumber} ${message.cseqMethod})`;
}

function repeats(arrow: Arrow, before: Arrow): boolean {
  return (
    arrow.retransmission &&
    arrow.from === before.from &&
    arrow.to === before.to &&
    arrow.label === before.label &&
    arrow.cseq === before.cseq &&
    arrow.marks.length === 0 &&
    arrow.findings.length === 0
  );
}

const SILENCE = 5000;
