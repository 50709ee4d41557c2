// What was sent, and between which hops a box stood → the pairs that a capture of it can show.
import type { LegPair } from '../../../src/legs/pair.ts';
import type { Hop, Sent } from './hop.ts';

export interface PairedHops {
  readonly a: Hop;
  readonly b: Hop;
  /** They share a value made for one call. */
  readonly named: boolean;
}

/** Both hops have to be seen alike: from their beginning, or under way when the capture began. */
export function knownTruth(
  sent: readonly Sent[],
  pairs: readonly PairedHops[],
): { truth: ReadonlySet<string>; named: ReadonlySet<string> } {
  const begun = new Set<Hop>();
  const seen = new Set<Hop>();
  for (const { hop, sending } of sent) {
    const { what, inDialog } = sending;
    if (typeof what !== 'string' || what === 'ACK' || what === 'CANCEL') continue;
    seen.add(hop);
    if (!inDialog) begun.add(hop);
  }
  const truth = new Set<string>();
  const named = new Set<string>();
  for (const pair of pairs) {
    const { a, b } = pair;
    const isJoined = !begun.has(a) && !begun.has(b);
    if (!seen.has(a) || !seen.has(b) || (!isJoined && !(begun.has(a) && begun.has(b)))) continue;
    const key = keyOf(hopKey(a), hopKey(b), isJoined);
    truth.add(key);
    if (pair.named) named.add(key);
  }
  return { truth, named };
}

export function trafficKey({ a, b, joined }: Pick<LegPair, 'a' | 'b' | 'joined'>): string {
  return keyOf(legKey(a), legKey(b), joined);
}

/** A leg by its Call-ID and its ends, whoever asked first. */
function legKey({ call, from, to }: LegPair['a']): string {
  return [call.callId, ...[from.text, to.text].sort()].join(' ');
}

function hopKey({ callId, client, server }: Hop): string {
  return [callId, ...[client.text, server.text].sort()].join(' ');
}

/** Of a call that was under way nobody knows who called whom. */
function keyOf(a: string, b: string, joined: boolean): string {
  return joined ? [a, b].sort().join(' | ') : `${a} > ${b}`;
}
