// What has to outlive a restart: registrations, and dialogs that are confirmed. Plain data, versioned.

export interface StoredRecord {
  readonly version: 1;
  readonly kind: 'binding' | 'session';
  /** Unique; a later record of the same key takes its place. */
  readonly key: string;
  /** Milliseconds on the clock of the events after which it is worth nothing. */
  readonly until: number;
  /** JSON values only. */
  readonly data: Readonly<Record<string, unknown>>;
}
