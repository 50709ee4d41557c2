import type { RuleCases } from '../../../src/rules/case/rule-case.ts';
import { flow } from '../flow-files.ts';
import { sbcPolicy } from '../sbc-policy.ts';

export const cases: RuleCases = {
  rule: 'security/sips-downgrade',
  valid: [
    { name: 'sips over TLS', flow: flow('emergency') },
    {
      name: 'decrypted before it was captured',
      flow: flow('sips-call'),
      edits: [{ over: 'tcp' }],
      policy: 'rules:\n  transport/via-mismatch: off\n',
    },
    {
      name: 'behind a box that ends TLS',
      flow: flow('call'),
      policy: 'networks:\n  tls-terminators: [192.0.2.10]\n',
      edits: [
        { at: 1, replace: 'INVITE sip:bob@192.0.2.20', by: 'INVITE sips:bob@192.0.2.20' },
        { at: 1, replace: 'Contact: <sip:', by: 'Contact: <sips:' },
        { at: [3, 4], replace: 'Contact: <sip:', by: 'Contact: <sips:' },
        { at: [5, 6], replace: 'sip:bob@192.0.2.20:5060', by: 'sips:bob@192.0.2.20:5060' },
      ],
    },
  ],
  invalid: [
    {
      name: 'sips over UDP',
      flow: flow('call'),
      edits: [
        { at: 8, replace: 'OPTIONS sip:192.0.2.20', by: 'OPTIONS sips:192.0.2.20' },
        { at: 8, replace: 'Contact: <sip:', by: 'Contact: <sips:' },
      ],
      findings: [{ key: 'transport', frames: [8], message: 'OPTIONS to sips:192.0.2.20 goes over UDP' }],
    },
    {
      name: 'transport=tls over UDP',
      flow: flow('call'),
      edits: [{ at: 8, replace: 'OPTIONS sip:192.0.2.20', by: 'OPTIONS sip:192.0.2.20;transport=tls' }],
      findings: [{ key: 'parameter', frames: [8] }],
    },
    {
      name: 'a sip Contact',
      flow: flow('sips-call'),
      edits: [{ at: 1, replace: 'Contact: <sips:', by: 'Contact: <sip:' }],
      findings: [{ key: 'contact', frames: [1] }],
    },
    {
      name: 'the SBC goes on without TLS',
      flow: flow('sbc-voice'),
      policy: sbcPolicy(),
      edits: [
        { at: 1, replace: 'INVITE sip:bob', by: 'INVITE sips:bob' },
        { at: [1, 8], replace: 'Contact: <sip:', by: 'Contact: <sips:' },
      ],
      findings: [
        { key: 'transport', frames: [1] },
        { key: 'crossed', frames: [3, 1] },
      ],
    },
  ],
};
