import type { RuleCases } from '../../../src/rules/case/rule-case.ts';
import { flow } from '../flow-files.ts';

const SIGNED = {
  at: 1,
  replace: 'Content-Type: text/plain\nContent-Length: *\n\nHello',
  by: 'Content-Type: application/pkcs7-mime;smime-type=signed-data\nContent-Length: *\n\noctets',
};

export const cases: RuleCases = {
  rule: 'security/smime',
  valid: [
    { name: 'no S/MIME at all', flow: flow('call') },
    { name: 'a signed body without old algorithms', flow: flow('sips-message'), edits: [SIGNED] },
  ],
  invalid: [
    {
      name: 'an old algorithm',
      flow: flow('sips-message'),
      edits: [SIGNED, { at: 1, replace: 'octets', by: '\u0006\u0005+\u000e\u0003\u0002\u001a' }],
      findings: [{ key: 'algorithm', frames: [1], message: 'The S/MIME body uses SHA-1' }],
    },
    {
      name: 'an enveloped body where session privacy is asked for',
      flow: flow('sips-message'),
      edits: [
        {
          at: 1,
          replace: 'Content-Type: text/plain',
          by: 'Privacy: session;critical\nContent-Type: application/pkcs7-mime;smime-type=enveloped-data',
        },
      ],
      findings: [{ key: 'hidden-sdp', frames: [1], severity: 'error' }],
    },
  ],
};
