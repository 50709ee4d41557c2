// Findings of the rules → those an audit shows: not ignored by the policy, bad enough, and new against the baseline.
import type { Severity } from '../capture/diagnostic.ts';
import { isAtLeast } from '../capture/severity.ts';
import type { IgnoreEntry } from '../policy/policy.ts';
import type { Finding } from '../rules/finding.ts';
import type { AuditFinding, FramePlace } from './audit-finding.ts';
import type { BaselineEntry } from './baseline.ts';
import { fingerprint } from './fingerprint.ts';
import { Ignored } from './ignored.ts';

export interface SieveOptions {
  readonly set: number;
  readonly ignore: readonly IgnoreEntry[];
  /** `2026-11-21`. */
  readonly today: string;
  readonly minSeverity: Severity;
  /** Fingerprints of what was there before. */
  readonly baseline: ReadonlySet<string>;
}

export class Sieve {
  readonly ignored: Ignored;
  /** Left out: the baseline has them; not bad enough. */
  known = 0;
  below = 0;
  /** What a new baseline holds: all but the ignored, a finding a fingerprint. */
  readonly present = new Map<string, BaselineEntry>();

  private readonly options: SieveOptions;

  constructor(options: SieveOptions) {
    this.options = options;
    this.ignored = new Ignored(options.ignore, options.today);
  }

  /** The finding as it is shown; null when it is not. */
  take(finding: Finding, places: readonly FramePlace[] = []): AuditFinding | null {
    const { set, minSeverity, baseline } = this.options;
    if (this.ignored.has(finding)) return null;
    if (!isAtLeast(finding.severity, minSeverity)) {
      this.below++;
      return null;
    }
    const shown: AuditFinding = { ...finding, set, fingerprint: fingerprint(finding), places };
    this.note(shown);
    if (!baseline.has(shown.fingerprint)) return shown;
    this.known++;
    return null;
  }

  private note({ fingerprint, rule, peer, message }: AuditFinding): void {
    if (!this.present.has(fingerprint) && this.present.size < MAX_FINGERPRINTS)
      this.present.set(fingerprint, { fingerprint, rule, peer, message });
  }
}

const MAX_FINGERPRINTS = 100_000;
