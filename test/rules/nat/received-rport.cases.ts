import type { RuleCases } from '../../../src/rules/case/rule-case.ts';
import { flow } from '../flow-files.ts';

export const cases: RuleCases = {
  rule: 'nat/received-rport',
  valid: [
    { name: 'rport and received filled in', flow: flow('call') },
    {
      name: 'nothing asked for, nothing needed',
      flow: flow('call'),
      edits: [
        { at: 1, replace: ';rport', by: '' },
        { at: [2, 3, 4], replace: ';rport=5060;received=192.0.2.10', by: '' },
      ],
    },
    {
      name: 'a NAT between the capture and the server',
      flow: flow('call'),
      edits: [
        { at: [2, 3, 4], replace: 'rport=5060;received=192.0.2.10', by: 'rport=31000;received=203.0.113.1' },
      ],
    },
    {
      name: 'no received over WebSocket',
      flow: flow('tcp-options').replace(/ tcp$/gm, ' ws').replaceAll('SIP/2.0/TCP', 'SIP/2.0/WS'),
      edits: [
        { at: 1, replace: 'WS 192.0.2.10:5060', by: 'WS df7jal23ls0d.invalid' },
        {
          at: 2,
          replace: '192.0.2.10:5060;branch=z9hG4bK-o1;rport=5060;received=192.0.2.10',
          by: 'df7jal23ls0d.invalid;branch=z9hG4bK-o1;rport',
        },
      ],
    },
  ],
  invalid: [
    {
      name: 'sent-by is a name, and no received',
      flow: flow('call'),
      edits: [
        {
          at: 1,
          replace: 'UDP 192.0.2.10:5060;branch=z9hG4bK-a1;rport',
          by: 'UDP phone.example.com:5060;branch=z9hG4bK-a1',
        },
        {
          at: [2, 3, 4],
          replace: 'UDP 192.0.2.10:5060;branch=z9hG4bK-a1;rport=5060;received=192.0.2.10',
          by: 'UDP phone.example.com:5060;branch=z9hG4bK-a1',
        },
      ],
      findings: [{ key: 'received', frames: [2, 1] }],
    },
    {
      name: 'the wrong port in rport',
      flow: flow('call'),
      edits: [{ at: 7, replace: 'rport=5060', by: 'rport=5070' }],
      findings: [
        {
          key: 'rport',
          frames: [7, 6],
          message: 'rport was asked for; the answer says "5070" instead of 5060',
        },
      ],
    },
    {
      name: 'rport without received',
      flow: flow('call'),
      edits: [{ at: 7, replace: ';received=192.0.2.10', by: '' }],
      findings: [{ key: 'received-with-rport', frames: [7, 6] }],
    },
    {
      name: 'a server that does not know rport',
      flow: flow('call'),
      edits: [{ at: 7, replace: ';rport=5060;received=192.0.2.10', by: ';rport' }],
      findings: [{ key: 'ignored', frames: [7, 6], severity: 'info' }],
    },
    {
      name: 'a proxy forwards without received',
      flow: flow('proxied'),
      edits: [
        { everywhere: '192.0.2.10:5060;branch=z9hG4bK-i1', by: 'phone.example.com;branch=z9hG4bK-i1' },
        { at: 3, replace: 'z9hG4bK-i1;rport=5060;received=192.0.2.10', by: 'z9hG4bK-i1;rport' },
      ],
      findings: [{ key: 'forwarded', frames: [3, 1] }],
    },
    {
      name: 'the answer goes to another port',
      flow: flow('call'),
      edits: [{ at: 7, to: '192.0.2.10:5080' }],
      findings: [
        {
          key: 'destination',
          frames: [7, 6],
          message: 'Answered to 192.0.2.10:5080 instead of 192.0.2.10:5060',
        },
      ],
    },
  ],
};
