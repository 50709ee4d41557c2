// The policy of the box in the flows sbc-*: 198.51.100.20 towards the callers, 198.51.100.30 towards the callees.

export interface SbcPolicy {
  /** null: not known. */
  readonly passthrough?: boolean | null | readonly [inbound: boolean, outbound: boolean];
  /** CAC privacy; null: no entry says. */
  readonly caller?: boolean | null;
  readonly callee?: boolean | null;
  readonly hiding?: boolean;
  readonly h323?: boolean;
  readonly lateEarly?: boolean;
  readonly trusted?: readonly string[];
  readonly decisions?: Readonly<Record<string, string | number | boolean>>;
}

/** As YAML. */
export function sbcPolicy(options: SbcPolicy = {}): string {
  return JSON.stringify(options);
}
