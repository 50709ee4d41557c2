// A pair of legs, or a leg without one, as `legs --json` prints it.
import type { Leg } from '../../legs/leg.ts';
import type { LegPair, UnpairedLeg } from '../../legs/pair.ts';

export function pairRecord(pair: LegPair): Record<string, unknown> {
  const { a, b, kind, confidence, bucket, margin, signals, frames, score, group, box } = pair;
  return {
    v: 1,
    ...{ a: a.call.callId, b: b.call.callId, kind, confidence, bucket, margin, signals, frames },
    ...{ score, group, box, contradictions: pair.contradictions, alternatives: pair.alternatives },
    ...{ chain: pair.chain, hop: pair.hop, joined: pair.joined },
    ...{ legs: { a: legRecord(a), b: legRecord(b) } },
  };
}

export function unpairedRecord({ leg, side, nearest, why }: UnpairedLeg): Record<string, unknown> {
  return { v: 1, unpaired: leg.call.callId, kind: leg.call.kind, side, leg: legRecord(leg), nearest, why };
}

/** Without a beginning: the first packet that was captured of it. */
function legRecord({ call, index, from, to, initial, events }: Leg): Record<string, unknown> {
  const first = initial ?? events[0];
  return {
    ...{ call: call.id, leg: index, from: from.text, to: to.text },
    ...{ frame: first?.message.frame ?? 0, messages: events.length },
  };
}
