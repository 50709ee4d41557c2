import type { RuleCases } from '../../../src/rules/case/rule-case.ts';
import { attempts, finalsOf } from '../many-calls.ts';

const DOWN = attempts(25, (n) => (n < 10 ? 200 : 503));
const UNKNOWN = attempts(25, (n) => (n < 18 ? 200 : 404));

export const cases: RuleCases = {
  rule: 'quality/failure-ratio',
  valid: [
    { name: 'all answered', flow: attempts(25, () => 200) },
    { name: 'busy callees are the callees’ own', flow: attempts(25, (n) => (n < 18 ? 200 : 480)) },
    { name: 'too few to judge', flow: attempts(10, () => 503) },
  ],
  invalid: [
    {
      name: 'a trunk that is down',
      flow: DOWN,
      findings: [
        {
          key: 'establishment',
          frames: finalsOf(DOWN, 503),
          message: '192.0.2.20:5060: 40.0 % of 25 attempts were answered (SER)',
        },
        { key: 'effectiveness', frames: finalsOf(DOWN, 503) },
        { key: 'server', frames: finalsOf(DOWN, 503) },
      ],
    },
    {
      name: 'numbers that do not exist',
      flow: UNKNOWN,
      findings: [
        { key: 'effectiveness', frames: finalsOf(UNKNOWN, 404) },
        { key: 'client', frames: finalsOf(UNKNOWN, 404) },
      ],
    },
  ],
};
