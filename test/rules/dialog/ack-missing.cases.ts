import type { RuleCases } from '../../../src/rules/case/rule-case.ts';
import { flow } from '../flow-files.ts';

export const cases: RuleCases = {
  rule: 'dialog/ack-missing',
  valid: [
    { name: 'a call', flow: flow('call') },
    { name: 'a failure acknowledged', flow: flow('cancelled') },
    { name: 'a call through a proxy', flow: flow('proxied') },
    {
      name: 'a 487 that comes when the caller has given its INVITE up',
      flow: flow('cancelled'),
      edits: [{ at: 6, seconds: 35 }, { drop: 7 }],
    },
    {
      name: 'a failure that is the first response, when the caller has given its INVITE up',
      flow: flow('call'),
      policy: 'rules:\n  dialog/transaction-timeout: off\n  quality/post-dial-delay: off\n',
      edits: [
        { drop: [2, 3, 5, 6, 7] },
        { at: 4, replace: '200 OK', by: '503 Service Unavailable' },
        { at: 4, seconds: 35 },
        { at: 8, seconds: 120 },
        { at: 9, seconds: 120.01 },
      ],
    },
    { name: 'the capture ends first', flow: flow('call'), edits: [{ drop: [5, 6, 7, 8, 9] }] },
    {
      name: 'a 2xx that is not repeated, from where no ACK need come back',
      flow: flow('call'),
      edits: [
        { drop: [5, 6, 7] },
        {
          at: [3, 4],
          replace: 'Contact: <sip:bob@192.0.2.20:5060>',
          by: 'Contact: <sip:bob@198.51.100.2:5060>',
        },
      ],
    },
    {
      name: 'the proxy is not in the way of the ACK',
      flow: flow('proxied'),
      edits: [
        { at: [3, 4, 5, 6, 7], remove: 'Record-Route' },
        { drop: [9, 11, 12, 13] },
        { at: [8, 10], remove: 'Route' },
        { at: [8, 10], to: '192.0.2.20:5060' },
        {
          insert: `=== 12.010 192.0.2.20:5060 > 192.0.2.10:5060 udp
SIP/2.0 200 OK
Via: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bK-a3;rport=5060;received=192.0.2.10
From: "Alice" <sip:alice@example.com>;tag=a-tag
To: <sip:bob@example.com>;tag=b-tag
Call-ID: call-1@192.0.2.10
CSeq: 2 BYE
Content-Length: 0
`,
        },
      ],
    },
  ],
  invalid: [
    {
      name: 'a 2xx repeated without end',
      flow: flow('call'),
      edits: [
        { drop: 5 },
        { again: 4, seconds: 2.5 },
        { again: 4, seconds: 3.5 },
        { again: 4, seconds: 5.5 },
      ],
      findings: [{ key: 'success', frames: [4, 1], message: '200 to INVITE was never acknowledged' }],
    },
    {
      name: 'a 2xx without ACK, at the address that Contact names',
      flow: flow('call'),
      edits: [{ drop: 5 }],
      findings: [{ key: 'success', frames: [4, 1] }],
    },
    {
      name: 'a failure without ACK',
      flow: flow('cancelled'),
      edits: [{ drop: 7 }],
      findings: [
        {
          key: 'failure',
          frames: [6, 1],
          message: 'the failure 487 of INVITE was never acknowledged',
        },
      ],
    },
  ],
};
