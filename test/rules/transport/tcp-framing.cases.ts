import type { RuleCases } from '../../../src/rules/case/rule-case.ts';
import { flow } from '../flow-files.ts';

/** What the framing of streams says, as it would of a capture with such a stream. */
function told(code: string, frames: readonly number[]) {
  return { code, severity: 'warning' as const, message: 'of the stream', frames };
}

export const cases: RuleCases = {
  rule: 'transport/tcp-framing',
  valid: [
    { name: 'OPTIONS over TCP', flow: flow('tcp-options') },
    {
      name: 'octets that the capture lost',
      flow: flow('tcp-options'),
      diagnostics: [told('tcp/gap', [7]), told('sip/tcp-resync', [7, 8])],
    },
    {
      name: 'a message that the capture cut',
      flow: flow('tcp-options'),
      diagnostics: [told('sip/message-truncated', [7])],
    },
  ],
  invalid: [
    {
      name: 'no Content-Length',
      flow: flow('tcp-options'),
      diagnostics: [told('sip/no-content-length', [1])],
      findings: [{ key: 'no-length', frames: [1] }],
    },
    {
      name: 'Content-Length that is no number',
      flow: flow('tcp-options'),
      diagnostics: [told('sip/bad-content-length', [1])],
      findings: [{ key: 'bad-length', frames: [1] }],
    },
    {
      name: 'Content-Length that is too large',
      flow: flow('tcp-options'),
      diagnostics: [told('sip/content-length-too-long', [3])],
      findings: [{ key: 'too-long', frames: [3] }],
    },
    {
      name: 'a body of twenty octets under Content-Length: 10',
      flow: flow('tcp-options'),
      diagnostics: [told('sip/tcp-resync', [3, 4])],
      findings: [{ key: 'unframed', frames: [3, 4] }],
    },
    {
      name: 'headers without end',
      flow: flow('tcp-options'),
      diagnostics: [told('sip/header-section-too-long', [3]), told('sip/tcp-resync', [3, 9])],
      findings: [{ key: 'endless', frames: [3] }],
    },
  ],
};
