import type { RuleCases } from '../../../src/rules/case/rule-case.ts';
import { flow } from '../flow-files.ts';

/** So many octets that the request is too large, and not cut. */
const PADDING = { at: 1, add: `X-Padding: ${'x'.repeat(700)}`, before: 'User-Agent' } as const;

export const cases: RuleCases = {
  rule: 'transport/udp-too-large',
  valid: [
    { name: 'a call', flow: flow('call') },
    {
      name: 'a large response',
      flow: flow('call'),
      edits: [{ at: 4, add: `X-Padding: ${'x'.repeat(900)}`, before: 'Server' }],
    },
    {
      name: 'a path of jumbo frames',
      flow: flow('call'),
      edits: [PADDING],
      policy: 'thresholds:\n  mtu: 9000\n',
    },
    {
      name: 'by TCP',
      flow: flow('tcp-options'),
      edits: [{ at: 1, add: `X-Padding: ${'x'.repeat(1300)}` }],
    },
  ],
  invalid: [
    {
      name: 'an INVITE of more than 1300 octets',
      flow: flow('call'),
      edits: [PADDING],
      findings: [{ key: 'large', frames: [1], message: 'INVITE of more than 1300 octets is sent by UDP' }],
    },
    {
      name: 'a request in two fragments',
      flow: flow('call').replace('192.0.2.20:5060 udp', '192.0.2.20:5060 udp in 2'),
      edits: [PADDING],
      findings: [
        { key: 'fragmented', frames: [1], message: 'INVITE is sent by UDP in several IP fragments' },
      ],
    },
    {
      name: 'a response in two fragments',
      flow: flow('call').replace(
        '=== 2.000 192.0.2.20:5060 > 192.0.2.10:5060 udp',
        '=== 2.000 192.0.2.20:5060 > 192.0.2.10:5060 udp in 2',
      ),
      findings: [{ key: 'fragmented', frames: [4], severity: 'info' }],
    },
    {
      name: 'a large BYE that nobody answers, after a small INVITE that was',
      flow: flow('call'),
      edits: [{ at: 6, add: `X-Padding: ${'x'.repeat(1300)}` }, { drop: 7 }],
      findings: [{ key: 'lost', frames: [6], severity: 'error' }],
    },
  ],
};
