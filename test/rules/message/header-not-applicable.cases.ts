import type { RuleCases } from '../../../src/rules/case/rule-case.ts';
import { flow } from '../flow-files.ts';

export const cases: RuleCases = {
  rule: 'message/header-not-applicable',
  valid: [
    { name: 'a call', flow: flow('call') },
    { name: 'reliable responses', flow: flow('reliable') },
    { name: 'a transfer', flow: flow('transfer') },
    { name: 'a header of the vendor', flow: flow('call'), edits: [{ at: 6, add: 'X-Duration: 10' }] },
  ],
  invalid: [
    {
      name: 'Contact in BYE',
      flow: flow('call'),
      edits: [{ at: 6, add: 'Contact: <sip:alice@192.0.2.10:5060>' }],
      findings: [{ key: 'request', frames: [6], message: 'BYE carries Contact, which it has no use for' }],
    },
    {
      name: 'Contact in CANCEL, as a printed example has it',
      flow: flow('cancelled'),
      edits: [{ at: 4, add: 'Contact: <sip:alice@192.0.2.10:5060>' }],
      findings: [{ key: 'request', frames: [4], message: 'CANCEL carries Contact, which it has no use for' }],
    },
    {
      name: 'Contact in PRACK',
      flow: flow('reliable'),
      edits: [{ at: 4, add: 'Contact: <sip:alice@192.0.2.10:5060>' }],
      findings: [{ key: 'request', frames: [4] }],
    },
    {
      name: 'Contact in MESSAGE',
      flow: flow('pager-message'),
      edits: [{ at: 1, add: 'Contact: <sip:alice@192.0.2.10:5060>' }],
      findings: [{ key: 'contact', frames: [1], severity: 'error' }],
    },
    {
      name: 'Contact in the 200 to MESSAGE',
      flow: flow('pager-message'),
      edits: [{ at: 2, add: 'Contact: <sip:bob@192.0.2.20:5060>' }],
      findings: [
        {
          key: 'contact',
          frames: [2],
          severity: 'error',
          message: '200 to MESSAGE carries Contact, though MESSAGE makes no dialog',
        },
      ],
    },
    {
      name: 'Event in a response',
      flow: flow('subscription'),
      edits: [{ at: 2, add: 'Event: presence' }],
      findings: [{ key: 'response', frames: [2] }],
    },
    {
      name: 'Subscription-State in SUBSCRIBE',
      flow: flow('subscription'),
      edits: [{ at: 1, add: 'Subscription-State: active' }],
      findings: [{ key: 'request', frames: [1] }],
    },
    {
      name: 'Refer-To in INVITE, RAck and Expires in BYE',
      flow: flow('call'),
      edits: [
        { at: 1, add: 'Refer-To: <sip:carol@example.com>', before: 'User-Agent' },
        { at: 6, add: 'RAck: 1 1 INVITE' },
        { at: 6, add: 'Expires: 60' },
      ],
      findings: [
        { key: 'request', frames: [1] },
        { key: 'request', frames: [6] },
        { key: 'request', frames: [6] },
      ],
    },
    {
      name: 'RSeq in a 200',
      flow: flow('reliable'),
      edits: [{ at: 9, add: 'RSeq: 7002' }],
      findings: [{ key: 'response', frames: [9] }],
    },
  ],
};
