// What one call is named by: RFC 7989 Session-ID, RFC 7315 charging identifier, gateways' own, Call-ID and what is made from
// it, tags (RFC 3261 §19.3), the way a proxy writes into Via.
import type { Frames, Surroundings, TokenKind } from './compare.ts';
import type { Evidence } from './evidence.ts';
import type { LegTraits } from './traits.ts';
import type { SignalName } from './weights.ts';

export function compareIdentifiers(
  x: LegTraits,
  y: LegTraits,
  around: Surroundings,
  { a, b }: Frames,
  found: Evidence,
): void {
  for (const [name, kind, read] of EQUAL) {
    const value = read(x);
    if (value !== '' && value === read(y)) found.add(name, rarity(around, kind, value), value, value, a, b);
  }
  if (x.sessionId !== '' && y.sessionId !== '' && x.sessionId !== y.sessionId)
    found.oppose('session-id-differs', x.sessionId, y.sessionId, a, b);
  compareCallIds(x, y, around, { a, b }, found);
  const header =
    y.otherHeaders.length === 0
      ? undefined
      : x.otherHeaders.find((one) => y.otherHeaders.includes(one) && around.sharing('header', one) === 1);
  if (header !== undefined) found.add('header', 1, header, header, a, b);
  // RFC 3261 §16.6 step 8: a proxy puts its Via on top and leaves the others.
  if (x.branch !== '' && y.branchesBelow.includes(x.branch)) found.add('via', 1, x.branch, x.branch, a, b);
  const carried = x.leg.call === y.leg.call ? y.attempts[0].upstream : -1;
  if (carried >= 0 && x.attempts.some(({ transaction }) => transaction === carried))
    found.add('forwarded', 1, found.keeps ? `CSeq ${x.cseq}` : '', found.keeps ? `CSeq ${y.cseq}` : '', a, b);
}

function compareCallIds(
  x: LegTraits,
  y: LegTraits,
  around: Surroundings,
  { a, b }: Frames,
  found: Evidence,
): void {
  const tagged = x.fromTag !== '' && x.fromTag === y.fromTag;
  if (x.callId === y.callId) {
    found.add('call-id', 1, x.callId, y.callId, a, b);
    // Both, and nobody rewrote anything: as good as made for one call.
    if (tagged) found.unique = true;
  } else if (y.legHeaders.includes(x.callId)) found.add('leg-header', 1, x.callId, x.callId, a, b);
  else if (y.namedCalls.includes(x.callId)) found.add('names-call', 1, x.callId, x.callId, a, b);
  else if (isMadeFrom(y, x) || isMadeFrom(x, y)) found.add('call-id-derived', 1, x.callId, y.callId, a, b);
  const shared = x.legHeaders.find((value) => y.legHeaders.includes(value));
  if (shared !== undefined)
    found.add('leg-header-shared', rarity(around, 'leg', shared), shared, shared, a, b);
  if (tagged && around.sharing('tag', x.fromTag) <= 2) found.add('from-tag', 1, x.fromTag, y.fromTag, a, b);
}

function isMadeFrom(made: LegTraits, original: LegTraits): boolean {
  const { callId } = original;
  if (made.madeFrom.size === 0) return false;
  if (made.madeFrom.has(callId)) return true;
  return original.localCallId !== '' && made.madeFrom.has(original.localCallId);
}

/** A conference, say, gives several calls one identifier (RFC 7989 §7). */
function rarity(around: Surroundings, kind: TokenKind, value: string): number {
  return around.sharing(kind, value) < 3 ? 1 : 0.75;
}

const EQUAL: readonly [SignalName, TokenKind, (leg: LegTraits) => string][] = [
  ['session-id', 'session', ({ sessionId }) => sessionId],
  ['charging-id', 'charging', ({ chargingId }) => chargingId],
  ['cisco-guid', 'guid', ({ guid }) => guid],
];
