// A column of the list → how two calls compare by it, by their numbers; calls that are the same there keep their order.
import { type CallRows, type NumberColumn, type Shared, TEXT_AT } from './call-rows.ts';
import type { Pooled } from './text-pool.ts';

/** `weight`: of what the rules found in a call. */
export function comparison(
  rows: CallRows,
  column: string,
  weight: (id: number) => number,
): (a: number, b: number) => number {
  const number = NUMBER_COLUMNS[column];
  if (number !== undefined) return byNumbers(rows, number);
  const text = TEXT_COLUMNS[column];
  if (text !== undefined) return byTexts(rows, text);
  const shared = SHARED_COLUMNS[column];
  if (shared !== undefined) return byShared(rows, shared);
  if (column === 'findings') return (a, b) => weight(b) - weight(a) || a - b;
  return (a, b) => a - b;
}

function byNumbers(rows: CallRows, [which, then]: readonly NumberColumn[]): (a: number, b: number) => number {
  // A span that the capture does not show comes before all.
  const value = (id: number): number => {
    const known = rows.number(id, which!);
    return Number.isNaN(known) ? -1 : known;
  };
  return (a, b) =>
    value(a) - value(b) || (then === undefined ? 0 : rows.number(a, then) - rows.number(b, then)) || a - b;
}

function byShared(rows: CallRows, which: Shared): (a: number, b: number) => number {
  const { texts } = rows.names[which];
  return (a, b) => {
    const one = rows.shared(a, which);
    const other = rows.shared(b, which);
    if (one === other) return a - b;
    return texts[one]! < texts[other]! ? -1 : 1;
  };
}

/** By their octets, which is the order of characters in UTF-8. */
function byTexts(rows: CallRows, name: Pooled): (a: number, b: number) => number {
  const which = TEXT_AT[name];
  return (a, b) => {
    const { octets } = rows.texts;
    const oneEnd = rows.textEnd(a, which);
    const otherEnd = rows.textEnd(b, which);
    let one = rows.textStart(a, which);
    let other = rows.textStart(b, which);
    while (one < oneEnd && other < otherEnd) {
      const difference = octets[one++]! - octets[other++]!;
      if (difference !== 0) return difference;
    }
    return oneEnd - one - (otherEnd - other) || a - b;
  };
}

const NUMBER_COLUMNS: Readonly<Record<string, readonly NumberColumn[]>> = {
  msgs: ['messages'],
  time: ['seconds', 'nanoseconds'],
  date: ['seconds', 'nanoseconds'],
  duration: ['duration'],
  setup: ['setup'],
  retransmissions: ['retransmissions'],
};
const TEXT_COLUMNS: Readonly<Record<string, Pooled>> = {
  ...{ callid: 'callId', from: 'from', to: 'to', src: 'src', dst: 'dst', reason: 'cause' },
};
const SHARED_COLUMNS: Readonly<Record<string, Shared>> = {
  ...{ method: 'method', transport: 'transport', state: 'state', kind: 'kind' },
  ...{ warning: 'warning', useragent: 'userAgent', xcallid: 'xCallId', custom: 'custom' },
};
