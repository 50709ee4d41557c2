// The `ignore` entries of a policy put to findings: known, accepted, and until when.
import { matchesGlob } from '../policy/glob.ts';
import type { IgnoreEntry } from '../policy/policy.ts';
import type { Finding } from '../rules/finding.ts';

/** What an entry did in an audit. */
export interface IgnoredCount {
  readonly rule: string;
  readonly reason: string;
  /** `2027-01-31`, null for good. */
  readonly until: string | null;
  /** It is past its last day, and ignores nothing any more. */
  readonly expired: boolean;
  readonly count: number;
}

export class Ignored {
  private readonly entries: readonly {
    readonly entry: IgnoreEntry;
    readonly expired: boolean;
    count: number;
  }[];

  /** `today` as `2026-11-21`. */
  constructor(entries: readonly IgnoreEntry[], today: string) {
    this.entries = entries.map((entry) => {
      return { entry, expired: entry.until !== null && entry.until < today, count: 0 };
    });
  }

  /** Whether an entry has it; the first that does counts it. */
  has(finding: Finding): boolean {
    const found = this.entries.find(({ entry, expired }) => !expired && fits(entry, finding));
    if (found === undefined) return false;
    found.count++;
    return true;
  }

  counts(): readonly IgnoredCount[] {
    return this.entries.map(({ entry: { rule, reason, until }, expired, count }) => {
      return { rule, reason, until, expired, count };
    });
  }
}

function fits({ rule, peer, userAgent }: IgnoreEntry, finding: Finding): boolean {
  if (!matchesGlob(rule, finding.rule)) return false;
  if (peer !== null && !peer.has(hostOf(finding.peer))) return false;
  return userAgent === null || matchesGlob(userAgent, finding.userAgent);
}

/** `[2001:db8::1]:5060` → `2001:db8::1`. */
function hostOf(peer: string): string {
  return peer.replace(/:\d+$/, '').replace(/^\[|\]$/g, '');
}
