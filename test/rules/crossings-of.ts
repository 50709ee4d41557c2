// The crossings of a flow, as rules are given them.
import type { Policy } from '../../src/policy/policy.ts';
import { judgeCase } from '../../src/rules/case/judge-flow.ts';
import type { Crossing } from '../../src/rules/facts/crossing.ts';
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
  judgeCase([rule], policy, { name: 'its crossings', flow: text });
  return crossings;
}
