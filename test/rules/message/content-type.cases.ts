import type { RuleCases } from '../../../src/rules/case/rule-case.ts';
import { flow } from '../flow-files.ts';

const MULTIPART =
  'Content-Type: multipart/mixed;boundary=b1\nContent-Length: *\n\n--b1\nContent-Type: text/plain\n\nHello.\n';
const ISUP =
  'Content-Type: application/isup\nContent-Length: *\n\nv=0\no=alice 100 100 IN IP4 192.0.2.10\ns=-\nt=0 0\n';

export const cases: RuleCases = {
  rule: 'message/content-type',
  valid: [
    { name: 'a call', flow: flow('call') },
    {
      name: 'a type without a body',
      flow: flow('call'),
      edits: [{ at: 6, add: 'Content-Type: text/plain' }],
    },
    {
      name: 'multipart with its end',
      flow: flow('pager-message'),
      edits: [
        { at: 1, remove: 'Content-Type' },
        { at: 1, replace: 'Content-Length: *\n\nHello, Bob.\n', by: `${MULTIPART}--b1--\n` },
      ],
    },
    {
      name: 'a type that the receiver lists',
      flow: flow('pager-message'),
      edits: [{ at: 2, add: 'Accept: text/*' }],
    },
    {
      name: 'nothing but line ends',
      flow: flow('call'),
      edits: [{ at: 6, replace: 'Content-Length: 0\n', by: 'Content-Length: *\n\n\r\n' }],
    },
  ],
  invalid: [
    {
      name: 'a body of which nobody says what it is',
      flow: flow('pager-message'),
      edits: [{ at: 1, remove: 'Content-Type' }],
      findings: [{ key: 'missing', frames: [1], message: 'MESSAGE has a body and no Content-Type' }],
    },
    {
      name: 'no media type',
      flow: flow('pager-message'),
      edits: [{ at: 1, replace: 'text/plain', by: 'text' }],
      findings: [{ key: 'malformed', frames: [1] }],
    },
    {
      name: 'text called application/sdp',
      flow: flow('pager-message'),
      edits: [{ at: 1, replace: 'text/plain', by: 'application/sdp' }],
      findings: [{ key: 'not-sdp', frames: [1] }],
    },
    {
      name: 'a session description called ISUP',
      flow: flow('call'),
      edits: [
        { at: 8, replace: 'Content-Length: 0', by: ISUP },
        { at: 9, replace: 'Accept: application/sdp', by: 'Accept: application/sdp, application/isup' },
      ],
      findings: [
        { key: 'other-name', frames: [8], message: 'OPTIONS calls a session description application/isup' },
      ],
    },
    {
      name: 'multipart without its end',
      flow: flow('pager-message'),
      edits: [
        { at: 1, remove: 'Content-Type' },
        { at: 1, replace: 'Content-Length: *\n\nHello, Bob.\n', by: MULTIPART },
      ],
      findings: [{ key: 'multipart', frames: [1] }],
    },
    {
      name: 'a type that the receiver does not list, accepted',
      flow: flow('pager-message'),
      edits: [
        { at: 1, replace: 'text/plain', by: 'text/html' },
        { at: 2, add: 'Accept: text/plain, message/cpim' },
      ],
      findings: [{ key: 'taken-anyway', frames: [2, 1], severity: 'info' }],
    },
  ],
};
