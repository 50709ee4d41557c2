// Calls in, as they end; groups of calls out: those whose legs one box carries on, in the order of their first messages.
// A group is handed on once nothing more can join it; what is held meanwhile is bounded.
import type { Call } from '../dialog/call.ts';
import type { LegPair } from './pair.ts';
import { LegPairing, type LegPairingOptions } from './pairing.ts';

export interface CallGroup {
  /** In the order of their numbers: the first is where it began. */
  readonly calls: readonly Call[];
  /** The pairs that hold it together, and those between hops of one call. */
  readonly pairs: readonly LegPair[];
}

export interface CallGroupsOptions extends Omit<LegPairingOptions, 'onPair' | 'onUnpaired'> {
  /** Pairs of less confidence join nothing. */
  readonly least: number;
  readonly onGroup: (group: CallGroup) => void;
  /** Messages that are held at most; beyond it all that is held is settled as it is. */
  readonly most?: number;
}

export class CallGroups {
  private readonly options: CallGroupsOptions;
  private readonly most: number;
  private pairing: LegPairing;
  private groups = new Map<Call, { calls: Call[]; pairs: LegPair[] }>();
  private messages = 0;

  constructor(options: CallGroupsOptions) {
    this.options = options;
    this.most = options.most ?? MESSAGES;
    this.pairing = this.begin();
  }

  /** A call that is over, kept with its messages. */
  add(call: Call): void {
    this.groups.set(call, { calls: [call], pairs: [] });
    this.messages += call.events?.length ?? 0;
    this.pairing.call(call);
    if (this.messages > this.most) this.end();
  }

  /** Hands on all that is held. */
  end(): void {
    this.pairing.end();
    const groups = [...new Set(this.groups.values())];
    for (const { calls } of groups) calls.sort((a, b) => a.id - b.id);
    groups.sort((a, b) => a.calls[0]!.id - b.calls[0]!.id);
    this.groups = new Map();
    this.messages = 0;
    this.pairing = this.begin();
    for (const group of groups) this.options.onGroup(group);
  }

  private begin(): LegPairing {
    const { least } = this.options;
    return new LegPairing({
      joined: true,
      ...this.options,
      onPair: (pair) => {
        if (pair.confidence >= least) this.join(pair);
      },
    });
  }

  private join(pair: LegPair): void {
    const one = this.groups.get(pair.a.call);
    const other = this.groups.get(pair.b.call);
    if (one === undefined || other === undefined) return;
    one.pairs.push(pair);
    if (one === other) return;
    one.calls.push(...other.calls);
    one.pairs.push(...other.pairs);
    for (const call of other.calls) this.groups.set(call, one);
  }
}

const MESSAGES = 50_000;
