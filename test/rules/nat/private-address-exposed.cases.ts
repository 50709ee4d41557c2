import type { RuleCases } from '../../../src/rules/case/rule-case.ts';
import { flow } from '../flow-files.ts';

export const cases: RuleCases = {
  rule: 'nat/private-address-exposed',
  valid: [
    { name: 'public addresses', flow: flow('call') },
    {
      name: 'a private Contact behind rport, which the flow repairs',
      flow: flow('call'),
      edits: [{ at: 1, replace: '<sip:alice@192.0.2.10:5060>', by: '<sip:alice@10.1.1.1:5060>' }],
    },
    {
      name: 'ICE repairs the media address',
      flow: flow('call'),
      edits: [
        { at: 1, replace: 'c=IN IP4 192.0.2.10', by: 'c=IN IP4 10.1.1.1' },
        {
          at: 1,
          replace: 'a=sendrecv',
          by: 'a=ice-ufrag:abcd\na=ice-pwd:abcdefghijklmnopqrstuv\na=candidate:1 1 UDP 2130706431 10.1.1.1 40000 typ host\na=sendrecv',
        },
      ],
    },
    {
      name: 'a range that the policy calls public',
      flow: flow('call'),
      policy: 'networks:\n  public: [10.1.0.0/16]\n',
      edits: [{ at: 1, replace: 'c=IN IP4 192.0.2.10', by: 'c=IN IP4 10.1.1.1' }],
    },
    {
      name: 'both ends are private',
      flow: flow('call'),
      edits: [
        { everywhere: '192.0.2.10', by: '10.1.1.1' },
        { everywhere: '192.0.2.20', by: '10.1.1.2' },
      ],
    },
  ],
  invalid: [
    {
      name: 'a private Contact and nothing to repair it',
      flow: flow('call'),
      edits: [
        { at: 1, replace: ';rport', by: '' },
        { at: [2, 3, 4], replace: ';rport=5060;received=192.0.2.10', by: '' },
        { at: 1, replace: '<sip:alice@192.0.2.10:5060>', by: '<sip:alice@10.1.1.1:5060>' },
      ],
      findings: [
        {
          key: 'contact',
          frames: [1],
          message: 'Contact 10.1.1.1:5060 is private, but the message is on the public side',
        },
      ],
    },
    {
      name: 'media asked for at a private address',
      flow: flow('call'),
      edits: [{ at: 4, replace: 'c=IN IP4 192.0.2.20', by: 'c=IN IP4 192.168.7.7' }],
      findings: [{ key: 'media', frames: [4] }],
    },
  ],
};
