// The columns of the call list: what each shows of a call, how wide it wants to be.
import { formatTimestamp } from '../../capture/timestamp.ts';
import { formatSpan } from '../../ladder/span.ts';
import type { CallRow } from '../reading/call-row.ts';

export interface CallColumn {
  readonly id: string;
  readonly title: string;
  /** In words, for the dialog that chooses. */
  readonly about: string;
  readonly align: 'left' | 'right';
  readonly least: number;
  readonly most: number;
  /** The higher, the sooner it goes where there is no room. */
  readonly drop: number;
  readonly value: (row: CallRow, findings: string) => string;
}

export const CALL_COLUMNS: readonly CallColumn[] = [
  column('index', 'Idx', 'number of the call', 3, 7, 0, (row) => String(row.id), 'right'),
  column('method', 'Method', 'method of the first request', 6, 9, 1, ({ method }) => method),
  column('from', 'From', 'URI of From', 12, 40, 0, ({ from }) => from),
  column('to', 'To', 'URI of To', 12, 40, 0, ({ to }) => to),
  column('msgs', 'Msgs', 'messages', 4, 6, 0, (row) => String(row.messages), 'right'),
  column('src', 'Source', 'sender of the first request', 15, 21, 5, ({ src }) => src),
  column('dst', 'Destination', 'receiver of the first request', 15, 21, 4, ({ dst }) => dst),
  column('transport', 'Transp', 'transports', 4, 6, 11, ({ transport }) => transport),
  column('state', 'State', 'state of the call', 10, 20, 0, ({ state }) => state),
  column('time', 'Time', 'time of the first message (UTC)', 12, 12, 7, ({ start }) => clock(start)),
  column('date', 'Date', 'date of the first message (UTC)', 10, 10, 12, dateOf),
  column('duration', 'Duration', 'session, or first to last message', 8, 12, 6, spanOf('duration'), 'right'),
  column('setup', 'Set-up', 'first INVITE to the first 2xx', 7, 12, 9, spanOf('setup'), 'right'),
  column(
    'findings',
    'Findings',
    'what the rules found (E errors, W warnings, I remarks)',
    8,
    12,
    3,
    (_, findings) => findings,
  ),
  column('callid', 'Call-ID', 'Call-ID', 16, 40, 8, ({ callId }) => callId),
  column(
    'xcallid',
    'X-Call-ID',
    'X-Call-ID or X-CID of the first message',
    16,
    40,
    8,
    ({ told }) => told.xCallId,
  ),
  column('reason', 'Reason', 'why it ended', 16, 44, 6, ({ cause }) => cause),
  column('warning', 'Warning', 'Warning of a response', 12, 40, 8, ({ told }) => told.warning),
  column(
    'useragent',
    'User agent',
    'User-Agent or Server of the first message',
    12,
    30,
    8,
    ({ told }) => told.userAgent,
  ),
  column(
    'retransmissions',
    'Retr',
    'messages sent again',
    4,
    6,
    10,
    (row) => String(row.retransmissions),
    'right',
  ),
  column('kind', 'Kind', 'call, registration, subscription and so on', 5, 12, 9, ({ kind }) => kind),
  column('custom', 'Header', 'the header named in the settings', 12, 40, 8, ({ told }) => told.custom),
];

export const DEFAULT_COLUMNS: readonly string[] = [
  ...['index', 'method', 'from', 'to', 'msgs', 'src', 'dst', 'transport', 'state', 'time', 'date'],
  ...['duration', 'setup', 'findings'],
];

export function columnOf(id: string): CallColumn | undefined {
  return CALL_COLUMNS.find((one) => one.id === id);
}

/** A column in sight, and how wide it is. */
export interface LaidColumn {
  readonly column: CallColumn;
  readonly width: number;
}

/** Which of `columns` fit into `width`, and how wide each is; a space between two. The column `kept` stays. */
export function layColumns(columns: readonly CallColumn[], width: number, kept = ''): LaidColumn[] {
  let shown = [...columns];
  while (shown.length > 1 && leastOf(shown) > width) {
    const worst = shown.reduce((a, b) => (dropOf(b, kept) >= dropOf(a, kept) ? b : a));
    shown = shown.filter((one) => one !== worst);
  }
  return widened(shown, width);
}

/** The same scrolled sideways: the number of the call stays, of the others so many are gone at the left. */
export function scrollColumns(columns: readonly CallColumn[], width: number, gone: number): LaidColumn[] {
  const frozen = columns.filter(({ id }) => id === FROZEN);
  const others = columns.filter(({ id }) => id !== FROZEN).slice(gone);
  const shown = [...frozen, ...others.slice(0, 1)];
  for (const one of others.slice(1)) {
    if (leastOf([...shown, one]) > width) break;
    shown.push(one);
  }
  return widened(shown, width);
}

/** How many columns may go at the left: then the last one is in sight. */
export function mostScrolled(columns: readonly CallColumn[], width: number): number {
  const count = columns.filter(({ id }) => id !== FROZEN).length;
  for (let gone = 0; gone < count; gone++) {
    const shown = scrollColumns(columns, width, gone);
    if (shown.some(({ column }) => column === columns[columns.length - 1])) return gone;
  }
  return Math.max(0, count - 1);
}

function leastOf(columns: readonly CallColumn[]): number {
  return columns.reduce((sum, { least }) => sum + least + 1, -1);
}

function dropOf({ id, drop }: CallColumn, kept: string): number {
  return id === kept ? -1 : drop;
}

/** What room is left goes to all of them. */
function widened(shown: readonly CallColumn[], width: number): LaidColumn[] {
  let left = width - leastOf(shown);
  const widths = shown.map(({ least }) => least);
  for (let gave = true; gave && left > 0; ) {
    gave = false;
    for (const [index, { most }] of shown.entries()) {
      if (left <= 0 || widths[index]! >= most) continue;
      widths[index]!++;
      left--;
      gave = true;
    }
  }
  return shown.map((one, index) => ({ column: one, width: widths[index]! }));
}

/** `03:40:00.123` in UTC. */
export function clock(time: CallRow['start']): string {
  return formatTimestamp(time).slice(11, 23);
}

function column(
  id: string,
  title: string,
  about: string,
  least: number,
  most: number,
  drop: number,
  value: CallColumn['value'],
  align: CallColumn['align'] = 'left',
): CallColumn {
  return { id, title, about, align, least, most, drop, value };
}

function dateOf({ start }: CallRow): string {
  return formatTimestamp(start).slice(0, 10);
}

function spanOf(field: 'duration' | 'setup'): (row: CallRow) => string {
  return (row) => {
    const value = row[field];
    return value === null ? '' : formatSpan(value);
  };
}

/** The column that stays in its place. */
const FROZEN = 'index';
