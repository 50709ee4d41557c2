// How much of everything the core holds. What is over a cap is refused with 503 and Retry-After (RFC 3261 §21.5.4) or, where
// nobody is to be told, the oldest goes; both are logged.

export interface SbcLimits {
  /** Client and server transactions together. */
  readonly transactions: number;
  /** INVITEs, SUBSCRIBEs and REFERs that are being set up, calls and subscriptions. */
  readonly sessions: number;
  /** Early and confirmed dialogs of one forked INVITE (RFC 3261 §12.1). */
  readonly forks: number;
  readonly bindings: number;
  /** Contacts of one address of record. */
  readonly bindingsPerAddress: number;
  /** Seconds after which a client is to try again. */
  readonly retryAfter: number;
  /** Milliseconds without any message after which a call is given up (RFC 4028 where it has a session timer). */
  readonly silentCall: number;
  /** Milliseconds an INVITE may ring (RFC 3261 §16.6 step 11: more than three minutes). */
  readonly timerC: number;
  /** Milliseconds a next hop that failed is left out while there are others. */
  readonly hopPenalty: number;
}

export const DEFAULT_LIMITS: SbcLimits = {
  transactions: 100_000,
  sessions: 50_000,
  forks: 16,
  bindings: 100_000,
  bindingsPerAddress: 16,
  retryAfter: 10,
  silentCall: 12 * 3_600_000,
  timerC: 200_000,
  hopPenalty: 30_000,
};
