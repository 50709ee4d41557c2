// Findings counted by severity, rule and peer as they come; the counts of several sets are added up.
import type { Severity } from '../capture/diagnostic.ts';
import { rankOf } from '../capture/severity.ts';
import type { AuditFinding } from './audit-finding.ts';
import type { PeerCount, RuleCount } from './report.ts';

/** Plain data. */
export interface Counts extends Readonly<Record<Severity, number>> {
  /** Worst first, most first. */
  readonly rules: readonly RuleCount[];
  readonly peers: readonly PeerCount[];
}

export class SummaryCount {
  private readonly bySeverity: Record<Severity, number> = { error: 0, warning: 0, info: 0 };
  private readonly byRule = new Map<string, { severity: Severity; count: number }>();
  private readonly byPeer = new Map<string, Record<Severity, number> & { userAgent: string }>();

  add({ rule, severity, peer, userAgent }: AuditFinding): void {
    this.bySeverity[severity]++;
    this.addRule(rule, severity, 1);
    const counts = this.ofPeer(peer);
    counts[severity]++;
    if (userAgent !== '') counts.userAgent = userAgent;
  }

  /** Those of another set. */
  addCounts({ rules, peers, ...bySeverity }: Counts): void {
    for (const { rule, severity, count } of rules) this.addRule(rule, severity, count);
    for (const { peer, userAgent, error, warning, info } of peers) {
      const counts = this.ofPeer(peer);
      counts.error += error;
      counts.warning += warning;
      counts.info += info;
      if (userAgent !== '') counts.userAgent = userAgent;
    }
    this.bySeverity.error += bySeverity.error;
    this.bySeverity.warning += bySeverity.warning;
    this.bySeverity.info += bySeverity.info;
  }

  counts(): Counts {
    const rules = [...this.byRule].map(([rule, { severity, count }]) => ({ rule, severity, count }));
    const peers = [...this.byPeer].map(([peer, { userAgent, error, warning, info }]) => {
      return { peer, userAgent, error, warning, info };
    });
    return { ...this.bySeverity, rules: rules.sort(worseRule), peers: peers.sort(worsePeer) };
  }

  private addRule(rule: string, severity: Severity, count: number): void {
    const known = this.byRule.get(rule);
    if (known === undefined) this.byRule.set(rule, { severity, count });
    else {
      known.count += count;
      if (rankOf(severity) < rankOf(known.severity)) known.severity = severity;
    }
  }

  private ofPeer(peer: string): Record<Severity, number> & { userAgent: string } {
    // A scan shows an address a packet: what comes after the cap is counted together.
    const key = this.byPeer.has(peer) || this.byPeer.size < MAX_PEERS ? peer : OTHERS;
    let counts = this.byPeer.get(key);
    if (counts === undefined) {
      counts = { error: 0, warning: 0, info: 0, userAgent: '' };
      this.byPeer.set(key, counts);
    }
    return counts;
  }
}

function worseRule(a: RuleCount, b: RuleCount): number {
  return rankOf(a.severity) - rankOf(b.severity) || b.count - a.count || (a.rule < b.rule ? -1 : 1);
}

function worsePeer(a: PeerCount, b: PeerCount): number {
  return b.error - a.error || b.warning - a.warning || b.info - a.info || (a.peer < b.peer ? -1 : 1);
}

const MAX_PEERS = 10_000;
const OTHERS = '(others)';
