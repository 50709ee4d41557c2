// What the policy says of rules: off, or of another severity; the last setting that matches holds.
import { matchesGlob } from '../policy/glob.ts';
import type { Policy, RuleSeverity } from '../policy/policy.ts';
import type { Finding } from './finding.ts';

export class RuleSettings {
  private readonly policy: Policy;
  /** Asked for every finding: the answer for a rule is kept. */
  private readonly known = new Map<string, RuleSeverity | undefined>();

  constructor(policy: Policy) {
    this.policy = policy;
  }

  isOff(id: string): boolean {
    return this.severityOf(id) === 'off';
  }

  /** The finding as the policy grades it; null when it is switched off. */
  grade(finding: Finding): Finding | null {
    const severity = this.severityOf(finding.rule);
    if (severity === 'off') return null;
    return severity === undefined ? finding : { ...finding, severity };
  }

  private severityOf(id: string): RuleSeverity | undefined {
    if (!this.known.has(id)) {
      this.known.set(id, this.policy.rules.findLast(({ rule }) => matchesGlob(rule, id))?.severity);
    }
    return this.known.get(id);
  }
}
