// A call as a row of the table that `calls` prints.
import { millisecondsBetween } from '../../capture/timestamp.ts';
import type { Call } from '../../dialog/call.ts';
import { causeText } from '../../ladder/from-call.ts';
import { formatClock, formatDuration } from '../output/format.ts';
import type { Column } from '../output/table.ts';

/** What each cell of `callRow` is, with the width it wants at least, and which go first when there is no room. */
export const CALLS_COLUMNS: readonly Column[] = [
  { title: '#', align: 'right', least: 9, drop: 0 },
  { title: 'Kind', least: 12, drop: 0 },
  { title: 'From', least: 16, drop: 0 },
  { title: 'To', least: 16, drop: 0 },
  { title: 'Source', least: 15, drop: 5 },
  { title: 'Destination', least: 15, drop: 4 },
  { title: 'Transport', least: 9, drop: 8 },
  { title: 'Msgs', align: 'right', least: 9, drop: 0 },
  { title: 'Start', least: 12, drop: 7 },
  { title: 'Set-up', align: 'right', least: 7, drop: 9 },
  { title: 'Duration', align: 'right', least: 8, drop: 0 },
  { title: 'State', least: 22, drop: 0 },
  { title: 'Cause', least: 20, drop: 6 },
];

export function callRow(call: Call): string[] {
  const { timings } = call;
  return [
    String(call.id),
    call.kind,
    address(call.from),
    address(call.to),
    call.src.text,
    call.dst.text,
    call.transports.join(','),
    String(call.messages),
    formatClock(call.start),
    timings.setupTime === null ? '' : formatDuration(timings.setupTime),
    formatDuration(timings.sessionDuration ?? millisecondsBetween(call.start, call.end)),
    call.partial ? `${call.state} (partial)` : call.state,
    call.cause === null ? '' : causeText(call.cause),
  ];
}

/** The user and the host: parameters are for `ladder` and `show`. */
function address(uri: string): string {
  const text = uri.replace(/^sips?:/i, '');
  if (text === uri) return uri;
  // RFC 3261 §25.1: a user may hold semicolons and question marks.
  const host = text.lastIndexOf('@') + 1;
  return text.slice(0, host) + text.slice(host).replace(/[;?].*$/s, '');
}
