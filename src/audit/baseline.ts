// A baseline: the findings that were there before, one object each, so that a later audit shows only what is new. Sorted, so
// that two of them can be compared line by line.
/** As it stands in the file: `{"v": 1, "findings": [{"fingerprint", "rule", "peer", "message"}]}`. */
export interface Baseline {
  readonly v: 1;
  readonly findings: readonly BaselineEntry[];
}

/** All but the fingerprint is for people. */
export interface BaselineEntry {
  readonly fingerprint: string;
  readonly rule: string;
  readonly peer: string;
  readonly message: string;
}

/** Fingerprints of a baseline file. Throws what its author can mend. */
export function readBaseline(text: string): ReadonlySet<string> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new Error(`is no JSON: ${(error as Error).message}`);
  }
  const { v, findings } = (typeof value === 'object' && value !== null ? value : {}) as Partial<Baseline>;
  if (v !== 1 || !Array.isArray(findings))
    throw new Error('is no baseline: it needs {"v": 1, "findings": […]}');
  return new Set(
    findings.map((entry: Partial<BaselineEntry> | null, index) => {
      const found = entry?.fingerprint;
      if (typeof found !== 'string') throw new Error(`is no baseline: findings[${index}] has no fingerprint`);
      return found;
    }),
  );
}

export function writeBaseline(present: readonly BaselineEntry[]): string {
  const entries = new Map(present.map((entry) => [entry.fingerprint, entry]));
  const sorted = [...entries.values()].sort(
    (a, b) => compare(a.rule, b.rule) || compare(a.peer, b.peer) || compare(a.fingerprint, b.fingerprint),
  );
  const baseline: Baseline = { v: 1, findings: sorted };
  return `${JSON.stringify(baseline, null, 1)}\n`;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
