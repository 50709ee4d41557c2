// What an audit gives, whole: the object that `--format json` writes and that every other format is made of. Fields keep their
// names and meanings while `v` is 1; more may be added.
import type { Severity } from '../capture/diagnostic.ts';
import type { CallRecord } from '../dialog/record/call-record.ts';
import type { AuditFinding } from './audit-finding.ts';
import type { Coverage } from './coverage.ts';
import type { IgnoredCount } from './ignored.ts';
import type { PairRecord, UnpairedRecord } from './legs-record.ts';
import type { Listed } from './listed.ts';

export interface Report {
  readonly v: 1;
  readonly version: string;
  readonly sets: readonly AuditedSet[];
  /** Worst first, then by rule and in the order they were found. */
  readonly findings: Listed<AuditFinding>;
  /** As `calls --json` prints them: those that findings are about. */
  readonly calls: Listed<CallRecord & { readonly set: number }>;
  readonly legs: ListedLegs;
  readonly coverage: Coverage;
  readonly summary: Summary;
}

export interface ListedLegs {
  readonly pairs: Listed<PairRecord>;
  readonly unpaired: Listed<UnpairedRecord>;
  /** Left out because there were too many. */
  readonly unlisted: number;
}

/** Captures that were judged together. */
export interface AuditedSet {
  /** 1-based. */
  readonly set: number;
  readonly captures: readonly AuditedCapture[];
}

export interface AuditedCapture {
  readonly path: string;
  readonly format: string;
  readonly packets: number;
  readonly octets: number;
  /** Why nothing could be read from it; '' otherwise. */
  readonly error: string;
}

export interface Summary {
  /** Those in `findings`, and those that were left out of it because there were too many. */
  readonly findings: number;
  readonly unlisted: number;
  readonly error: number;
  readonly warning: number;
  readonly info: number;
  /** Worst first, most first. */
  readonly rules: readonly RuleCount[];
  readonly peers: readonly PeerCount[];
  readonly ignored: readonly IgnoredCount[];
  /** Left out because the baseline has them, and because of --min-severity. */
  readonly known: number;
  readonly below: number;
  /** What the audit knew of the SBC: `no policy given: …`, `policy sbc.yaml`. */
  readonly policy: string;
  /** Without a policy: what the traffic shows of the box, and how often; a line each. */
  readonly learnt: readonly string[];
}

export interface RuleCount {
  readonly rule: string;
  /** The worst of its findings. */
  readonly severity: Severity;
  readonly count: number;
}

export interface PeerCount {
  /** `ip:port`; '' for the whole capture. */
  readonly peer: string;
  /** As last seen in a finding. */
  readonly userAgent: string;
  readonly error: number;
  readonly warning: number;
  readonly info: number;
}
