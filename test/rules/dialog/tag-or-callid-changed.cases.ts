import type { RuleCases } from '../../../src/rules/case/rule-case.ts';
import { flow } from '../flow-files.ts';

const MESSAGE_OFF = 'rules:\n  message/*: off\n';

export const cases: RuleCases = {
  rule: 'dialog/tag-or-callid-changed',
  valid: [
    { name: 'a call', flow: flow('call') },
    { name: 'a call through a proxy', flow: flow('proxied') },
    { name: 'a fork', flow: flow('fork-answered-twice') },
    {
      name: 'a proxy that refuses with a tag of its own',
      flow: flow('cancelled'),
      edits: [{ at: [6, 7], replace: 'tag=b-tag', by: 'tag=p-tag' }],
    },
    {
      name: 'a caller from before RFC 3261, without tag',
      flow: flow('call'),
      policy: MESSAGE_OFF,
      edits: [{ everywhere: ';tag=a-tag\n', by: '\n' }],
    },
  ],
  invalid: [
    {
      name: 'a response with another From tag',
      flow: flow('call'),
      policy: MESSAGE_OFF,
      edits: [{ at: 7, replace: 'tag=a-tag', by: 'tag=2' }],
      findings: [
        {
          key: 'from-tag',
          frames: [7, 6],
          message: 'response to BYE has the From tag 2, its request had a-tag',
        },
      ],
    },
    {
      name: 'a 200 to REGISTER from another, as on a slide of a SIP course',
      flow: flow('register-nat'),
      edits: [{ at: 2, replace: 'From: <sip:alice@', by: 'From: <sip:bob@' }],
      findings: [{ key: 'from', frames: [2, 1] }],
    },
    {
      name: 'a response with another To tag',
      flow: flow('call'),
      policy: MESSAGE_OFF,
      edits: [{ at: 7, replace: 'tag=b-tag', by: 'tag=x' }],
      findings: [{ key: 'to-tag', frames: [7, 6] }],
    },
    {
      name: 'a response to another',
      flow: flow('call'),
      edits: [{ at: [3, 4], replace: 'To: <sip:bob@', by: 'To: <sip:carol@' }],
      findings: [
        {
          key: 'to',
          frames: [3, 1, 4],
          message: 'response to INVITE is to sip:carol@example.com, its request was to sip:bob@example.com',
        },
      ],
    },
    {
      name: 'a response with another branch',
      flow: flow('call'),
      edits: [{ at: 7, replace: 'z9hG4bK-a3', by: 'z9hG4bK-zz' }],
      findings: [{ key: 'branch', frames: [7, 6] }],
    },
    {
      name: 'a CSeq with two digits swapped, as on a slide of a SIP course',
      flow: flow('subscription'),
      policy: 'rules:\n  message/*: off\n',
      edits: [
        { at: 1, replace: 'CSeq: 1 SUBSCRIBE', by: 'CSeq: 9887 SUBSCRIBE' },
        { at: 2, replace: 'CSeq: 1 SUBSCRIBE', by: 'CSeq: 9987 SUBSCRIBE' },
        { at: [5, 6], replace: 'CSeq: 2 SUBSCRIBE', by: 'CSeq: 9888 SUBSCRIBE' },
      ],
      findings: [
        {
          key: 'cseq',
          frames: [2, 1],
          message: 'response to SUBSCRIBE has the CSeq number 9987, its request had 9887',
        },
      ],
    },
    {
      name: 'an ACK whose Call-ID lacks the host, as on a slide of a SIP course',
      flow: flow('call'),
      policy: 'rules:\n  dialog/ack-missing: off\n',
      edits: [{ at: 5, replace: 'Call-ID: call-1@192.0.2.10', by: 'Call-ID: call-1' }],
      findings: [
        {
          key: 'call-id',
          frames: [5, 4],
          message: 'ACK has the Call-ID call-1, what it belongs to has call-1@192.0.2.10',
        },
      ],
    },
    {
      name: 'a response with another Call-ID',
      flow: flow('call'),
      policy: 'rules:\n  dialog/transaction-timeout: off\n',
      edits: [{ at: 9, replace: 'Call-ID: options-1', by: 'Call-ID: options-2' }],
      findings: [{ key: 'call-id', frames: [9, 8] }],
    },
    {
      name: 'one phone with two tags',
      flow: flow('call'),
      edits: [{ at: 3, replace: 'tag=b-tag', by: 'tag=x-tag' }],
      findings: [
        {
          key: 'tag-differs',
          frames: [4, 3],
          severity: 'info',
          message: '200 to INVITE has the To tag b-tag, an earlier response of the same user agent x-tag',
        },
      ],
    },
    {
      name: 'a BYE with another To tag',
      flow: flow('call'),
      edits: [
        { at: [6, 7], replace: 'tag=b-tag', by: 'tag=x-tag' },
        { at: 7, replace: '200 OK', by: '481 Call/Transaction Does Not Exist' },
      ],
      findings: [
        {
          key: 'request-tag',
          frames: [6],
          message: 'BYE has tags of no dialog: from a-tag, to x-tag',
        },
      ],
    },
  ],
};
