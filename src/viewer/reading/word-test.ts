// Words as typed into the display filter → which calls hold all of them, in any column and in either case. Texts that calls
// share are looked at once for all of them.
import { type CallRows, type Shared, TEXT_AT } from './call-rows.ts';
import { POOLED, type Pooled } from './text-pool.ts';

export function wordTest(rows: CallRows, text: string): (id: number) => boolean {
  const tests = text
    .split(/\s+/)
    .filter((word) => word !== '')
    .map((word) => oneWordTest(rows, word));
  return (id) => {
    rows.refresh(id);
    return tests.every((test) => test(id));
  };
}

/** Whether one of its texts holds `part`, in either case. */
export function textTest(rows: CallRows, name: Pooled, part: string): (id: number) => boolean {
  const pattern = patternOf(part);
  const which = TEXT_AT[name];
  return (id) =>
    pattern.test(rows.texts.octets.toString('utf8', rows.textStart(id, which), rows.textEnd(id, which)));
}

function oneWordTest(rows: CallRows, word: string): (id: number) => boolean {
  const pattern = patternOf(word);
  // What is ASCII is found among octets, which takes half the time of making characters of them.
  const encoding = ASCII.test(word) ? 'latin1' : 'utf8';
  const shared = SEARCHED.map((which) => sharedTest(rows, which, pattern));
  return (id) => {
    for (const test of shared) if (test(id)) return true;
    // A line feed is between two texts, and in no word.
    const [start, end] = [rows.textStart(id, 0), rows.textEnd(id, LAST)];
    return pattern.test(rows.texts.octets.toString(encoding, start, end));
  };
}

function sharedTest(rows: CallRows, which: Shared, pattern: RegExp): (id: number) => boolean {
  const { texts } = rows.names[which];
  const known: boolean[] = [];
  return (id) => {
    const number = rows.shared(id, which);
    known[number] ??= pattern.test(texts[number]!);
    return known[number];
  };
}

function patternOf(part: string): RegExp {
  return new RegExp(part.replace(SPECIAL, '\\$&'), ASCII.test(part) ? 'i' : 'iu');
}

const SPECIAL = /[\\^$.*+?()[\]{}|/]/g;
const ASCII = /^[\x00-\x7f]*$/;
const SEARCHED = ['method', 'state', 'transport', 'kind'] as const;
const LAST = POOLED.length - 1;
