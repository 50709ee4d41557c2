import type { RuleCases } from '../../../src/rules/case/rule-case.ts';
import { flow } from '../flow-files.ts';

export const cases: RuleCases = {
  rule: 'message/via-branch',
  valid: [
    { name: 'a call', flow: flow('call') },
    { name: 'a call over a proxy', flow: flow('proxied') },
    {
      name: 'the ACK to a failure has the branch of the INVITE',
      flow: flow('call'),
      edits: [
        { at: 4, replace: '200 OK', by: '486 Busy Here' },
        { at: 4, remove: 'Content-Type' },
        { at: 4, remove: 'Contact' },
        { at: 4, replace: 'Content-Length: *', by: 'Content-Length: 0' },
        ...['v=', 'o=', 's=', 'c=', 't=', 'm=', 'a='].map((remove) => ({ at: 4, remove })),
        { at: 5, replace: 'sip:bob@192.0.2.20:5060', by: 'sip:bob@192.0.2.20' },
        { at: 5, replace: 'z9hG4bK-a2', by: 'z9hG4bK-a1' },
        { drop: [6, 7] },
      ],
    },
    {
      name: 'a lower Via of an older device',
      flow: flow('call'),
      edits: [
        { at: 8, add: 'Via: SIP/2.0/UDP 203.0.113.9:5060', before: 'Max-Forwards' },
        { at: 9, add: 'Via: SIP/2.0/UDP 203.0.113.9:5060', before: 'From' },
      ],
    },
  ],
  invalid: [
    {
      name: 'a request without a branch',
      flow: flow('call'),
      edits: [{ everywhere: ';branch=z9hG4bK-a4', by: '' }],
      findings: [{ key: 'missing', frames: [8], message: 'The topmost Via of OPTIONS has no branch' }],
    },
    {
      name: 'a branch without the cookie',
      flow: flow('call'),
      edits: [{ everywhere: 'z9hG4bK-a4', by: '1418' }],
      findings: [{ key: 'no-cookie', frames: [8], severity: 'warning' }],
    },
    {
      name: 'the cookie with a small k',
      flow: flow('call'),
      edits: [{ everywhere: 'z9hG4bK-a4', by: 'z9hG4bk2l55n1' }],
      findings: [{ key: 'cookie-case', frames: [8], severity: 'info' }],
    },
    {
      name: 'a branch that an earlier request had',
      flow: flow('pager-message'),
      edits: [{ everywhere: 'z9hG4bK-m1', by: 'z9hG4bK-m0' }],
      findings: [
        {
          key: 'reused',
          frames: [3, 1],
          message: 'MESSAGE and MESSAGE of one sender are two transactions, and have the same branch',
        },
      ],
    },
  ],
};
