import type { RuleCases } from '../../../src/rules/case/rule-case.ts';
import { flow } from '../flow-files.ts';

/** The flow of a call whose OPTIONS is answered so. */
function answered(by: string, ...more: { readonly at: number; readonly add: string }[]) {
  return { flow: flow('call'), edits: [{ at: 9, replace: '200 OK', by }, ...more] };
}

export const cases: RuleCases = {
  rule: 'message/response-code',
  valid: [
    { name: 'a call', flow: flow('call') },
    { name: '202 to REFER', flow: flow('transfer') },
    { name: 'a reason phrase of the sender', ...answered('480 At lunch') },
    {
      name: '302 with Contact',
      ...answered('302 Moved Temporarily', { at: 9, add: 'Contact: <sip:192.0.2.40>' }),
    },
  ],
  invalid: [
    {
      name: 'a status without a class',
      ...answered('799 Enough'),
      findings: [{ key: 'class', frames: [9], severity: 'error' }],
    },
    {
      name: 'a status that nobody registered',
      ...answered('499 Never Mind'),
      findings: [{ key: 'unregistered', frames: [9] }],
    },
    {
      name: '302 without Contact',
      ...answered('302 Moved Temporarily'),
      findings: [{ key: 'no-contact', frames: [9], severity: 'warning' }],
    },
    { name: '305', ...answered('305 Use Proxy'), findings: [{ key: 'rare', frames: [9] }] },
    {
      name: '487 to OPTIONS',
      ...answered('487 Request Terminated'),
      findings: [{ key: 'method', frames: [9] }],
    },
    {
      name: 'a server failure that says Not Found',
      ...answered('500 Not Found'),
      findings: [{ key: 'reason', frames: [9], message: '500 has the reason phrase of 404: Not Found' }],
    },
  ],
};
