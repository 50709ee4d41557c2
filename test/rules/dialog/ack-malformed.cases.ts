import type { RuleCases } from '../../../src/rules/case/rule-case.ts';
import { flow } from '../flow-files.ts';

const CREDENTIALS =
  'Proxy-Authorization: Digest username="alice", realm="example.com", nonce="n1", uri="sip:bob@192.0.2.20", response="0123456789abcdef0123456789abcdef", algorithm=MD5, qop=auth, nc=00000001, cnonce="c1"';

export const cases: RuleCases = {
  rule: 'dialog/ack-malformed',
  valid: [
    { name: 'a call', flow: flow('call') },
    { name: 'a failure', flow: flow('cancelled') },
    { name: 'through a proxy', flow: flow('proxied') },
    {
      name: 'a Request-URI put right for a NAT',
      flow: flow('call'),
      edits: [
        {
          at: [3, 4],
          replace: 'Contact: <sip:bob@192.0.2.20:5060>',
          by: 'Contact: <sip:bob@198.51.100.9:5070>',
        },
      ],
    },
    {
      name: 'an INVITE from before RFC 3261',
      flow: flow('cancelled'),
      policy: 'rules:\n  message/*: off\n',
      edits: [
        { at: [1, 2, 3, 4, 5, 6], replace: 'z9hG4bK-a1', by: 'a1' },
        { at: 7, replace: 'z9hG4bK-a1', by: 'a2' },
      ],
    },
  ],
  invalid: [
    {
      name: 'the ACK to a failure has a branch of its own',
      flow: flow('cancelled'),
      edits: [{ at: 7, replace: 'z9hG4bK-a1', by: 'z9hG4bK-a2' }],
      findings: [
        {
          key: 'branch',
          frames: [7, 1],
          message: 'ACK to 487 has the branch z9hG4bK-a2, its INVITE had z9hG4bK-a1',
        },
      ],
    },
    {
      name: 'another CSeq number',
      flow: flow('cancelled'),
      edits: [{ at: 7, replace: 'CSeq: 1 ACK', by: 'CSeq: 2 ACK' }],
      findings: [{ key: 'cseq', frames: [7, 1], message: 'ACK has the CSeq number 2, its INVITE had 1' }],
    },
    {
      name: 'the ACK to a failure goes elsewhere',
      flow: flow('cancelled'),
      edits: [{ at: 7, replace: 'ACK sip:bob@192.0.2.20', by: 'ACK sip:bob@192.0.2.20:5060;x=1' }],
      findings: [{ key: 'request-uri', frames: [7, 1] }],
    },
    {
      name: 'the ACK to a failure has no To tag',
      flow: flow('cancelled'),
      edits: [{ at: 7, replace: ';tag=b-tag', by: '' }],
      findings: [
        {
          key: 'to-tag',
          frames: [7, 6],
          message: 'ACK to 487 has the To tag (absent), the response had b-tag',
        },
      ],
    },
    {
      name: 'the ACK to a failure leaves the Route out',
      flow: flow('cancelled'),
      edits: [{ at: [1, 4], add: 'Route: <sip:192.0.2.20;lr>', before: 'From' }],
      findings: [{ key: 'route', frames: [7, 1], severity: 'warning' }],
    },
    {
      name: 'the ACK to a 2xx has the branch of the INVITE',
      flow: flow('call'),
      edits: [{ at: 5, replace: 'z9hG4bK-a2', by: 'z9hG4bK-a1' }],
      findings: [{ key: 'same-branch', frames: [5, 1], severity: 'warning' }],
    },
    {
      name: 'the ACK to a 2xx goes to the address of record',
      flow: flow('proxied'),
      edits: [{ at: [8, 9], replace: 'sip:bob@192.0.2.20:5060', by: 'sip:bob@example.com' }],
      findings: [
        {
          key: 'target',
          frames: [8, 7],
          message:
            'ACK to 200 goes to sip:bob@example.com, the Contact of its peer is sip:bob@192.0.2.20:5060',
        },
      ],
    },
    {
      name: 'the ACK to a 2xx leaves the route set out',
      flow: flow('proxied'),
      edits: [{ at: 8, remove: 'Route' }],
      findings: [
        {
          key: 'route-set',
          frames: [8, 7],
          message: 'ACK to 200 has the Route none, the route set is <sip:192.0.2.30;lr>',
        },
      ],
    },
    {
      name: 'the ACK to a 2xx leaves the credentials out',
      flow: flow('call'),
      policy: 'rules:\n  security/*: off\n',
      edits: [{ at: 1, add: CREDENTIALS, before: 'User-Agent' }],
      findings: [
        {
          key: 'credentials',
          frames: [5, 1],
          severity: 'info',
          message: 'ACK to 200 lacks the Proxy-Authorization of its INVITE',
        },
      ],
    },
    {
      name: 'the ACK to a 2xx has the To tag of another dialog',
      flow: flow('call'),
      edits: [{ at: 5, replace: 'tag=b-tag', by: 'tag=x-tag' }],
      findings: [{ key: 'to-tag', frames: [5, 4] }],
    },
  ],
};
