// Calls of two captures → which belong together: by Call-ID; what is left by who calls whom, in the order of time.
import { compareTimestamps } from '../capture/timestamp.ts';
import type { Call } from '../dialog/call.ts';
import { parseUri } from '../sip/uri/uri.ts';
import type { MatchedBy } from './call-difference.ts';

/** `auto`: by Call-ID, and what is left by parties. */
export type MatchWish = MatchedBy | 'auto';

export interface MatchSinks {
  readonly onPair: (before: Call, after: Call, by: MatchedBy) => void;
  /** Has no partner. */
  readonly onAlone: (call: Call, side: 'before' | 'after') => void;
}

/** First all calls of `before`, then those of `after`, then `end`. */
export class CallMatching {
  private readonly wish: MatchWish;
  private readonly sinks: MatchSinks;
  private readonly requestUser: (call: Call, side: 'before' | 'after') => string;
  /** Calls of `before` without a partner, by Call-ID, in the order they ended. */
  private readonly waiting = new Map<string, Call[]>();
  private readonly late: Call[] = [];

  /** `requestUser`: the user of the Request-URI of a call's first request. */
  constructor(
    wish: MatchWish,
    requestUser: (call: Call, side: 'before' | 'after') => string,
    sinks: MatchSinks,
  ) {
    this.wish = wish;
    this.requestUser = requestUser;
    this.sinks = sinks;
  }

  before(call: Call): void {
    const others = this.waiting.get(call.callId);
    if (others === undefined) this.waiting.set(call.callId, [call]);
    else others.push(call);
  }

  after(call: Call): void {
    const others = this.wish === 'parties' ? undefined : this.waiting.get(call.callId);
    // A Call-ID may be used again: the first is the first.
    const partner = others?.shift();
    if (partner === undefined) this.late.push(call);
    else {
      if (others!.length === 0) this.waiting.delete(call.callId);
      this.sinks.onPair(partner, call, 'call-id');
    }
  }

  end(): void {
    let ours = [...this.waiting.values()].flat();
    let theirs = [...this.late];
    if (this.wish !== 'call-id') {
      // A number may be dialled otherwise in the other run.
      for (const exact of [true, false]) [ours, theirs] = this.matchParties(ours, theirs, exact);
    }
    for (const call of ours.sort(byStart)) this.sinks.onAlone(call, 'before');
    for (const call of theirs.sort(byStart)) this.sinks.onAlone(call, 'after');
  }

  /** Gives what is left of both. */
  private matchParties(ours: readonly Call[], theirs: readonly Call[], exact: boolean): [Call[], Call[]] {
    const name = (call: Call, side: 'before' | 'after'): string =>
      JSON.stringify([
        ...[call.kind, call.method, userOf(call.from), userOf(call.to)],
        ...(exact ? [this.requestUser(call, side)] : []),
      ]);
    const queues = new Map<string, Call[]>();
    for (const call of [...ours].sort(byStart).reverse()) {
      const queue = queues.get(name(call, 'before'));
      if (queue === undefined) queues.set(name(call, 'before'), [call]);
      else queue.push(call);
    }
    const left: Call[] = [];
    for (const call of [...theirs].sort(byStart)) {
      const partner = queues.get(name(call, 'after'))?.pop();
      if (partner === undefined) left.push(call);
      else this.sinks.onPair(partner, call, 'parties');
    }
    return [[...queues.values()].flat(), left];
  }
}

/** A URI without a user is its own name: services, and numbers of `tel`. */
function userOf(uri: string): string {
  const { user } = parseUri(uri);
  return user === '' ? uri : user;
}

function byStart(a: Call, b: Call): number {
  return compareTimestamps(a.start, b.start) || a.id - b.id;
}
