import type { RuleCases } from '../../../src/rules/case/rule-case.ts';
import { flow } from '../flow-files.ts';

export const cases: RuleCases = {
  rule: 'dialog/cancel-mismatch',
  valid: [
    { name: 'a cancelled call', flow: flow('cancelled') },
    {
      name: 'another display name and other white space',
      flow: flow('cancelled'),
      edits: [{ at: 4, replace: '"Alice" <sip:alice@example.com>;tag', by: '<sip:alice@example.com> ;tag' }],
    },
    {
      name: 'an INVITE from before RFC 3261, whose branch tells nothing',
      flow: flow('cancelled'),
      policy: 'rules:\n  message/*: off\n',
      edits: [
        { at: [1, 2, 3, 6, 7], replace: 'z9hG4bK-a1', by: 'a1' },
        { at: [4, 5], replace: 'z9hG4bK-a1', by: 'a2' },
      ],
    },
    {
      name: 'a stateless proxy, which adds its Via to both',
      flow: flow('cancelled'),
      edits: [
        {
          at: [1, 4],
          add: 'Via: SIP/2.0/UDP 192.0.2.9:5060;branch=z9hG4bK-u1;rport=5060;received=192.0.2.9',
          before: 'Max-Forwards',
        },
        {
          at: [2, 3, 5, 6],
          add: 'Via: SIP/2.0/UDP 192.0.2.9:5060;branch=z9hG4bK-u1;rport=5060;received=192.0.2.9',
          before: 'From',
        },
      ],
    },
  ],
  invalid: [
    {
      name: 'a CSeq number of its own, as on a slide of a SIP course',
      flow: flow('cancelled'),
      edits: [
        { at: [4, 5], replace: 'CSeq: 1 CANCEL', by: 'CSeq: 10197 CANCEL' },
        { at: [1, 2, 3, 6], replace: 'CSeq: 1 INVITE', by: 'CSeq: 314159 INVITE' },
        { at: 7, replace: 'CSeq: 1 ACK', by: 'CSeq: 314159 ACK' },
      ],
      findings: [
        {
          key: 'cseq',
          frames: [4, 1],
          message: 'CANCEL has the CSeq number 10197, its INVITE had 314159',
        },
      ],
    },
    {
      name: 'another branch',
      flow: flow('cancelled'),
      edits: [{ at: [4, 5], replace: 'z9hG4bK-a1', by: 'z9hG4bK-c1' }],
      findings: [
        {
          key: 'branch',
          frames: [4, 1],
          message: 'CANCEL has the branch z9hG4bK-c1, its INVITE had z9hG4bK-a1',
        },
      ],
    },
    {
      name: 'branch and number both new',
      flow: flow('cancelled'),
      edits: [
        { at: [4, 5], replace: 'z9hG4bK-a1', by: 'z9hG4bK-c1' },
        { at: [4, 5], replace: 'CSeq: 1', by: 'CSeq: 2' },
      ],
      findings: [
        { key: 'branch', frames: [4, 1] },
        { key: 'cseq', frames: [4, 1] },
      ],
    },
    {
      name: 'a Request-URI with the transport in its path',
      flow: flow('cancelled'),
      edits: [{ at: 4, replace: 'CANCEL sip:bob@192.0.2.20', by: 'CANCEL sip:bob@192.0.2.21' }],
      findings: [
        {
          key: 'request-uri',
          frames: [4, 1],
          message: 'CANCEL goes to sip:bob@192.0.2.21, its INVITE went to sip:bob@192.0.2.20',
        },
      ],
    },
    {
      name: 'the To tag of the 180',
      flow: flow('cancelled'),
      edits: [{ at: 4, replace: 'To: <sip:bob@example.com>', by: 'To: <sip:bob@example.com>;tag=b-tag' }],
      findings: [
        {
          key: 'to',
          frames: [4, 1],
          message: 'To of the CANCEL is <sip:bob@example.com>;tag=b-tag, of its INVITE <sip:bob@example.com>',
        },
      ],
    },
    {
      name: 'another From',
      flow: flow('cancelled'),
      edits: [{ at: [4, 5], replace: 'sip:alice@example.com', by: 'sip:server@example.com' }],
      findings: [{ key: 'from', frames: [4, 1] }],
    },
    {
      name: 'two Via values where the INVITE had one',
      flow: flow('cancelled'),
      edits: [
        {
          at: 4,
          add: 'Via: SIP/2.0/UDP 192.0.2.9:5060;branch=z9hG4bK-u1;rport=5060;received=192.0.2.9',
          before: 'Max-Forwards',
        },
      ],
      findings: [
        { key: 'vias', frames: [4, 1], message: 'CANCEL carries 2 Via values where its INVITE had 1' },
      ],
    },
    {
      name: 'the Route of the INVITE left out',
      flow: flow('cancelled'),
      edits: [{ at: [1, 7], add: 'Route: <sip:192.0.2.20;lr>', before: 'From' }],
      findings: [{ key: 'route', frames: [4, 1] }],
    },
    {
      name: 'Require',
      flow: flow('cancelled'),
      policy: 'rules:\n  message/header-not-applicable: off\n',
      edits: [{ at: 4, add: 'Require: timer', before: 'User-Agent' }],
      findings: [{ key: 'require', frames: [4, 1], message: 'CANCEL carries Require' }],
    },
  ],
};
