import type { RuleCases } from '../../../src/rules/case/rule-case.ts';
import { flow } from '../flow-files.ts';

export const cases: RuleCases = {
  rule: 'message/mandatory-header',
  valid: [
    { name: 'a call', flow: flow('call') },
    { name: 'a subscription', flow: flow('subscription') },
    {
      name: 'compact forms',
      flow: flow('call'),
      edits: [
        { at: 1, replace: 'Via:', by: 'v:' },
        { at: 1, replace: 'From:', by: 'f:' },
        { at: 1, replace: 'To:', by: 't:' },
        { at: 1, replace: 'Call-ID:', by: 'i:' },
        { at: 1, replace: 'Contact:', by: 'm:' },
        { at: 1, replace: 'Supported:', by: 'k:' },
        { at: 1, replace: 'Content-Length:', by: 'l:' },
        { at: 1, replace: 'Content-Type:', by: 'c:' },
      ],
    },
    {
      name: 'a 415 that lists what is accepted',
      flow: flow('call'),
      edits: [{ at: 9, replace: '200 OK', by: '415 Unsupported Media Type' }],
    },
  ],
  invalid: [
    {
      name: 'an INVITE without Contact',
      flow: flow('call'),
      edits: [{ at: 1, remove: 'Contact' }],
      findings: [{ key: 'missing', frames: [1], message: 'INVITE has no Contact' }],
    },
    {
      name: 'a 200 to INVITE without Contact',
      flow: flow('call'),
      edits: [{ at: 4, remove: 'Contact' }],
      findings: [{ key: 'missing', frames: [4], message: '200 to INVITE has no Contact' }],
    },
    {
      name: 'a NOTIFY without Contact',
      flow: flow('subscription'),
      edits: [{ at: 3, remove: 'Contact' }],
      findings: [{ key: 'missing', frames: [3], message: 'NOTIFY has no Contact' }],
    },
    {
      name: 'a NOTIFY without Event',
      flow: flow('subscription'),
      edits: [{ at: 3, remove: 'Event' }],
      findings: [{ key: 'missing', frames: [3], message: 'NOTIFY has no Event' }],
    },
    {
      name: 'an UPDATE and its 200 without Contact',
      flow: flow('reliable'),
      edits: [{ at: [6, 7], remove: 'Contact' }],
      findings: [
        { key: 'missing', frames: [6], message: 'UPDATE has no Contact' },
        { key: 'missing', frames: [7], message: '200 to UPDATE has no Contact' },
      ],
    },
    {
      name: 'a REFER without Contact',
      flow: flow('transfer'),
      edits: [{ at: 6, remove: 'Contact' }],
      findings: [{ key: 'missing', frames: [6], message: 'REFER has no Contact' }],
    },
    {
      name: 'a 405 without Allow',
      flow: flow('call'),
      edits: [
        { at: 9, replace: '200 OK', by: '405 Method Not Allowed' },
        { at: 9, remove: 'Allow' },
      ],
      findings: [{ key: 'missing', frames: [9], message: '405 to OPTIONS has no Allow' }],
    },
    {
      name: 'a 420 without Unsupported',
      flow: flow('call'),
      edits: [{ at: 9, replace: '200 OK', by: '420 Bad Extension' }],
      findings: [{ key: 'missing', frames: [9], message: '420 to OPTIONS has no Unsupported' }],
    },
    {
      name: 'a 415 without a hint of what is accepted',
      flow: flow('call'),
      edits: [
        { at: 9, replace: '200 OK', by: '415 Unsupported Media Type' },
        { at: 9, remove: 'Accept' },
      ],
      findings: [{ key: 'one-of', frames: [9] }],
    },
    {
      name: 'an INVITE that does not say what its sender can do',
      flow: flow('call'),
      edits: [
        { at: 1, remove: 'Allow' },
        { at: 1, remove: 'Supported' },
      ],
      findings: [
        {
          key: 'recommended',
          frames: [1],
          severity: 'info',
          message: 'INVITE does not list Allow, Supported',
        },
      ],
    },
    {
      name: 'a request by UDP without Content-Length',
      flow: flow('call'),
      edits: [{ at: 6, remove: 'Content-Length' }],
      findings: [{ key: 'length', frames: [6], severity: 'warning' }],
    },
    {
      name: 'an older device without Contact',
      flow: flow('call'),
      edits: [
        { at: 1, remove: 'Contact' },
        { everywhere: 'z9hG4bK-a1', by: '1418' },
      ],
      findings: [{ key: 'missing', frames: [1], severity: 'warning' }],
      also: [{ rule: 'message/via-branch', key: 'no-cookie', frames: [1], severity: 'warning' }],
    },
    {
      name: 'a 489 to SUBSCRIBE that does not say which events there are',
      flow: flow('subscription'),
      edits: [
        { at: 2, replace: '200 OK', by: '489 Bad Event' },
        { at: 2, remove: 'Contact' },
        { at: 2, remove: 'Expires' },
        { drop: [3, 4, 5, 6, 7, 8] },
      ],
      findings: [
        { key: 'missing', frames: [2], severity: 'warning', message: '489 to SUBSCRIBE has no Allow-Events' },
      ],
    },
  ],
};
