// Caps of the transaction layer: what is open is keyed by what came from the wire.

export interface TransactionLimits {
  /** From this many transactions on, server and client ones together, new requests are answered with 503. */
  readonly transactions: number;
  /** So many more are taken for requests within a dialog: a BYE makes room. */
  readonly withinDialogs: number;
  /** Seconds, for Retry-After of the 503. */
  readonly retryAfter: number;
}

export const DEFAULT_TRANSACTION_LIMITS: TransactionLimits = {
  transactions: 1 << 18,
  withinDialogs: 1 << 16,
  retryAfter: 5,
};
