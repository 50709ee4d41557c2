import type { RuleCases } from '../../../src/rules/case/rule-case.ts';
import { flow } from '../flow-files.ts';

export const cases: RuleCases = {
  rule: 'dialog/session-timer',
  valid: [
    { name: 'refreshed at half of the interval', flow: flow('session-timer') },
    { name: 'no timer', flow: flow('call') },
    {
      name: 'the capture ends before the session',
      flow: flow('session-timer'),
      edits: [{ drop: [6, 7, 8, 9, 10, 11] }],
    },
    {
      name: 'only the caller has a timer',
      flow: flow('session-timer'),
      edits: [
        { at: 4, remove: 'Session-Expires' },
        { at: 4, remove: 'Require' },
        { drop: [6, 7] },
        { at: 8, replace: 'CSeq: 3', by: 'CSeq: 2' },
        { at: 9, replace: 'CSeq: 3', by: 'CSeq: 2' },
        { at: 8, seconds: 2900 },
        { at: 9, seconds: 2900.01 },
      ],
    },
    {
      name: 'a proxy raised the value for a caller without timer',
      flow: flow('session-timer'),
      edits: [
        { at: 1, replace: 'Supported: 100rel, timer', by: 'Supported: 100rel' },
        { at: 1, replace: 'Session-Expires: 1800', by: 'Session-Expires: 1200' },
        { at: 4, replace: ';refresher=uac', by: ';refresher=uas' },
      ],
    },
    {
      name: 'a refresh by the other side',
      flow: flow('session-timer'),
      edits: [
        { at: 4, replace: ';refresher=uac', by: ';refresher=uas' },
        { at: 6, replace: ';refresher=uac', by: '' },
      ],
    },
  ],
  invalid: [
    {
      name: 'a minute',
      flow: flow('session-timer'),
      edits: [
        { at: 1, replace: 'Session-Expires: 1800', by: 'Session-Expires: 60' },
        { at: 1, remove: 'Min-SE' },
        { at: 4, replace: 'Session-Expires: 1800', by: 'Session-Expires: 60' },
        { drop: [6, 7] },
        { at: [8, 9], replace: 'CSeq: 3', by: 'CSeq: 2' },
        { at: 8, seconds: 30 },
        { at: 9, seconds: 30.01 },
      ],
      findings: [{ key: 'too-small', frames: [1, 4], message: 'Session-Expires 60 is below 90 seconds' }],
    },
    {
      name: 'a small Min-SE',
      flow: flow('session-timer'),
      edits: [{ at: [1, 6], replace: 'Min-SE: 90', by: 'Min-SE: 5' }],
      findings: [{ key: 'min-se', frames: [1, 6], message: 'Min-SE 5 is below 90 seconds' }],
    },
    {
      name: 'Session-Expires below Min-SE',
      flow: flow('session-timer'),
      edits: [{ at: 1, replace: 'Min-SE: 90', by: 'Min-SE: 3600' }],
      findings: [{ key: 'below-min', frames: [1] }],
    },
    {
      name: 'too small an interval refused without Min-SE',
      flow: flow('session-timer'),
      edits: [
        { at: 7, replace: '200 OK', by: '422 Session Interval Too Small' },
        { at: 7, remove: 'Session-Expires' },
        { at: 7, remove: 'Require' },
        { at: 7, remove: 'Contact' },
      ],
      findings: [{ key: 'no-min-se', frames: [7], severity: 'error', message: '422 to UPDATE lacks Min-SE' }],
    },
    {
      name: 'no refresher',
      flow: flow('session-timer'),
      edits: [{ at: 4, replace: ';refresher=uac', by: '' }],
      findings: [{ key: 'no-refresher', frames: [4, 1] }],
    },
    {
      name: 'the caller is to refresh, without Require',
      flow: flow('session-timer'),
      edits: [{ at: 4, remove: 'Require' }],
      findings: [{ key: 'not-required', frames: [4, 1] }],
    },
    {
      name: 'a larger value than asked for',
      flow: flow('session-timer'),
      edits: [{ at: 4, replace: '1800', by: '3600' }],
      findings: [
        {
          key: 'raised',
          frames: [4, 1],
          message: 'Session-Expires of the 200 is 3600, the INVITE asked for 1800',
        },
      ],
    },
    {
      name: 'another refresher than the caller chose',
      flow: flow('session-timer'),
      edits: [{ at: 1, replace: 'Session-Expires: 1800', by: 'Session-Expires: 1800;refresher=uas' }],
      findings: [
        {
          key: 'refresher',
          frames: [4, 1],
          message: '200 names uac as refresher, the INVITE chose uas',
        },
      ],
    },
    {
      name: 'neither refreshed nor ended',
      flow: flow('session-timer'),
      edits: [{ drop: [6, 7, 8, 9] }],
      findings: [
        {
          key: 'expired',
          frames: [4],
          message: 'session of 1800 seconds was neither refreshed nor ended in time',
        },
      ],
    },
    {
      name: 'ended long after it expired',
      flow: flow('session-timer'),
      edits: [
        { drop: [6, 7] },
        { at: [8, 9], replace: 'CSeq: 3', by: 'CSeq: 2' },
        { at: 8, seconds: 3000 },
        { at: 9, seconds: 3000.01 },
      ],
      findings: [{ key: 'expired', frames: [4, 6] }],
    },
  ],
};
