// Calls in, as they end; pairs of legs out, once nothing better can come. One leg is a call's way to a box, the other its way
// on from there: the same call where the box kept the Call-ID, another where it wrote a new one (RFC 7092 §3).
import { CapNotice } from '../capture/cap-notice.ts';
import type { DiagnosticSink } from '../capture/diagnostic.ts';
import type { Call } from '../dialog/call.ts';
import type { RtpPacket } from '../network/rtp-packet.ts';
import type { Policy } from '../policy/policy.ts';
import type { Assigned } from './assignment.ts';
import { BoxLearning } from './box-learning.ts';
import { CandidateSearch } from './candidate.ts';
import { confidenceOf } from './confidence.ts';
import { legsOf } from './leg.ts';
import { LegWindow } from './leg-window.ts';
import { MediaStreams } from './media-streams.ts';
import type { LegPair, UnpairedLeg } from './pair.ts';
import { pairOf } from './pair-record.ts';
import { settle } from './settlement.ts';
import { DEFAULT_LEG_HEADERS, type LegTraits, traitsOf } from './traits.ts';
import { unpairedOf } from './unpaired.ts';
import { type Siblings, type Waiting, waitingOf } from './waiting.ts';

export interface LegPairingOptions {
  /** Its local addresses are boxes known beforehand; its leg headers and windows are used. */
  readonly policy?: Policy;
  /** Headers in which a box names the call of the other leg, besides the usual ones. */
  readonly legHeaders?: readonly string[];
  readonly onPair: (pair: LegPair) => void;
  /** Legs whose beginning was not captured are paired too: the pairs say so by `joined`. */
  readonly joined?: boolean;
  readonly onUnpaired?: (unpaired: UnpairedLeg) => void;
  /** A call none of whose legs waits any more: nothing more will be said of it. */
  readonly onDone?: (call: Call) => void;
  /** Legs had to be settled before their time, since too many were waiting, or a table was full; said once for each. */
  readonly onCapped?: DiagnosticSink;
  readonly limits?: Partial<LegPairingLimits>;
}

export interface LegPairingLimits {
  /** Legs that wait at once, and octets of memory that they keep. */
  readonly legs: number;
  readonly octets: number;
  /** Seconds of capture time a leg waits for its partner to end too. */
  readonly patience: number;
  /** Pairs of addresses that are remembered. */
  readonly boxes: number;
}

export class LegPairing {
  private readonly options: LegPairingOptions;
  private readonly limits: LegPairingLimits;
  private readonly legHeaders: ReadonlySet<string>;
  private readonly streams: MediaStreams;
  private readonly window = new LegWindow();
  private readonly boxes: BoxLearning;
  private readonly search: CandidateSearch;
  /** What came since the last settling of sure pairs, and before that since the one before. */
  private fresh: Waiting[] = [];
  private recent: Waiting[] = [];
  private settled = Number.NEGATIVE_INFINITY;
  private pairs = 0;
  private chains = 0;
  private now = Number.NEGATIVE_INFINITY;
  private readonly notice: CapNotice;

  constructor(options: LegPairingOptions) {
    this.options = options;
    const { policy, legHeaders = [], limits, onCapped } = options;
    this.streams = new MediaStreams(onCapped);
    this.limits = { ...DEFAULT_LEG_LIMITS, ...limits };
    const { legs, octets } = this.limits;
    const message = `More than ${legs} legs, or ${octets} octets of them, wait for their partners: the oldest are settled`;
    this.notice = new CapNotice(onCapped, 'legs/capped', message);
    const headers = [...DEFAULT_LEG_HEADERS, ...(policy?.legs.headers ?? []), ...legHeaders];
    this.legHeaders = new Set(headers.map((name) => name.toLowerCase()));
    this.boxes = new BoxLearning(this.limits.boxes);
    if (policy !== undefined)
      this.boxes.know(policy.adjacencies.flatMap(({ local }) => local.map(({ host }) => host)));
    this.search = new CandidateSearch(this.window, this.boxes, policy?.legs, onCapped);
  }

  /** A call that is over, kept with its messages. */
  call(call: Call): void {
    this.clock(call.end.seconds);
    const siblings = { waiting: 0 };
    for (const leg of legsOf(call)) {
      const traits = traitsOf(leg, {
        legHeaders: this.legHeaders,
        joined: this.options.joined === true,
        streams: this.streams,
      });
      if (traits !== null) this.wait(traits, siblings);
    }
    if (siblings.waiting === 0) this.options.onDone?.(call);
    const { legs, octets } = this.limits;
    const isFull = this.window.size > legs || this.window.octets > octets;
    if (isFull || this.fresh.length >= MANY) this.settleSure();
    if (!isFull) return;
    if (this.window.size <= legs / 2 && this.window.octets <= octets / 2) return;
    this.notice.say();
    this.settleOldest((this.window.size * 3) >> 2);
  }

  /** Each packet of media, where they shall tell, before the call it belongs to is over; a view, not kept. */
  rtp(packet: RtpPacket): void {
    this.streams.packet(packet);
  }

  /** The capture's clock, in seconds: legs that waited long enough are settled. */
  clock(seconds: number): void {
    if (seconds <= this.now) return;
    this.now = seconds;
    if (seconds - this.settled >= OFTEN) this.settleSure();
    const [oldest] = this.window.waiting;
    // Twice its patience: half of them are then settled together.
    if (oldest === undefined || seconds - oldest.arrival < 2 * this.limits.patience) return;
    let due = 0;
    for (const { arrival } of this.window.waiting) if (seconds - arrival >= this.limits.patience) due++;
    this.settleOldest(due);
  }

