// A flow → what the rules find in it: the whole way of an audit, without files.
import { Correlator } from '../../dialog/correlator.ts';
import { LegPairing } from '../../legs/pairing.ts';
import type { Policy } from '../../policy/policy.ts';
import type { Finding } from '../finding.ts';
import { Judge } from '../judge.ts';
import type { Rule } from '../rule.ts';
import { editFlow } from './edit.ts';
import { flowMessages, parseFlow } from './flow.ts';
import type { RuleCase } from './rule-case.ts';

/** Throws where a rule throws: in a test that is a failure. */
export function judgeCase(rules: readonly Rule[], policy: Policy, { flow, edits = [] }: RuleCase): Finding[] {
  const findings: Finding[] = [];
  const judge = new Judge({
    rules,
    policy,
    onFinding: (finding) => findings.push(finding),
    onFailure: (rule, error) => {
      throw new Error(`${rule} failed`, { cause: error });
    },
  });
  const pairing = new LegPairing({
    policy,
    onPair: (pair) => judge.pair(pair),
    onUnpaired: ({ leg }) => judge.unpaired(leg),
  });
  const correlator = new Correlator({
    keepMessages: true,
    onMessage: (message, info) => judge.message(message, info),
    onCall(call) {
      judge.call(call);
      pairing.call(call);
    },
  });
  for (const message of flowMessages(editFlow(parseFlow(flow), edits))) correlator.message(message);
  correlator.end();
  pairing.end();
  judge.end();
  return findings;
}
