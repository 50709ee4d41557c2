import type { RuleCases } from '../../../src/rules/case/rule-case.ts';
import { flow } from '../flow-files.ts';
import { laterFlow } from '../later-flow.ts';
import { sbcPolicy } from '../sbc-policy.ts';

const UNKNOWN = sbcPolicy({ passthrough: null });

export const cases: RuleCases = {
  rule: 'record-route/mode-inferred',
  valid: [
    {
      name: 'SBC-17 the policy says it',
      flow: flow('sbc-passthrough'),
      policy: sbcPolicy({ passthrough: true }),
    },
    { name: 'a proxy that records its route', flow: flow('proxied') },
    {
      name: 'the box makes the caller anonymous: whatever is configured, nothing passes then',
      flow: flow('sbc-voice'),
      edits: [
        {
          everywhere: '"Alice" <sip:alice@example.com>;tag=sbc-a-1',
          by: '"Anonymous" <sip:anonymous@anonymous.invalid>;tag=sbc-a-1',
        },
      ],
    },
  ],
  invalid: [
    {
      name: 'SBC-47 all signals of passthrough',
      flow: flow('sbc-passthrough'),

      findings: [
        {
          key: 'mode',
          frames: [3],
          message:
            'Record-Route passthrough is on for calls that come in at 198.51.100.20:5060 (RR forwarded, RR of both adjacencies, Contact kept, whole RR set returned; 1 of 1 calls)',
        },
      ],
      also: [
        { rule: 'privacy/mode-inferred', key: 'mode', frames: [3, 1] },
        { rule: 'privacy/mode-inferred', key: 'mode', frames: [8, 7] },
      ],
    },
    {
      name: 'two signals of four',
      flow: flow('sbc-passthrough'),
      policy: UNKNOWN,
      edits: [
        { at: 3, replace: 'Contact: <sip:alice@192.0.2.10:5060>', by: 'Contact: <sip:alice@198.51.100.30>' },
        { at: [15, 16], replace: 'sip:alice@192.0.2.10:5060 SIP', by: 'sip:alice@198.51.100.30 SIP' },
        { at: [6, 8], remove: 'Record-Route: <sip:203.0.113.5' },
        { at: [9, 11, 19], remove: 'Route: <sip:203.0.113.5' },
      ],
      findings: [
        {
          key: 'inconsistent',
          frames: [3, 1],
          severity: 'warning',
          message:
            'the call shows neither passthrough nor two sets: RR forwarded, RR of both adjacencies, Contact rewritten, whole RR set not returned',
        },
      ],
    },
    {
      name: 'two calls that differ',
      flow: `${flow('sbc-passthrough')}\n${laterFlow(flow('sbc-two-sets'))}`,
      policy: UNKNOWN,
      findings: [
        { key: 'mode', frames: [27] },
        { key: 'outlier', frames: [3, 27], severity: 'warning' },
      ],
    },
  ],
};
