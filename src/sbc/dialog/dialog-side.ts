// One side of a call: the dialog between the SBC and one user agent (RFC 3261 §12).
import type { Adjacency } from '../../policy/policy.ts';
import type { Flow } from '../flow.ts';

export interface DialogSide {
  readonly adjacency: Adjacency;
  readonly callId: string;
  readonly localTag: string;
  readonly remoteTag: string;
  /** From of requests that the SBC sends here, without its tag; To of those it gets. */
  readonly localParty: string;
  /** To of requests that the SBC sends here, without its tag. */
  readonly remoteParty: string;
  /** Route values of requests sent here (§12.2.1.1). */
  routeSet: readonly string[];
  /** URI of the remote target: Contact of the user agent; '' until one came. */
  target: string;
  /** Over which the user agent was heard last. */
  flow: Flow;
  /** The SBC's Contact URI as seen here; '' where Contacts are passed through. */
  contact: string;
  /** Highest CSeq number sent here, 0: none. */
  localSequence: number;
  /** More requests than may have been sent here besides: they were before a restart, or of a call that is not known. */
  readonly sentUnseen?: number;
  /** Highest CSeq number received here, 0: none. */
  remoteSequence: number;
}

/** More than a call has. Gaps between CSeq numbers are allowed (RFC 3261 §12.2.2). */
export const SENT_UNSEEN = 100_000;

/** Requests are found by it: their To tag is the local one (RFC 3261 §12.2.2). */
export function sideKey(callId: string, localTag: string, remoteTag: string): string {
  return `${callId}\n${localTag}\n${remoteTag}`;
}
