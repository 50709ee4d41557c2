// A drawing → the JSON record of `ladder --format json`. README.md documents its fields.
import { formatTimestamp } from '../capture/timestamp.ts';
import type { Arrow, Column, Drawing, Missing, Remark, Row, Silence, Stream, Title } from './drawing.ts';

export interface DrawingRecord extends Omit<Title, 'start' | 'milliseconds'> {
  readonly v: 1;
  /** ISO 8601 in UTC with nine decimals; null without messages. */
  readonly start: string | null;
  /** Milliseconds from the first message to the last. */
  readonly duration: number;
  readonly columns: readonly Column[];
  readonly rows: readonly RowRecord[];
}

export type RowRecord = ArrowRecord | StreamRecord | Missing | Silence | Remark;

export interface StreamRecord extends Omit<Stream, 'time'> {
  readonly time: string;
}

export interface ArrowRecord extends Omit<Arrow, 'time' | 'messages' | 'media' | 'findings'> {
  /** Where there are any. */
  readonly findings?: Arrow['findings'];
  readonly time: string;
  /** `port` is null where the m= line has none. */
  readonly media: readonly (Omit<Arrow['media'][number], 'port'> & { readonly port: number | null })[];
}

export function drawingRecord({ title, columns, rows }: Drawing): DrawingRecord {
  const { index, kind, callId, others, from, to, state, cause, partial, messages, duplicates } = title;
  return {
    v: 1,
    ...{ index, kind, callId, others, from, to, state, cause, partial, messages, duplicates },
    start: title.start === null ? null : formatTimestamp(title.start),
    duration: title.milliseconds,
    columns,
    rows: rows.map(rowRecord),
  };
}

function rowRecord(row: Row): RowRecord {
  if (row.kind === 'stream') return { ...row, time: formatTimestamp(row.time) };
  if (row.kind !== 'arrow') return row;
  const { kind, from, to, tone, request, label, cseq, media, body, marks, retransmission, transport } = row;
  const { findings, time, frames, duplicates, sinceStart, sincePrevious, sinceRequest } = row;
  return {
    ...{ kind, from, to, tone, request, label, cseq, body, marks, retransmission, transport },
    ...(findings.length > 0 && { findings }),
    media: media.map((each) => ({ ...each, port: Number.isNaN(each.port) ? null : each.port })),
    time: formatTimestamp(time),
    ...{ frames, duplicates, sinceStart, sincePrevious, sinceRequest },
  };
}
