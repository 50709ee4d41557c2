// Calls in, as they end; pairs of legs out, once nothing better can come. One leg is a call's way to a box, the other its way
// on from there: the same call where the box kept the Call-ID, another where it wrote a new one (RFC 7092 §3).
import type { Call } from '../dialog/call.ts';
import type { Policy } from '../policy/policy.ts';
import type { Assigned } from './assignment.ts';
import { BoxLearning } from './box-learning.ts';
import { type Candidate, CandidateSearch, COUNTED } from './candidate.ts';
import { legsOf } from './leg.ts';
import { LegWindow, type Waiting } from './leg-window.ts';
import type { LegPair, UnpairedLeg } from './pair.ts';
import { pairOf } from './pair-record.ts';
import { type Settlement, settle } from './settlement.ts';
import { DEFAULT_LEG_HEADERS, traitsOf } from './traits.ts';
import { unpairedOf } from './unpaired.ts';

export interface LegPairingOptions {
  /** Its local addresses are boxes known beforehand; its leg headers and windows are used. */
  readonly policy?: Policy;
  /** Headers in which a box names the call of the other leg, besides the usual ones. */
  readonly legHeaders?: readonly string[];
  readonly onPair: (pair: LegPair) => void;
  readonly onUnpaired?: (unpaired: UnpairedLeg) => void;
  /** Legs had to be settled before their time, since too many were waiting; said once. */
  readonly onCapped?: (message: string) => void;
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
  private readonly window = new LegWindow();
  private readonly boxes: BoxLearning;
  private readonly search: CandidateSearch;
  private legs = 0;
  private pairs = 0;
  private chains = 0;
  private now = Number.NEGATIVE_INFINITY;
  private capped = false;

  constructor(options: LegPairingOptions) {
    this.options = options;
    const { policy, legHeaders = [], limits } = options;
    this.limits = { ...DEFAULT_LEG_LIMITS, ...limits };
    const headers = [...DEFAULT_LEG_HEADERS, ...(policy?.legs.headers ?? []), ...legHeaders];
    this.legHeaders = new Set(headers.map((name) => name.toLowerCase()));
    this.boxes = new BoxLearning(this.limits.boxes);
    if (policy !== undefined)
      this.boxes.know(policy.adjacencies.flatMap(({ local }) => local.map(({ host }) => host)));
    this.search = new CandidateSearch(this.window, this.boxes, policy?.legs);
  }

  /** A call that is over, kept with its messages. */
  call(call: Call): void {
    this.clock(call.end.seconds);
    for (const leg of legsOf(call)) {
      const traits = traitsOf(leg, { legHeaders: this.legHeaders });
      if (traits === null) continue;
      let octets = 0;
      for (const { message } of leg.events) octets += message.end - message.start + OVERHEAD;
      this.window.add({
        ...{ traits, number: this.legs++, arrival: this.now, octets },
        ...{ near: null, nearDecided: false, carried: new Set<number>(), children: 0, learnt: false },
        ...{ chain: 0, depth: 0, counts: new Uint8Array(COUNTED.length), countedIn: 0 },
      });
    }
    const { legs, octets } = this.limits;
    if (this.window.size <= legs && this.window.octets <= octets) return;
    if (!this.capped) {
      this.capped = true;
      this.options.onCapped?.(
        `More than ${legs} legs, or ${octets} octets of them, wait for their partners: the oldest are settled`,
      );
    }
    this.settleOldest((this.window.size * 3) >> 2);
  }

  /** The capture's clock, in seconds: legs that waited long enough are settled. */
  clock(seconds: number): void {
    if (seconds <= this.now) return;
    this.now = seconds;
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

  private settleOldest(count: number): void {
    const due = new Set<Waiting>();
    for (const one of this.window.waiting) {
      if (due.size >= count) break;
      due.add(one);
    }
    if (due.size === 0) return;
    const settlement = settle(this.window, this.search, this.boxes);
    this.give(settlement, due);
    this.window.remove(due);
  }

  private give({ assigned, candidates }: Settlement, due: ReadonlySet<Waiting>): void {
    const ready = assigned.filter(({ candidate: { near, far } }) => due.has(near) || due.has(far));
    ready.sort((a, b) => a.candidate.far.traits.start - b.candidate.far.traits.start);
    const families = new Map<Waiting, Candidate[]>();
    for (const { candidate } of ready) {
      const family = families.get(candidate.near);
      if (family === undefined) families.set(candidate.near, [candidate]);
      else family.push(candidate);
    }
    for (const one of ready) this.link(one);
    for (const one of ready) this.emit(one, families.get(one.candidate.near)!);
    const { onUnpaired } = this.options;
    for (const one of due) {
      if (onUnpaired === undefined) break;
      for (const unpaired of unpairedOf(one, candidates, this.boxes)) onUnpaired(unpaired);
    }
  }

  private link({ candidate: { near, far, attempt } }: Assigned): void {
    far.near = near;
    far.nearDecided = true;
    near.children++;
    for (let i = 0; i < far.traits.attempts.length; i++) near.carried.add(attempt + i);
  }

  private emit(one: Assigned, family: readonly Candidate[]): void {
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
      pairOf(++this.pairs, one, family, evidence, this.boxes.addressesOf(far.traits.leg.from.ip)),
    );
  }
}

function rootOf(one: Waiting): Waiting {
  let root = one;
  for (let steps = 0; root.near !== null && steps < 64; steps++) root = root.near;
  return root;
}

export const DEFAULT_LEG_LIMITS: LegPairingLimits = {
  legs: 50_000,
  octets: 128 * 1024 * 1024,
  patience: 64,
  boxes: 4096,
};
/** What a kept message takes besides its octets. */
const OVERHEAD = 1500;