  /** The captures are over: all that waits is settled. */
  end(): void {
    this.settleOldest(this.window.size);
  }

  private wait(traits: LegTraits, siblings: Siblings): void {
    const one = waitingOf(traits, this.now, siblings);
    siblings.waiting++;
    this.window.add(one);
    this.fresh.push(one);
  }

  /** What came lately and is beyond doubt, so that it waits no longer: both legs of most calls end together. */
  private settleSure(): void {
    this.settled = this.now;
    const fars = new Set<Waiting>();
    for (const one of [...this.recent, ...this.fresh]) if (!one.nearDecided) fars.add(one);
    for (const one of this.fresh) this.search.waitingFor(one, fars);
    this.recent = this.fresh;
    this.fresh = [];
    if (fars.size === 0) return;
    this.settleFars(fars);
    // The others are not asked again, and their calls let go.
    this.recent = this.recent.filter((one) => !one.nearDecided);
  }

  private settleFars(fars: ReadonlySet<Waiting>): void {
    const { assigned } = settle(fars, this.search, this.boxes);
    // With a sure one go its siblings, whose near leg will not wait for them.
    const nears = new Set(assigned.filter(isSure).map(({ candidate }) => candidate.near));
    const sure = assigned.filter(({ candidate }) => nears.has(candidate.near));
    this.give(sure);
    const done = new Set<Waiting>();
    for (const { candidate } of sure)
      for (const one of [candidate.near, candidate.far]) if (this.isDone(one)) done.add(one);
    this.remove(done);
  }

  private remove(done: ReadonlySet<Waiting>): void {
    this.window.remove(done);
    for (const { siblings, traits } of done)
      if (--siblings.waiting === 0) this.options.onDone?.(traits.leg.call);
  }

  /** Nothing more can come of it: it carries on another, or nothing does at its end; all its attempts are carried on, or none can be. */
  private isDone({ traits: { leg, attempts }, nearDecided, carried }: Waiting): boolean {
    if (!nearDecided && this.boxes.isBox(leg.from.ip)) return false;
    return carried.size >= attempts.length || !this.boxes.isBox(leg.to.ip);
  }

  private settleOldest(count: number): void {
    const due = new Set<Waiting>();
    for (const one of this.window.waiting) {
      if (due.size >= count) break;
      due.add(one);
    }
    if (due.size === 0) return;
    const settlement = settle(this.window.waiting, this.search, this.boxes);
    this.give(settlement.assigned.filter(({ candidate: { near, far } }) => due.has(near) || due.has(far)));
    const { onUnpaired } = this.options;
    if (onUnpaired !== undefined) unpairedOf(due, settlement.candidates, this.boxes, onUnpaired);
    this.remove(due);
    this.recent = this.recent.filter((one) => !due.has(one));
    this.fresh = this.fresh.filter((one) => !due.has(one));
  }

  private give(pairs: readonly Assigned[]): void {
    const ready = [...pairs].sort((a, b) => a.candidate.far.traits.start - b.candidate.far.traits.start);
    for (const { candidate } of ready) {
      const { near, far, attempt } = candidate;
      far.near = near;
      far.nearDecided = true;
      near.family = [...near.family, candidate];
      near.carry(attempt, far.traits.attempts.length);
    }
    for (const one of ready) this.emit(one);
  }

  private emit(one: Assigned): void {
    const { near, far } = one.candidate;
    // The near leg may itself carry on another: one chain of pairs, in the order of its hops.
    if (near.chain === 0) near.chain = rootOf(near).chain || ++this.chains;
    let depth = 1;
    for (let up = near.near; up !== null && depth < 64; up = up.near) depth++;
    rootOf(near).chain = near.chain;
    far.chain = near.chain;
    far.depth = depth;
    const evidence = this.search.explain(one.candidate);
    this.options.onPair(
      pairOf(++this.pairs, one, near.family, evidence, this.boxes.addressesOf(far.traits.leg.from.ip)),
    );
  }
}

/** Where no value names the call, its own partner may be among the calls that are not over yet: then it ended alone. */
function isSure({ candidate: { near, far, score, unique }, margin }: Assigned): boolean {
  if (confidenceOf(score, margin, unique) < SURE) return false;
  const [x, y] = [near.traits, far.traits];
  return unique || (x.final > 0 && x.final === y.final && Math.abs(lastTime(x) - lastTime(y)) <= TOGETHER);
}

function lastTime({ timeline: { times }, start }: LegTraits): number {
  return times[times.length - 1] ?? start;
}

function rootOf(one: Waiting): Waiting {
  let root = one;
  for (let steps = 0; root.near !== null && steps < 64; steps++) root = root.near;
  return root;
}

export const DEFAULT_LEG_LIMITS: LegPairingLimits = {
  legs: 50_000,
  octets: 64 * 1024 * 1024,
  patience: 300,
  boxes: 4096,
};
/** Seconds of capture time between settlings of what is sure. */
const OFTEN = 2;
/** Legs that came since: at the end of a capture no time passes, and all that is open is over. */
const MANY = 512;
const SURE = 0.95;
/** Seconds between the ends of two legs of one call. */
const TOGETHER = 1;
