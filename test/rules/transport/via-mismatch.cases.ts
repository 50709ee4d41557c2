import type { RuleCases } from '../../../src/rules/case/rule-case.ts';
import { flow } from '../flow-files.ts';

/** Another OPTIONS on the first connection, answered there. */
const AGAIN = flow('tcp-options')
  .slice(0, flow('tcp-options').indexOf('=== 120'))
  .replace('=== 0.000', '=== 20.000')
  .replace('=== 0.010', '=== 20.010')
  .replaceAll('z9hG4bK-o1', 'z9hG4bK-o2')
  .replaceAll('CSeq: 1', 'CSeq: 2');

export const cases: RuleCases = {
  rule: 'transport/via-mismatch',
  valid: [
    { name: 'a call by UDP', flow: flow('call') },
    { name: 'OPTIONS by TCP', flow: flow('tcp-options') },
    { name: 'over a proxy', flow: flow('proxied') },
    {
      name: 'TLS that ended before the capture',
      flow: flow('tcp-options'),
      edits: [{ at: [1, 2], replace: 'SIP/2.0/TCP', by: 'SIP/2.0/TLS' }],
    },
    {
      name: 'the port left out of the response',
      flow: flow('tcp-options'),
      edits: [{ at: 4, replace: 'UDP 192.0.2.10:5060', by: 'UDP 192.0.2.10' }],
    },
    {
      name: 'answered on another connection, and the first is not seen again',
      flow: flow('tcp-options').replace(
        '192.0.2.20:5060 > 192.0.2.10:5060 tcp',
        '192.0.2.20:49152 > 192.0.2.10:5060 tcp',
      ),
    },
    { name: 'a sent-by behind a NAT', flow: flow('register-nat') },
  ],
  invalid: [
    {
      name: 'Via says TCP, the request goes by UDP',
      flow: flow('call'),
      edits: [{ at: [8, 9], replace: 'SIP/2.0/UDP', by: 'SIP/2.0/TCP' }],
      findings: [{ key: 'transport', frames: [8], message: 'OPTIONS goes by UDP, its Via says TCP' }],
    },
    {
      name: 'answered by another transport',
      flow: flow('tcp-options').replace(
        '192.0.2.20:5060 > 192.0.2.10:5060 tcp',
        '192.0.2.20:5060 > 192.0.2.10:5060 udp',
      ),
      findings: [
        {
          key: 'response-transport',
          frames: [2, 1],
          severity: 'warning',
          message: '200 to OPTIONS comes by UDP, the request went by TCP',
        },
      ],
    },
    {
      name: 'answered on a connection of its own while the first is open',
      flow: flow('tcp-options').replace(
        '192.0.2.20:5060 > 192.0.2.10:5060 tcp',
        '192.0.2.20:49152 > 192.0.2.10:5060 tcp',
      ),
      edits: [{ insert: AGAIN }],
      findings: [{ key: 'response-connection', frames: [2, 1], severity: 'warning' }],
    },
    {
      name: 'answered with the Via of somebody else',
      flow: flow('call'),
      edits: [{ at: 9, replace: 'UDP 192.0.2.10:5060', by: 'UDP 192.0.2.99:5060' }],
      findings: [{ key: 'foreign', frames: [9, 8], severity: 'warning' }],
    },
    {
      name: 'a Via too many in the response',
      flow: flow('call'),
      edits: [{ at: 9, add: 'Via: SIP/2.0/UDP 192.0.2.99:5060;branch=z9hG4bK-x', before: 'From' }],
      findings: [
        { key: 'extra-via', frames: [9, 8], message: '200 to OPTIONS comes with 2 Vias, the request had 1' },
      ],
    },
  ],
};
