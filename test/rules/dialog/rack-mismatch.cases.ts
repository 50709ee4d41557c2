import type { RuleCases } from '../../../src/rules/case/rule-case.ts';
import { flow } from '../flow-files.ts';

export const cases: RuleCases = {
  rule: 'dialog/rack-mismatch',
  valid: [
    { name: 'the triple of the 183', flow: flow('reliable') },
    {
      name: 'a PRACK challenged',
      flow: flow('reliable'),
      policy: 'rules:\n  security/*: off\n  sdp/*: off\n',
      edits: [
        { at: 5, replace: '200 OK', by: '407 Proxy Authentication Required' },
        {
          at: 5,
          add: 'Proxy-Authenticate: Digest realm="example.com", nonce="n1", algorithm=SHA-256, qop="auth"',
          before: 'Content-Length',
        },
      ],
    },
    { name: 'a PRACK that a CANCEL overtook', flow: flow('reliable-cancelled') },
    {
      name: 'a PRACK to a fork that was cancelled beyond, when another had accepted',
      flow: flow('reliable'),
      policy: 'rules:\n  sdp/*: off\n  dialog/tag-or-callid-changed: off\n',
      edits: [
        { drop: [6, 7, 8] },
        { at: 5, replace: '200 OK', by: '481 Call/Transaction Does Not Exist' },
        { at: 9, seconds: 0.33 },
        { at: [9, 10, 11, 12], replace: 'tag=b-tag', by: 'tag=c-tag' },
      ],
    },
    { name: 'the INVITE is not in the capture', flow: flow('reliable'), edits: [{ drop: [1, 2, 3] }] },
  ],
  invalid: [
    {
      name: 'an RSeq that is one too many, accepted',
      flow: flow('reliable'),
      policy: 'rules:\n  sdp/*: off\n  dialog/prack-missing: off\n  dialog/2xx-before-prack: off\n',
      edits: [
        { at: 3, replace: 'RSeq: 7001', by: 'RSeq: 813520' },
        { at: 4, replace: 'RAck: 7001 1', by: 'RAck: 813521 1' },
      ],
      findings: [
        {
          key: 'no-match',
          frames: [4, 3],
          message: 'RAck 813521 1 INVITE names no reliable response of the dialog',
        },
        {
          key: 'accepted',
          frames: [5, 4],
          message: 'PRACK with RAck 813521 1 INVITE, which names nothing, was answered 200',
        },
      ],
    },
    {
      name: 'the method left out',
      flow: flow('reliable'),
      policy: 'rules:\n  sdp/*: off\n',
      edits: [{ at: 4, replace: 'RAck: 7001 1 INVITE', by: 'RAck: 7001 1' }],
      findings: [
        {
          key: 'malformed',
          frames: [4],
          message: 'RAck 7001 1 is not a sequence number, a CSeq number and a method',
        },
      ],
    },
    {
      name: 'a PRACK that matches refused',
      flow: flow('reliable'),
      policy: 'rules:\n  sdp/*: off\n',
      edits: [{ at: 5, replace: '200 OK', by: '481 Call/Transaction Does Not Exist' }],
      findings: [
        {
          key: 'refused',
          frames: [5, 4, 3],
          message: 'PRACK with RAck 7001 1 INVITE matches and was answered 481',
        },
      ],
    },
  ],
};
