// Calls that IM takes no part in: to and from H.323, and where the SBC makes an offer for a call that brings none, or takes one
// away (Cisco IM, Interworking; rules.md §16 Q19).
import type { Crossing } from './crossing.ts';

export type Interworking = 'h323' | 'late-early' | 'early-late';

/** By the policy, else by what went out; null where it is none. */
export function interworkingOf(crossing: Crossing): Interworking | null {
  const { inbound, outbound, world, initial } = crossing;
  const { policy } = world;
  if (inbound?.h323 === true || outbound?.h323 === true) return 'h323';
  // Nothing went out: any adjacency may have been meant.
  if (inbound !== undefined && crossing.b === null && policy.adjacencies.some(({ h323 }) => h323))
    return 'h323';
  const pairs = policy.interworking.lateEarly;
  const before = initial?.received.request;
  const after = initial?.sent?.request;
  if (before?.method !== 'INVITE') return null;
  const offerless = before.sip.bodyStart === before.sip.bodyEnd;
  const configured = pairs.some(([from, to]) => {
    return from === inbound?.name && (crossing.b === null || to === outbound?.name);
  });
  if (configured && offerless) return 'late-early';
  if (after === undefined || before.truncated || after.truncated) return null;
  if (offerless && after.sdp !== undefined) return 'late-early';
  const taken = before.sdp !== undefined && after.sip.bodyStart === after.sip.bodyEnd;
  return taken && policy.decisions.imEarlyToLate === 'refuse' ? 'early-late' : null;
}
