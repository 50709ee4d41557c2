import type { RuleCases } from '../../../src/rules/case/rule-case.ts';
import { flow } from '../flow-files.ts';

export const cases: RuleCases = {
  rule: 'dialog/target-or-route-wrong',
  valid: [
    { name: 'a call', flow: flow('call') },
    { name: 'a call through a proxy', flow: flow('proxied') },
    { name: 'a subscription', flow: flow('subscription') },
    { name: 'the route of a 183, whatever the failure after it says', flow: flow('reliable-cancelled') },
    {
      name: 'a Request-URI put right for a NAT',
      flow: flow('call'),
      edits: [
        {
          at: [3, 4],
          replace: 'Contact: <sip:bob@192.0.2.20:5060>',
          by: 'Contact: <sip:bob@198.51.100.9:5070>',
        },
      ],
    },
    {
      name: 'strict routers',
      flow: flow('proxied'),
      policy: 'rules:\n  record-route/*: off\n',
      edits: [
        { everywhere: '<sip:192.0.2.30;lr>', by: '<sip:192.0.2.30>' },
        { at: 10, remove: 'Route' },
      ],
    },
    {
      name: 'a target refresh on its way',
      flow: flow('glare'),
      edits: [
        { at: 13, replace: 'sip:bob@192.0.2.20:5060', by: 'sip:bob@192.0.2.20:5064' },
        { at: [14], replace: 'ACK sip:bob@192.0.2.20:5060', by: 'ACK sip:bob@192.0.2.20:5064' },
        { at: 15, seconds: 13.1 },
        { at: 16, seconds: 13.2 },
        { at: 17, seconds: 13.3 },
      ],
    },
  ],
  invalid: [
    {
      name: 'a BYE to the address of record',
      flow: flow('proxied'),
      edits: [{ at: [10, 11], replace: 'sip:bob@192.0.2.20:5060', by: 'sip:bob@example.com' }],
      findings: [
        {
          key: 'target',
          frames: [10, 7],
          message: 'BYE goes to sip:bob@example.com, the Contact of its peer is sip:bob@192.0.2.20:5060',
        },
      ],
    },
    {
      name: 'a BYE without the route set',
      flow: flow('proxied'),
      edits: [{ at: 10, remove: 'Route' }],
      findings: [
        {
          key: 'route-missing',
          frames: [10, 7],
          message: 'BYE has no Route, the route set is <sip:192.0.2.30;lr>',
        },
      ],
    },
    {
      name: 'a BYE through another proxy',
      flow: flow('proxied'),
      edits: [{ at: 10, replace: 'Route: <sip:192.0.2.30;lr>', by: 'Route: <sip:192.0.2.31;lr>' }],
      findings: [{ key: 'route-wrong', frames: [10, 7] }],
    },
    {
      name: 'a BYE with a proxy in front of the route set',
      flow: flow('proxied'),
      edits: [
        {
          at: 10,
          replace: 'Route: <sip:192.0.2.30;lr>',
          by: 'Route: <sip:192.0.2.31;lr>, <sip:192.0.2.30;lr>',
        },
      ],
      findings: [{ key: 'route-extra', frames: [10, 7], severity: 'warning' }],
    },
    {
      name: 'a BYE to a target that was refreshed long ago',
      flow: flow('glare'),
      edits: [
        {
          at: [13, 16],
          replace: 'Contact: <sip:bob@192.0.2.20:5060>',
          by: 'Contact: <sip:bob@198.51.100.4:5064>',
        },
        { at: [14, 15, 17], replace: 'sip:bob@192.0.2.20:5060', by: 'sip:bob@198.51.100.4:5064' },
        { at: [18], replace: 'sip:bob@192.0.2.20:5060', by: 'sip:bob@198.51.100.5:5060' },
      ],
      findings: [{ key: 'target', frames: [18, 16] }],
    },
  ],
};
