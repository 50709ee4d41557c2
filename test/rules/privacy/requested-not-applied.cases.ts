import type { RuleCases } from '../../../src/rules/case/rule-case.ts';
import { flow } from '../flow-files.ts';
import { sbcPolicy } from '../sbc-policy.ts';

const off = { flow: flow('sbc-two-sets'), policy: sbcPolicy({ trusted: ['192.0.2.0/24'] }) };
const asks = (value: string) => ({ at: 1, add: `Privacy: ${value}` }) as const;
const PAI = 'P-Asserted-Identity: <sip:alice@example.com>';

export const cases: RuleCases = {
  rule: 'privacy/requested-not-applied',
  valid: [
    { name: 'nothing is asked for', ...off },
    { name: 'none is asked for', ...off, edits: [{ at: [1, 3], add: 'Privacy: none' }] },
    { name: 'id, and the identity is taken out', ...off, edits: [{ at: 1, add: PAI }, asks('id')] },
    {
      name: 'id, and the next hop is trusted',
      flow: flow('sbc-two-sets'),
      policy: sbcPolicy({ trusted: ['192.0.2.0/24', '203.0.113.0/24'] }),
      edits: [
        { at: [1, 3], add: PAI },
        { at: [1, 3], add: 'Privacy: id' },
      ],
    },
    {
      name: "header, and Via, Contact and Record-Route are the controller's",
      ...off,
      edits: [asks('header')],
    },
    {
      name: 'session, done',
      flow: flow('sbc-private-caller'),
      policy: sbcPolicy({ caller: true }),
      edits: [asks('session')],
    },
  ],
  invalid: [
    {
      name: 'id, and the identity goes to who is not trusted',
      ...off,
      edits: [{ at: [1, 3], add: PAI }, asks('id')],
      findings: [
        {
          key: 'id',
          frames: [3, 1],
          message: 'Privacy asks for id, and P-Asserted-Identity goes to 203.0.113.5:5060',
        },
      ],
    },
    {
      name: 'header, and Contact goes on',
      ...off,
      edits: [
        asks('header'),
        {
          at: 3,
          replace: 'Contact: <sip:alice@198.51.100.30:5060>',
          by: 'Contact: <sip:alice@192.0.2.10:5060>',
        },
        { at: 15, replace: 'sip:alice@198.51.100.30:5060 SIP', by: 'sip:alice@192.0.2.10:5060 SIP' },
      ],
      findings: [
        {
          key: 'header',
          frames: [3, 1],
          severity: 'warning',
          message: 'Privacy asks for header, and Contact of the caller goes on',
        },
      ],
      also: [{ rule: 'record-route/contact-not-rewritten', key: 'request', frames: [3, 1] }],
    },
    {
      name: 'session and critical, and the addresses of the caller go on',
      ...off,
      edits: [asks('session;critical')],
      findings: [
        {
          key: 'session',
          frames: [3, 1],
          message:
            'Privacy asks for session, and the address 192.0.2.10 of the caller goes on in the session description',
        },
      ],
      also: [{ rule: 'privacy/address-leak', key: 'leak', severity: 'error', frames: [3, 1] }],
    },
    {
      name: 'user, and From and Subject go on',
      ...off,
      edits: [asks('user'), { at: [1, 3], add: 'Subject: lunch' }],
      findings: [
        {
          key: 'user',
          frames: [3, 1],
          severity: 'warning',
          message: 'Privacy asks for user, and From sip:alice@example.com goes on',
        },
        {
          key: 'user',
          frames: [3, 1],
          severity: 'warning',
          message: 'Privacy asks for user, and Subject goes on',
        },
      ],
      also: [
        { rule: 'privacy/address-leak', key: 'leak', severity: 'warning', frames: [3, 1] },
        { rule: 'privacy/address-leak', key: 'leak', severity: 'warning', frames: [3, 1] },
        { rule: 'privacy/address-leak', key: 'leak', severity: 'warning', frames: [3, 1] },
      ],
    },
    {
      name: 'history, and an entry of the own domain goes on',
      ...off,
      edits: [
        asks('history'),
        {
          at: [1, 3],
          add: 'History-Info: <sip:office@example.com>;index=1, <sip:bob@example.org>;index=1.1;mp=1',
        },
      ],
      findings: [
        {
          key: 'history',
          frames: [3, 1],
          message: 'Privacy asks for history, and History-Info sip:office@example.com goes on',
        },
      ],
    },
  ],
};
