// Messages of two calls that took the same course → which of one is which of the other: the same start, from the same side, at
// the same hop, in the same order. Numbers and identifiers do not count: they are new with every call.
import { METHOD } from '../sip/method.ts';
import { alignment, type Match } from './alignment.ts';
import type { SeenMessage } from './seen-message.ts';

export function matchByCourse(before: readonly SeenMessage[], after: readonly SeenMessage[]): Match[] {
  const [ours, theirs] = [lanesOf(before), lanesOf(after)];
  const matches: Match[] = [];
  for (const [lane, mine] of ours) {
    const other = theirs.get(lane);
    if (other === undefined) continue;
    const names = (entries: readonly Entry[]): string[] => entries.map(({ seen }) => seen.start);
    for (const [i, j] of alignment(names(mine), names(other), (i, j) => worthOf(mine[i]!, other[j]!, i - j)))
      matches.push([mine[i]!.index, other[j]!.index]);
  }
  return matches;
}

interface Entry {
  readonly seen: SeenMessage;
  readonly index: number;
  /** Which transaction of its method from its side, from 0. */
  readonly transaction: number;
  /** The final status that the transaction came to; 0 where none was seen. */
  readonly status: number;
}

/** What went one way at one hop keeps its order; what went different ways crosses on the line, and may come in any. */
function lanesOf(messages: readonly SeenMessage[]): Map<string, Entry[]> {
  const hops = new Map<string, number>();
  const transactions = new Map<string, Map<number, number>>();
  const lanes = new Map<string, Entry[]>();
  const statuses = finalStatuses(messages);
  for (const [index, seen] of messages.entries()) {
    const { src, dst, cseqMethod, cseqNumber } = seen.message;
    const ends = src.ip < dst.ip ? `${src.ip} ${dst.ip}` : `${dst.ip} ${src.ip}`;
    const hop = hops.get(ends) ?? hops.size;
    hops.set(ends, hop);
    const kind = `${seen.ofCaller} ${cseqMethod}`;
    const numbers = transactions.get(kind) ?? new Map<number, number>();
    transactions.set(kind, numbers);
    const transaction = numbers.get(cseqNumber) ?? numbers.size;
    numbers.set(cseqNumber, transaction);
    const name = `${hop} ${seen.fromCaller}`;
    const lane = lanes.get(name) ?? [];
    lanes.set(name, lane);
    lane.push({ seen, index, transaction, status: statuses.get(transactionOf(seen)) ?? 0 });
  }
  return lanes;
}

function finalStatuses(messages: readonly SeenMessage[]): ReadonlyMap<string, number> {
  const statuses = new Map<string, number>();
  for (const seen of messages)
    if (seen.message.status >= 200) statuses.set(transactionOf(seen), seen.message.status);
  return statuses;
}

/** An ACK goes with its INVITE. */
function transactionOf({ message, ofCaller }: SeenMessage): string {
  const method = message.cseqMethodId === METHOD.ACK ? 'INVITE' : message.cseqMethod;
  return `${message.cseqNumber} ${method} ${ofCaller}`;
}

function worthOf(one: Entry, other: Entry, apart: number): number {
  if (one.seen.start !== other.seen.start || one.seen.repeated !== other.seen.repeated) return 0;
  // Of two attempts the one that went as the other did, rather than the first.
  const alike = (one.status === other.status ? 40 : 0) + (one.transaction === other.transaction ? 20 : 0);
  return PAIR + alike + 4 / (1 + Math.abs(apart));
}

/** So much that no other reason makes up for one pair less. */
const PAIR = 100_000;
