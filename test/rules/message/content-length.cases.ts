import type { RuleCases } from '../../../src/rules/case/rule-case.ts';
import { flow } from '../flow-files.ts';

export const cases: RuleCases = {
  rule: 'message/content-length',
  valid: [
    { name: 'a call', flow: flow('call') },
    { name: 'TCP', flow: flow('tcp-options') },
    {
      name: 'twelve octets, and the line end after them counted',
      flow: flow('pager-message'),
      edits: [
        { at: 1, replace: 'Content-Length: *\n\nHello, Bob.\n', by: 'Content-Length: 14\n\nHello world.\n' },
      ],
    },
    {
      name: 'none over WebSocket',
      flow: flow('tcp-options').replace(/ tcp$/gm, ' ws').replaceAll('SIP/2.0/TCP', 'SIP/2.0/WS'),
      edits: [{ at: 1, remove: 'Content-Length' }],
    },
  ],
  invalid: [
    {
      name: 'a length of 18 for fourteen octets',
      flow: flow('pager-message'),
      edits: [
        { at: 1, replace: 'Content-Length: *\n\nHello, Bob.\n', by: 'Content-Length: 18\n\nHello world.\n' },
      ],
      findings: [{ key: 'longer', frames: [1], message: 'Content-Length is 18, the body has 14 octets' }],
    },
    {
      name: 'a length counted with LF instead of CRLF',
      flow: flow('call'),
      edits: [{ at: 1, replace: 'Content-Length: *', by: 'Content-Length: 185' }],
      findings: [{ key: 'shorter', frames: [1], severity: 'warning' }],
    },
    {
      name: 'a length and no body',
      flow: flow('call'),
      edits: [{ at: 6, replace: 'Content-Length: 0', by: 'Content-Length: 5' }],
      findings: [{ key: 'longer', frames: [6] }],
    },
    {
      name: 'a line end after the body',
      flow: flow('call'),
      edits: [{ at: 6, replace: 'Content-Length: 0\n', by: 'Content-Length: 0\n\n\n' }],
      findings: [{ key: 'line-ends', frames: [6], severity: 'info' }],
    },
    {
      name: 'none on TCP',
      flow: flow('tcp-options'),
      edits: [{ at: 1, remove: 'Content-Length' }],
      findings: [{ key: 'missing', frames: [1] }],
    },
    {
      name: 'no number',
      flow: flow('call'),
      edits: [{ at: 6, replace: 'Content-Length: 0', by: 'Content-Length: none' }],
      findings: [{ key: 'malformed', frames: [6] }],
    },
  ],
};
