// The pairs of legs of an audit as its report lists them.
import type { CallKind } from '../dialog/call-kind.ts';
import type { Bucket, LegPair, UnpairedLeg } from '../legs/pair.ts';

export interface PairRecord {
  readonly set: number;
  /** Call-ID and number of the call on either side. */
  readonly a: string;
  readonly b: string;
  readonly callA: number;
  readonly callB: number;
  readonly box: readonly string[];
  readonly kind: CallKind;
  readonly group: string;
  readonly confidence: number;
  readonly bucket: Bucket;
  readonly margin: number | null;
  /** The capture began when the call was under way: nothing is said of such a pair's two sides. */
  readonly joined: boolean;
  /** Names of what speaks for it, the strongest first. */
  readonly signals: readonly string[];
  readonly frames: readonly number[];
}

export interface UnpairedRecord {
  readonly set: number;
  readonly callId: string;
  readonly call: number;
  readonly side: UnpairedLeg['side'];
  readonly from: string;
  readonly to: string;
  readonly why: string;
}

export function pairRecord(pair: LegPair, set: number): PairRecord {
  const { a, b, box, kind, group, confidence, bucket, margin, joined, signals, frames } = pair;
  return {
    set,
    a: a.call.callId,
    b: b.call.callId,
    callA: a.call.id,
    callB: b.call.id,
    ...{ box, kind, group, confidence, bucket, margin, joined },
    signals: signals.map(({ name }) => name),
    frames,
  };
}

export function unpairedRecord({ leg, side, why }: UnpairedLeg, set: number): UnpairedRecord {
  const { call, from, to } = leg;
  return { set, callId: call.callId, call: call.id, side, from: from.text, to: to.text, why };
}
