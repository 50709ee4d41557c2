// Findings of the rules → those an audit shows: not ignored by the policy, bad enough, and new against the baseline.
import { CapNotice } from '../capture/cap-notice.ts';
import type { DiagnosticSink, Severity } from '../capture/diagnostic.ts';
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
  /** What there is will be written down as a new baseline. */
  readonly writesBaseline?: boolean;
  /** A new baseline is full: told once. */
  readonly onCapped?: DiagnosticSink;
  /** Findings of a new baseline. */
  readonly most?: number;
}

export class Sieve {
  readonly ignored: Ignored;
  /** Left out: the baseline has them; not bad enough. */
  known = 0;
  below = 0;
  /** What a new baseline holds, where one is wanted: all but the ignored, a finding a fingerprint. */
  readonly present = new Map<string, BaselineEntry>();

  private readonly options: SieveOptions;
  private readonly most: number;
  private readonly full: CapNotice;

  constructor(options: SieveOptions) {
    this.options = options;
    const { most = MAX_FINGERPRINTS, onCapped } = options;
    this.most = most;
    const message = `The new baseline holds ${most} findings; those after them are not in it`;
    this.full = new CapNotice(onCapped, 'audit/baseline-capped', message);
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
    if (this.options.writesBaseline === true) this.note(shown);
    if (!baseline.has(shown.fingerprint)) return shown;
    this.known++;
    return null;
  }

  private note({ fingerprint, rule, peer, message }: AuditFinding): void {
    if (this.present.has(fingerprint)) return;
    if (this.present.size < this.most) this.present.set(fingerprint, { fingerprint, rule, peer, message });
    else this.full.say();
  }
}

const MAX_FINGERPRINTS = 100_000;
