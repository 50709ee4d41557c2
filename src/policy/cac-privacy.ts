// A call between two adjacencies → whether caller and callee are to be hidden (Cisco IM, "Privacy for SIP Instant
// Messaging": the CAC table entry that governs normal calls governs IM too; rules.md §16 Q21).
import { matchesGlob } from './glob.ts';
import type { Adjacency, CacMatch, Known, Policy, PrivacyMode } from './policy.ts';

export interface CallPrivacy {
  /** null: no entry says. */
  readonly caller: Known;
  readonly callee: Known;
}

/** `caller` and `callee` are `user@host` or a user alone. A side that is not known is null. */
export function privacyFor(
  policy: Policy,
  inbound: Adjacency | null,
  outbound: Adjacency | null,
  caller: string,
  callee: string,
): CallPrivacy {
  let callerMode: PrivacyMode | null = null;
  let calleeMode: PrivacyMode | null = null;
  for (const entry of policy.cac) {
    if (callerMode !== null && calleeMode !== null) break;
    if (!matches(entry.match, inbound, outbound, caller, callee)) continue;
    callerMode ??= entry.callerPrivacy;
    calleeMode ??= entry.calleePrivacy;
  }
  // Q21: the chapter's 200 OK hides the callee although it names only caller-privacy.
  if (calleeMode === null && policy.decisions.calleePrivacyFallback === 'as-caller') calleeMode = callerMode;
  return { caller: applies(callerMode, inbound, outbound), callee: applies(calleeMode, inbound, outbound) };
}

function matches(
  match: CacMatch,
  inbound: Adjacency | null,
  outbound: Adjacency | null,
  caller: string,
  callee: string,
): boolean {
  const from = inbound?.name;
  const to = outbound?.name;
  if (match.adjacency !== null && match.adjacency !== from && match.adjacency !== to) return false;
  if (match.inboundAdjacency !== null && match.inboundAdjacency !== from) return false;
  if (match.outboundAdjacency !== null && match.outboundAdjacency !== to) return false;
  const fromAccount = inbound?.account;
  const toAccount = outbound?.account;
  if (match.account !== null && match.account !== fromAccount && match.account !== toAccount) return false;
  if (match.inboundAccount !== null && match.inboundAccount !== fromAccount) return false;
  if (match.outboundAccount !== null && match.outboundAccount !== toAccount) return false;
  if (match.caller !== null && !matchesParty(match.caller, caller)) return false;
  return match.callee === null || matchesParty(match.callee, callee);
}

/** A pattern with an @ is for user@host, one without for the user. */
export function matchesParty(pattern: string, party: string): boolean {
  if (pattern.includes('@')) return matchesGlob(pattern, party);
  const at = party.lastIndexOf('@');
  return matchesGlob(pattern, at < 0 ? party : party.slice(0, at));
}

function applies(mode: PrivacyMode | null, inbound: Adjacency | null, outbound: Adjacency | null): Known {
  if (mode === null) return null;
  if (mode !== 'account-boundary') return mode === 'always';
  if (inbound !== null && inbound === outbound) return false;
  const from = inbound?.account ?? null;
  const to = outbound?.account ?? null;
  return from === null || to === null ? null : from !== to;
}
