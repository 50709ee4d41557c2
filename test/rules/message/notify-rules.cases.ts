import type { RuleCases } from '../../../src/rules/case/rule-case.ts';
import { flow } from '../flow-files.ts';

const STRAY = `=== 40.000 192.0.2.20:5060 > 192.0.2.10:5060 udp
NOTIFY sip:alice@192.0.2.10:5060 SIP/2.0
Via: SIP/2.0/UDP 192.0.2.20:5060;branch=z9hG4bK-n9;rport
Max-Forwards: 70
From: <sip:bob@example.com>;tag=b-tag-8
To: <sip:alice@example.com>
Call-ID: stray-1@192.0.2.20
CSeq: 1 NOTIFY
Contact: <sip:bob@192.0.2.20:5060>
Event: message-summary
Subscription-State: active;expires=60
Content-Length: 0

=== 40.010 192.0.2.10:5060 > 192.0.2.20:5060 udp
SIP/2.0 200 OK
Via: SIP/2.0/UDP 192.0.2.20:5060;branch=z9hG4bK-n9;rport=5060;received=192.0.2.20
From: <sip:bob@example.com>;tag=b-tag-8
To: <sip:alice@example.com>;tag=a-tag-8
Call-ID: stray-1@192.0.2.20
CSeq: 1 NOTIFY
Content-Length: 0
`;

export const cases: RuleCases = {
  rule: 'message/notify-rules',
  valid: [
    { name: 'a subscription', flow: flow('subscription') },
    { name: 'the NOTIFYs of a transfer', flow: flow('transfer') },
    { name: 'a NOTIFY before the 2xx', flow: flow('subscription'), edits: [{ at: 2, seconds: 0.2 }] },
    {
      name: 'a stray NOTIFY, refused',
      flow: flow('call'),
      edits: [{ insert: STRAY.replace('200 OK', '481 Subscription Does Not Exist') }],
    },
    {
      name: 'a subscription from before the capture',
      flow: flow('subscription'),
      edits: [{ drop: [1, 2] }],
    },
    {
      name: 'an event package that the policy allows without a subscription',
      flow: flow('call'),
      edits: [{ insert: STRAY }],
      policy: 'unsolicited-events: [message-summary]\n',
    },
    {
      name: 'a watcher who lives elsewhere, so that NOTIFY may take another way',
      flow: flow('subscription'),
      edits: [
        {
          at: [1, 5],
          replace: 'Contact: <sip:alice@192.0.2.10:5060>',
          by: 'Contact: <sip:alice@192.0.2.77:5060>',
        },
        { drop: [3, 4, 5, 6, 7, 8] },
      ],
    },
  ],
  invalid: [
    {
      name: 'a stray NOTIFY, accepted',
      flow: flow('call'),
      edits: [{ insert: STRAY }],
      findings: [
        {
          key: 'stray',
          frames: [9, 8],
          message: '200 accepts a NOTIFY of message-summary that belongs to no subscription',
        },
      ],
    },
    {
      name: 'no Subscription-State',
      flow: flow('subscription'),
      edits: [{ at: 3, remove: 'Subscription-State' }],
      findings: [{ key: 'no-state', frames: [3] }],
    },
    {
      name: 'active for how long?',
      flow: flow('subscription'),
      edits: [{ at: 3, replace: 'active;expires=600', by: 'active' }],
      findings: [{ key: 'no-expires', frames: [3], severity: 'warning' }],
    },
    {
      name: 'another event than was subscribed to',
      flow: flow('subscription'),
      edits: [{ at: 3, replace: 'Event: presence', by: 'Event: dialog' }],
      findings: [
        { key: 'event', frames: [3, 5], message: 'NOTIFY is about dialog, the subscription about presence' },
      ],
    },
    {
      name: 'no NOTIFY',
      flow: flow('subscription'),
      edits: [{ drop: [3, 4, 5, 6, 7, 8] }],
      findings: [{ key: 'no-notify', frames: [2, 1], severity: 'warning' }],
    },
    {
      name: 'the end is not told',
      flow: flow('subscription'),
      edits: [{ at: 7, replace: 'terminated;reason=timeout', by: 'active;expires=0' }],
      findings: [{ key: 'no-final', frames: [6, 5], severity: 'warning' }],
    },
    {
      name: 'a body the watcher did not ask for',
      flow: flow('subscription'),
      edits: [{ at: 3, replace: 'application/pidf+xml', by: 'application/xpidf+xml' }],
      findings: [{ key: 'not-accepted', frames: [3, 1], severity: 'warning' }],
    },
  ],
};
