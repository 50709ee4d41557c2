// Two captures of calls → in what they differ. Fed with the messages and calls of `before`, then with those of `after`; pairs of
// calls come out as soon as both are known, and what has no partner at the end.
import { compareTimestamps } from '../capture/timestamp.ts';
import type { Call } from '../dialog/call.ts';
import {
  type CallComparison,
  type CallDifference,
  callDifference,
  isSame,
  type MatchedBy,
} from './call-difference.ts';
import { type CallFacts, callFacts } from './call-facts.ts';
import { CallMatching, type MatchWish } from './call-matching.ts';
import { CaptureSide } from './capture-side.ts';
import { type ChangeCount, ChangeTally } from './change-tally.ts';
import { type TransitSummary, TransitTimes } from './transit-times.ts';

export interface CaptureDifferenceOptions extends CallComparison {
  readonly by: MatchWish;
  /** Octets of messages that may be kept of each capture; beyond it calls are counted, but their messages not compared. */
  readonly room?: number;
  readonly onPair: (difference: CallDifference) => void;
  readonly onAlone: (call: LoneCall) => void;
}

/** A call that only one capture has. */
export interface LoneCall {
  readonly side: 'before' | 'after';
  readonly call: CallFacts;
  /** The other capture, which is of the same time, had not begun by then, or had ended. */
  readonly beside: boolean;
}

export interface DifferenceSummary {
  readonly before: SideSummary;
  readonly after: SideSummary;
  readonly pairs: {
    readonly byCallId: number;
    readonly byParties: number;
    readonly same: number;
    readonly differing: number;
    /** Their messages were not kept: only how they went was compared. */
    readonly uncompared: number;
  };
  readonly messages: {
    readonly matched: number;
    readonly changed: number;
    /** Those of calls that only one capture has are among them. */
    readonly onlyBefore: number;
    readonly onlyAfter: number;
    /** Beyond what is kept of one call. */
    readonly uncompared: number;
  };
  /** Most first. */
  readonly changes: readonly ChangeCount[];
  readonly transit: TransitSummary;
}

export interface SideSummary {
  readonly calls: number;
  readonly messages: number;
  /** Calls that it alone has. */
  readonly only: number;
}

export class CaptureDifference {
  readonly before: CaptureSide;
  readonly after: CaptureSide;
  private readonly options: CaptureDifferenceOptions;
  private readonly matching: CallMatching;
  private readonly tally = new ChangeTally();
  private readonly transit = new TransitTimes();
  private readonly pairs = { byCallId: 0, byParties: 0, same: 0, differing: 0, uncompared: 0 };
  private readonly messages = { matched: 0, changed: 0, onlyBefore: 0, onlyAfter: 0, uncompared: 0 };
  private readonly only = { before: 0, after: 0 };

  constructor(options: CaptureDifferenceOptions) {
    const { by, room = ROOM } = options;
    this.options = options;
    this.before = new CaptureSide(room);
    this.after = new CaptureSide(room);
    this.matching = new CallMatching(by, (call, side) => this[side].requestUser(call), {
      onPair: (before, after, by) => this.pair(before, after, by),
      onAlone: (call, side) => this.alone(call, side),
    });
  }

  /** A call that is over; those of `before` come first. */
  call(call: Call, side: 'before' | 'after'): void {
    this[side].call(call);
    this.matching[side](call);
  }

  /** A call that is over, and is not to be compared. */
  leaveOut(call: Call, side: 'before' | 'after'): void {
    this[side].release(call);
  }

  /** Nothing more comes. */
  end(): DifferenceSummary {
    this.matching.end();
    const side = (name: 'before' | 'after'): SideSummary => {
      const { calls, messages } = this[name];
      return { calls, messages, only: this.only[name] };
    };
    return {
      before: side('before'),
      after: side('after'),
      pairs: this.pairs,
      messages: this.messages,
      changes: this.tally.entries(),
      transit: this.transit.summary(),
    };
  }

  private pair(before: Call, after: Call, by: MatchedBy): void {
    const difference = callDifference(before, after, by, this.options);
    this.pairs[by === 'call-id' ? 'byCallId' : 'byParties']++;
    this.pairs[isSame(difference) ? 'same' : 'differing']++;
    if (!difference.compared) this.pairs.uncompared++;
    this.messages.uncompared += difference.beyond;
    for (const { kind } of difference.messages) {
      if (kind === 'only-before') this.messages.onlyBefore++;
      else if (kind === 'only-after') this.messages.onlyAfter++;
      else this.messages.matched++;
      if (kind === 'changed') this.messages.changed++;
    }
    this.tally.add(difference);
    this.transit.add(difference);
    this.options.onPair(difference);
    for (const [side, call] of [
      [this.before, before],
      [this.after, after],
    ] as const) {
      call.letGoOfEvents?.();
      side.release(call);
    }
  }

  private alone(call: Call, side: 'before' | 'after'): void {
    const [own, other] = side === 'before' ? [this.before, this.after] : [this.after, this.before];
    const facts = callFacts(call);
    this.only[side]++;
    this.messages[side === 'before' ? 'onlyBefore' : 'onlyAfter'] += facts.messages;
    own.release(call);
    this.options.onAlone({ side, call: facts, beside: overlap(own, other) && other.isBeside(call) });
  }
}

/** Captures of two times have nothing to say about what the other lacks. */
function overlap(one: CaptureSide, other: CaptureSide): boolean {
  if (one.first === null || one.last === null || other.first === null || other.last === null) return false;
  return compareTimestamps(one.first, other.last) <= 0 && compareTimestamps(other.first, one.last) <= 0;
}

/** Both together take up to a gigabyte, with all that is known of their calls. */
const ROOM = 128e6;
