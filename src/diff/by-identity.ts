// Messages of one call captured at two places → which are the same message: start, CSeq, and Via branch and To tag where both
// places know them. Of what was sent several times, times tell which one got lost.
import { millisecondsBetween } from '../capture/timestamp.ts';
import { alignment, type Match } from './alignment.ts';
import { matchByCourse } from './by-course.ts';
import { median } from './median.ts';
import type { SeenMessage } from './seen-message.ts';

export function matchByIdentity(before: readonly SeenMessage[], after: readonly SeenMessage[]): Match[] {
  const groups = groupsOf(before, after);
  const known = { branches: inBoth(before, after, 'branch'), tags: inBoth(before, after, 'toTag') };
  const delays = delaysOf(before, after, groups);
  const matches: Match[] = [];
  for (const { ours, theirs } of groups.values()) {
    if (ours.length === 0 || theirs.length === 0) continue;
    const mine = ours.map((index) => before[index]!);
    const other = theirs.map((index) => after[index]!);
    const delay = delays(mine[0]!) ?? likelyDelay(mine, other, known);
    for (const [i, j] of matchGroup(mine, other, known, delay)) matches.push([ours[i]!, theirs[j]!]);
  }
  return [...matches, ...renumbered(before, after, groups)];
}

/** What has the same start and CSeq: messages of one transaction, those of other hops and those sent again among them. */
interface Group {
  readonly ours: number[];
  readonly theirs: number[];
}

interface Known {
  readonly branches: ReadonlySet<string>;
  readonly tags: ReadonlySet<string>;
}

function groupsOf(before: readonly SeenMessage[], after: readonly SeenMessage[]): Map<string, Group> {
  const groups = new Map<string, Group>();
  const place = (list: readonly SeenMessage[], side: keyof Group): void => {
    for (const [index, { start, message }] of list.entries()) {
      const name = `${message.cseqNumber} ${start}`;
      const group = groups.get(name) ?? { ours: [], theirs: [] };
      groups.set(name, group);
      group[side].push(index);
    }
  };
  place(before, 'ours');
  place(after, 'theirs');
  return groups;
}

function inBoth(
  before: readonly SeenMessage[],
  after: readonly SeenMessage[],
  name: 'branch' | 'toTag',
): ReadonlySet<string> {
  const ours = new Set(before.map(({ message }) => message[name]));
  return new Set(after.map(({ message }) => message[name]).filter((value) => ours.has(value)));
}

function matchGroup(
  mine: readonly SeenMessage[],
  other: readonly SeenMessage[],
  { branches, tags }: Known,
  delay: number,
): Match[] {
  return alignment(mine.map(nameOf), other.map(nameOf), (i, j) => {
    const [one, two] = [mine[i]!.message, other[j]!.message];
    if (isOtherBranch(one.branch, two.branch, branches) || isOtherDialog(one.toTag, two.toTag, tags))
      return 0;
    const off = Math.abs(millisecondsBetween(one, two) - delay);
    return (
      PAIR + (one.branch === two.branch ? 20 : 0) + (one.toTag === two.toTag ? 10 : 0) + 4 / (1 + off / 10)
    );
  });
}

/** A branch that both captures know is where it belongs to. */
function isOtherBranch(one: string, other: string, known: ReadonlySet<string>): boolean {
  return one !== other && one !== '' && other !== '' && (known.has(one) || known.has(other));
}

/** Two tags that both captures know are two dialogs; a box may write another where it answers by itself. */
function isOtherDialog(one: string, other: string, known: ReadonlySet<string>): boolean {
  return one !== other && known.has(one) && known.has(other);
}

function nameOf({ message }: SeenMessage): string {
  return `${message.branch} ${message.toTag}`;
}

/** How long messages of either direction took, by those that were sent once; of no such message null. */
function delaysOf(
  before: readonly SeenMessage[],
  after: readonly SeenMessage[],
  groups: ReadonlyMap<string, Group>,
): (message: SeenMessage) => number | null {
  const away: number[] = [];
  const back: number[] = [];
  for (const { ours, theirs } of groups.values()) {
    if (ours.length !== 1 || theirs.length !== 1) continue;
    const one = before[ours[0]!]!;
    (one.fromCaller ? away : back).push(millisecondsBetween(one.message, after[theirs[0]!]!.message));
  }
  const [there, home] = [median(away), median(back)];
  return ({ fromCaller }) => (fromCaller ? (there ?? home) : (home ?? there));
}

/** Where nothing else tells: the delay by which what was sent several times fits best; of equal ones the shortest. */
function likelyDelay(mine: readonly SeenMessage[], other: readonly SeenMessage[], known: Known): number {
  const delays = [
    ...other.slice(0, TRIED).map(({ message }) => millisecondsBetween(mine[0]!.message, message)),
    ...mine.slice(1, TRIED).map(({ message }) => millisecondsBetween(message, other[0]!.message)),
  ];
  let best = { delay: 0, misfit: Number.POSITIVE_INFINITY };
  for (const delay of delays.sort((a, b) => Math.abs(a) - Math.abs(b))) {
    const misfit = matchGroup(mine.slice(0, LOOKED_AT), other.slice(0, LOOKED_AT), known, delay).reduce(
      (sum, [i, j]) => {
        return sum + Math.abs(millisecondsBetween(mine[i]!.message, other[j]!.message) - delay);
      },
      0,
    );
    if (misfit < best.misfit * 0.5) best = { delay, misfit };
  }
  return best.delay;
}

/** A box that keeps the Call-ID may count anew: what is left of CSeq numbers that only one capture has is matched by its course. */
function renumbered(
  before: readonly SeenMessage[],
  after: readonly SeenMessage[],
  groups: ReadonlyMap<string, Group>,
): Match[] {
  const ours: number[] = [];
  const theirs: number[] = [];
  const numbers = [numbersOf(before), numbersOf(after)] as const;
  for (const group of groups.values()) {
    // A group may have more entries than a function takes arguments.
    if (group.theirs.length === 0)
      for (const index of group.ours) if (!numbers[1].has(numberOf(before[index]!))) ours.push(index);
    if (group.ours.length === 0)
      for (const index of group.theirs) if (!numbers[0].has(numberOf(after[index]!))) theirs.push(index);
  }
  if (ours.length === 0 || theirs.length === 0) return [];
  const ascending = (a: number, b: number): number => a - b;
  ours.sort(ascending);
  theirs.sort(ascending);
  const matches = matchByCourse(
    ours.map((index) => before[index]!),
    theirs.map((index) => after[index]!),
  );
  return matches.map(([i, j]) => [ours[i]!, theirs[j]!]);
}

function numbersOf(messages: readonly SeenMessage[]): ReadonlySet<string> {
  return new Set(messages.map(numberOf));
}

function numberOf({ message, ofCaller }: SeenMessage): string {
  return `${message.cseqNumber} ${ofCaller}`;
}

/** So much that no other reason makes up for one pair less. */
const PAIR = 100_000;
const TRIED = 12;
/** By so many of them the delay is found: timers A and E (RFC 3261 §17.1) send eleven times. */
const LOOKED_AT = 32;
