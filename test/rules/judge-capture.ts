// Captures → what the rules find in them, both sides of boxes paired: the way of an audit.

import { LegPairing } from '../../src/legs/pairing.ts';
import { readCaptures } from '../../src/pipeline.ts';
import type { Policy } from '../../src/policy/policy.ts';
import type { Finding } from '../../src/rules/finding.ts';
import { Judge } from '../../src/rules/judge.ts';
import type { Rule } from '../../src/rules/rule.ts';

export interface JudgedCapture {
  readonly findings: readonly Finding[];
  /** `rule: stack` of rules that failed. */
  readonly failures: readonly string[];
}

export async function judgeCapture(
  inputs: readonly string[],
  rules: readonly Rule[],
  policy: Policy,
): Promise<JudgedCapture> {
  const findings: Finding[] = [];
  const failures: string[] = [];
  const judge = new Judge({
    rules,
    policy,
    onFinding: (finding) => findings.push(finding),
    onFailure: (rule, error) => failures.push(`${rule}: ${(error as Error).stack}`),
  });
  const pairing = new LegPairing({
    policy,
    onPair: (pair) => judge.pair(pair),
    onUnpaired: (unpaired) => judge.unpaired(unpaired),
  });
  await readCaptures({
    inputs,
    keepMessages: true,
    onTime: (message) => judge.time(message),
    onMessage(message, info) {
      judge.message(message, info);
      pairing.clock(message.seconds);
    },
    onCall(call) {
      judge.call(call);
      pairing.call(call);
    },
    onDiagnostic: (diagnostic) => judge.diagnostic(diagnostic),
    ...(judge.needsPackets && { onPacket: (packet) => judge.packet(packet) }),
  });
  pairing.end();
  judge.end();
  return { findings, failures };
}
