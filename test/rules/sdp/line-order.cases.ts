import type { RuleCases } from '../../../src/rules/case/rule-case.ts';
import { flow } from '../flow-files.ts';

export const cases: RuleCases = {
  rule: 'sdp/line-order',
  valid: [
    { name: 'a call', flow: flow('call') },
    {
      name: 'attributes that are not known, and several b= lines',
      flow: flow('call'),
      edits: [
        { at: 1, replace: 'a=sendrecv', by: 'a=x-colour:blue\na=sendrecv' },
        { at: 1, replace: 't=0 0', by: 'b=AS:80\nb=TIAS:64000\nt=0 0' },
      ],
    },
  ],
  invalid: [
    {
      name: 't= before c=',
      flow: flow('call'),
      edits: [{ at: 1, replace: 'c=IN IP4 192.0.2.10\nt=0 0', by: 't=0 0\nc=IN IP4 192.0.2.10' }],
      findings: [{ key: 'order', frames: [1], message: 'SDP lines are out of order: c= after t=' }],
    },
    {
      name: 'two s= lines',
      flow: flow('call'),
      edits: [{ at: 4, replace: 's=-', by: 's=-\ns=-' }],
      findings: [{ key: 'order', frames: [4], message: 'SDP lines are out of order: a second s=' }],
    },
    {
      name: 'a line without a type',
      flow: flow('call'),
      edits: [{ at: 1, replace: 'a=sendrecv', by: 'sendrecv' }],
      findings: [{ key: 'bad-line', frames: [1] }],
    },
    {
      name: 'a type letter that no document defines',
      flow: flow('call'),
      edits: [{ at: 1, replace: 'a=sendrecv', by: 'q=1\na=sendrecv' }],
      findings: [{ key: 'unknown-type', frames: [1] }],
    },
    {
      name: 'an empty line in the middle',
      flow: flow('call'),
      edits: [{ at: 1, replace: 'a=sendrecv', by: '\na=sendrecv' }],
      findings: [{ key: 'blank-line', frames: [1], severity: 'warning' }],
    },
    {
      name: 'an empty session name',
      flow: flow('call'),
      edits: [{ at: 4, replace: 's=-', by: 's=' }],
      findings: [{ key: 'empty-name', frames: [4], severity: 'warning' }],
    },
    {
      name: 'a line that ends in CR alone',
      flow: flow('call'),
      edits: [{ at: 1, replace: 's=-\n', by: 's=-\r' }],
      findings: [{ key: 'line-end', frames: [1], severity: 'info' }],
    },
  ],
};
