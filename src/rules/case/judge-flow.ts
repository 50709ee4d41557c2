// A flow → what the rules find in it: the whole way of an audit, without files.
import type { Call } from '../../dialog/call.ts';
import { Correlator } from '../../dialog/correlator.ts';
import { legsOf } from '../../legs/leg.ts';
import type { Policy } from '../../policy/policy.ts';
import type { Finding } from '../finding.ts';
import { Judge } from '../judge.ts';
import type { Rule } from '../rule.ts';
import { editFlow } from './edit.ts';
import { flowMessages, parseFlow } from './flow.ts';
import { pairByTime } from './pair-by-time.ts';
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
  const calls: Call[] = [];
  const correlator = new Correlator({
    keepMessages: true,
    onMessage: (message, info) => judge.message(message, info),
    onCall(call) {
      judge.call(call);
      calls.push(call);
    },
  });
  for (const message of flowMessages(editFlow(parseFlow(flow), edits))) correlator.message(message);
  correlator.end();
  const locals = new Set(policy.adjacencies.flatMap(({ local }) => local.map(({ host }) => host)));
  const legs = calls.sort((a, b) => a.id - b.id).flatMap(legsOf);
  const { pairs, unpaired } = pairByTime(legs, locals);
  for (const pair of pairs) judge.pair(pair);
  for (const leg of unpaired) judge.unpaired(leg);
  judge.end();
  return findings;
}
