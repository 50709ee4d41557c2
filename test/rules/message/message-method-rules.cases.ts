import type { RuleCases } from '../../../src/rules/case/rule-case.ts';
import { flow } from '../flow-files.ts';

const ACK = `=== 0.200 192.0.2.10:5060 > 192.0.2.20:5060 udp
ACK sip:bob@192.0.2.20 SIP/2.0
Via: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bK-m0a;rport
Max-Forwards: 70
From: <sip:alice@example.com>;tag=a-tag
To: <sip:bob@example.com>;tag=b-tag-0
Call-ID: pager-1@192.0.2.10
CSeq: 1 ACK
Content-Length: 0
`;

/** A MESSAGE in the dialog of the call, and its answer. */
function inDialog(cseq: number, sent: string, answered: string): string {
  const common = `From: "Alice" <sip:alice@example.com>;tag=a-tag
To: <sip:bob@example.com>;tag=b-tag
Call-ID: call-1@192.0.2.10
CSeq: ${cseq} MESSAGE`;
  return `=== ${sent} 192.0.2.10:5060 > 192.0.2.20:5060 udp
MESSAGE sip:bob@192.0.2.20:5060 SIP/2.0
Via: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bK-m${cseq};rport
Max-Forwards: 70
${common}
Content-Type: text/plain
Content-Length: *

Hello.

=== ${answered} 192.0.2.20:5060 > 192.0.2.10:5060 udp
SIP/2.0 200 OK
Via: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bK-m${cseq};rport=5060;received=192.0.2.10
${common}
Content-Length: 0

`;
}

export const cases: RuleCases = {
  rule: 'message/message-method-rules',
  valid: [
    { name: 'one after the other', flow: flow('pager-message') },
    {
      name: 'stored and forwarded: 202',
      flow: flow('pager-message'),
      edits: [{ at: 2, replace: '200 OK', by: '202 Accepted' }],
    },
    {
      name: 'Expires with Date',
      flow: flow('pager-message'),
      edits: [
        { at: 1, add: 'Expires: 300', before: 'User-Agent' },
        { at: 1, add: 'Date: Mon, 05 Jan 2026 10:00:00 GMT', before: 'User-Agent' },
      ],
    },
    {
      name: 'two users at the same time',
      flow: flow('pager-message'),
      edits: [
        { at: 3, seconds: 0.05 },
        { at: [3, 4], replace: 'sip:alice@', by: 'sip:carol@' },
      ],
    },
    {
      name: 'two in the dialog of a call, one after the other',
      flow: flow('call'),
      edits: [
        { at: [6, 7], replace: 'CSeq: 2 ', by: 'CSeq: 4 ' },
        { insert: inDialog(2, '5.000', '5.100') + inDialog(3, '5.150', '5.200') },
      ],
    },
    {
      name: 'an old Date where nothing is signed',
      flow: flow('pager-message'),
      edits: [{ at: 1, add: 'Date: Mon, 05 Jan 2026 07:00:00 GMT', before: 'User-Agent' }],
    },
  ],
  invalid: [
    {
      name: 'a reply in the 200',
      flow: flow('pager-message'),
      edits: [
        {
          at: 2,
          replace: 'Content-Length: 0',
          by: 'Content-Type: text/plain\nContent-Length: *\n\nHello, Alice.\n',
        },
      ],
      findings: [{ key: 'answer-body', frames: [2, 1], severity: 'error' }],
    },
    {
      name: 'the second before the first is answered',
      flow: flow('pager-message'),
      edits: [{ at: 3, seconds: 0.05 }],
      findings: [{ key: 'overlap', frames: [2, 1], severity: 'error' }],
    },
    {
      name: 'Expires without Date',
      flow: flow('pager-message'),
      edits: [{ at: 1, add: 'Expires: 300', before: 'User-Agent' }],
      findings: [{ key: 'no-date', frames: [1] }],
    },
    {
      name: 'a signed message that is hours old',
      flow: flow('pager-message'),
      edits: [
        { at: 1, add: 'Date: Mon, 05 Jan 2026 07:00:00 GMT', before: 'User-Agent' },
        { at: 1, replace: 'text/plain', by: 'application/pkcs7-mime' },
      ],
      findings: [
        {
          key: 'stale-date',
          frames: [2, 1],
          severity: 'info',
          message: 'A signed MESSAGE was accepted with a Date 180 minutes from its arrival',
        },
      ],
    },
    {
      name: 'an ACK to the 200',
      flow: flow('pager-message'),
      edits: [{ insert: ACK }],
      findings: [{ key: 'ack', frames: [3, 1], severity: 'error' }],
    },
    {
      name: 'the second in a dialog of the first',
      flow: flow('pager-message'),
      edits: [
        { everywhere: 'pager-2@192.0.2.10', by: 'pager-1@192.0.2.10' },
        { at: [3, 4], replace: 'CSeq: 1 ', by: 'CSeq: 2 ' },
        { at: 3, replace: 'To: <sip:bob@example.com>', by: 'To: <sip:bob@example.com>;tag=b-tag-0' },
        { at: 4, replace: ';tag=b-tag-1', by: ';tag=b-tag-0' },
      ],
      findings: [{ key: 'dialog', frames: [3, 2], severity: 'error' }],
    },
    {
      name: 'two at once in the dialog of a call',
      flow: flow('call'),
      edits: [
        { at: [6, 7], replace: 'CSeq: 2 ', by: 'CSeq: 4 ' },
        { insert: inDialog(2, '5.000', '5.100') + inDialog(3, '5.050', '5.200') },
      ],
      findings: [{ key: 'overlap-in-dialog', frames: [7, 6, 8] }],
    },
  ],
};
