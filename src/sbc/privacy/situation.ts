// All that decides what of a message may go on. `party`: who said it, the caller in requests of the caller and in responses to
// the callee's.
import type { PrivacyAsked } from './levels.ts';

export interface PrivacySituation {
  readonly party: 'caller' | 'callee';
  /** By the party: in this message, or in the request that began the call. */
  readonly asked: PrivacyAsked;
  /**
   * The configuration hides the party (a CAC entry, rules.md §14 column cfg). It is the operator's word and holds with
   * `Privacy: none`, too, as the rules judge it.
   */
  readonly hidden: boolean;
  /** The configuration hides the addresses and hosts on the side of the party, not who it is. */
  readonly topologyHidden: boolean;
  /** RFC 3325 §3. */
  readonly trustedSource: boolean;
  readonly trustedNextHop: boolean;
  /** A call for help: who calls and where they are goes on (RFC 6881 §9.2, RFC 6443 §16). */
  readonly emergency: boolean;
  /** The SBC on the side it goes out on: an IP address without brackets, or a name. */
  readonly ownHost: string;
  readonly isOwn: (host: string) => boolean;
  /** The session descriptions it brings, if any, tell nothing of the party (IM: all hidden; other media: never). */
  readonly sessionHidden: boolean;
}

export type HidingCause = 'header' | 'session' | 'user' | 'id' | 'history' | 'hidden' | 'topology' | 'edge';

/** What there is to be hidden for. `edge`: every message is at the edge of the trust domain, or leaves it. */
export function causesOf({ asked, hidden, topologyHidden }: PrivacySituation): ReadonlySet<HidingCause> {
  if (asked.levels.size === 0 && !hidden && !topologyHidden) return EDGE;
  const causes = new Set<HidingCause>(asked.levels);
  causes.add('edge');
  if (hidden) causes.add('hidden');
  if (topologyHidden) causes.add('topology');
  return causes;
}

const EDGE: ReadonlySet<HidingCause> = new Set(['edge']);
