// The crossings of a flow, as rules are given them.
import { Correlator } from '../../src/dialog/correlator.ts';
import { LegPairing } from '../../src/legs/pairing.ts';
import type { Policy } from '../../src/policy/policy.ts';
import { flowMessages, parseFlow } from '../../src/rules/case/flow.ts';
import type { Crossing } from '../../src/rules/facts/crossing.ts';
import { Judge } from '../../src/rules/judge.ts';
import { defineRule } from '../../src/rules/rule.ts';

/** In the order in which their legs are settled. `text`: of a flow. */
export function crossingsOf(text: string, policy: Policy): Crossing[] {
  const crossings: Crossing[] = [];
  const rule = defineRule({
    meta: {
      ...{ id: 'test/crossings', severity: 'info', scope: 'call', tier: 1, since: '0', summary: '', why: '' },
      ...{ exceptions: [], fix: '', sources: [], messages: {} },
    },
    create: () => ({ crossing: (crossing) => void crossings.push(crossing) }),
  });
  const judge = new Judge({
    rules: [rule],
    policy,
    onFinding: () => {},
    onFailure: (id, error) => {
      throw new Error(id, { cause: error });
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
  for (const message of flowMessages(parseFlow(text))) correlator.message(message);
  correlator.end();
  pairing.end();
  judge.end();
  return crossings;
}
