// A flow → what the rules find in it: the whole way of an audit, without files.
import { compareTimestamps } from '../../capture/timestamp.ts';
import { Correlator } from '../../dialog/correlator.ts';
import { LegPairing } from '../../legs/pairing.ts';
import type { Policy } from '../../policy/policy.ts';
import type { Finding } from '../finding.ts';
import { Judge } from '../judge.ts';
import type { Rule } from '../rule.ts';
import { editFlow } from './edit.ts';
import { flowMedia, flowMessages, parseFlow } from './flow.ts';
import type { RuleCase } from './rule-case.ts';

/** Throws where a rule throws: in a test that is a failure. */
export function judgeCase(rules: readonly Rule[], policy: Policy, one: RuleCase): Finding[] {
  const { flow, edits = [], diagnostics = [] } = one;
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
    onUnpaired: (unpaired) => judge.unpaired(unpaired),
  });
  const correlator = new Correlator({
    keepMessages: true,
    onTime: (message) => judge.time(message),
    onMessage: (message, info) => judge.message(message, info),
    onCall(call) {
      judge.call(call);
      pairing.call(call);
    },
  });
  for (const diagnostic of diagnostics) judge.diagnostic(diagnostic);
  const steps = editFlow(parseFlow(flow), edits);
  const media = flowMedia(steps);
  for (const message of flowMessages(steps)) {
    while (media.length > 0 && compareTimestamps(media[0]!, message) < 0) judge.packet(media.shift()!);
    correlator.message(message);
  }
  for (const packet of media) judge.packet(packet);
  correlator.end();
  pairing.end();
  judge.end();
  return findings;
}
