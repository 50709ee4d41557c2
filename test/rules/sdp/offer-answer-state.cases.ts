import type { RuleCases } from '../../../src/rules/case/rule-case.ts';
import { flow } from '../flow-files.ts';

const SDP =
  'v=0\no=alice 100 101 IN IP4 192.0.2.10\ns=-\nc=IN IP4 192.0.2.10\nt=0 0\nm=audio 40000 RTP/AVP 0\na=rtpmap:0 PCMU/8000\na=sendrecv';
const BODY = `Content-Type: application/sdp\nContent-Length: *\n\n${SDP}`;
const NO_BODY = ['Content-Type', 'v=', 'o=', 's=', 'c=', 't=', 'm=', 'a='];

/** The message without its body. */
function bare(at: number): RuleCases['valid'][number]['edits'] {
  return [
    ...NO_BODY.map((remove) => ({ at, remove })),
    { at, replace: 'Content-Length: *', by: 'Content-Length: 0' },
  ];
}

export const cases: RuleCases = {
  rule: 'sdp/offer-answer-state',
  valid: [
    { name: 'offer in the INVITE, answer in the 200', flow: flow('call') },
    { name: 'offer in the 200, answer in the ACK', flow: flow('offerless') },
    { name: 'answer in a reliable 183, then an UPDATE', flow: flow('reliable') },
    { name: 're-INVITEs', flow: flow('hold') },
    {
      name: 'an UPDATE that crosses the other side’s offer on its way',
      flow: flow('glare'),
      policy: 'rules:\n  dialog/*: off\n',
      edits: [
        { at: 7, replace: 'INVITE sip:alice', by: 'UPDATE sip:alice' },
        { at: [7, 9], replace: ' INVITE\n', by: ' UPDATE\n' },
        { at: 9, replace: '491 Request Pending', by: '488 Not Acceptable Here' },
        { drop: 11 },
      ],
    },
    {
      name: 'an unreliable 183 that previews the answer',
      flow: flow('call'),
      edits: [
        { at: 3, replace: '180 Ringing', by: '183 Session Progress' },
        {
          at: 3,
          replace: 'Content-Length: 0',
          by: 'Content-Type: application/sdp\nContent-Length: *\n\nv=0\no=bob 200 200 IN IP4 192.0.2.20\ns=-\nc=IN IP4 192.0.2.20\nt=0 0\nm=audio 50000 RTP/AVP 0 101\na=rtpmap:0 PCMU/8000\na=rtpmap:101 telephone-event/8000\na=sendrecv',
        },
      ],
    },
    {
      name: 'another offer in the PRACK of an answered one',
      flow: flow('reliable'),
      edits: [
        { at: 4, replace: 'Content-Length: 0', by: BODY },
        {
          at: 5,
          replace: 'Content-Length: 0',
          by: BODY.replaceAll('alice 100 101', 'bob 200 201').replaceAll('192.0.2.10', '192.0.2.20'),
        },
        { at: 6, replace: 'alice 100 101', by: 'alice 100 102' },
        { at: 7, replace: 'bob 200 201', by: 'bob 200 202' },
      ],
    },
    {
      name: 'a description in the answer to OPTIONS',
      flow: flow('call'),
      edits: [{ at: 9, replace: 'Content-Length: 0', by: BODY }],
    },
    {
      name: 'a body of another disposition in the ACK',
      flow: flow('call'),
      edits: [{ at: 5, replace: 'Content-Length: 0', by: `Content-Disposition: render\n${BODY}` }],
    },
    { name: 'forks, each with an answer of its own', flow: flow('fork-answered-twice') },
    { name: 'offers that cross', flow: flow('glare') },
    {
      name: 'a reliable 183 without the answer, which the 200 has',
      flow: flow('reliable'),
      edits: [
        ...bare(3)!,
        ...bare(6)!,
        ...bare(7)!,
        {
          at: 9,
          replace: 'Content-Length: 0',
          by: BODY.replaceAll('alice 100 101', 'bob 200 200').replaceAll('192.0.2.10', '192.0.2.20'),
        },
      ],
    },
    {
      name: 'an answer that is encrypted',
      flow: flow('call'),
      edits: [{ at: 4, replace: 'application/sdp', by: 'application/pkcs7-mime;smime-type=enveloped-data' }],
    },
  ],
  invalid: [
    {
      name: 'a 200 without the answer',
      flow: flow('call'),
      edits: bare(4)!,
      findings: [
        {
          key: 'no-answer',
          frames: [4, 1],
          message: '200 to INVITE brings no answer to the offer in INVITE',
        },
      ],
    },
    {
      name: 'an ACK without the answer',
      flow: flow('offerless'),
      edits: bare(5)!,
      findings: [
        { key: 'no-answer', frames: [5, 4], message: 'ACK brings no answer to the offer in 200 to INVITE' },
      ],
    },
    {
      name: 'neither side offers',
      flow: flow('offerless'),
      edits: [...bare(4)!, ...bare(5)!],
      findings: [{ key: 'no-offer', frames: [4] }],
    },
    {
      name: 'a PRACK without the answer to the offer of a reliable 183',
      flow: flow('reliable'),
      edits: bare(1)!,
      findings: [
        { key: 'no-answer', frames: [4, 3], message: 'PRACK brings no answer to the offer in 183 to INVITE' },
      ],
    },
    {
      name: 'an UPDATE with an offer before the INVITE is answered',
      flow: flow('reliable'),
      edits: [
        ...bare(3)!,
        { at: 7, replace: 'bob 200 201', by: 'bob 200 200' },
        {
          at: 9,
          replace: 'Content-Length: 0',
          by: BODY.replaceAll('alice 100 101', 'bob 200 201').replaceAll('192.0.2.10', '192.0.2.20'),
        },
      ],
      findings: [
        {
          key: 'offer-while-open',
          frames: [6, 1],
          message: 'UPDATE makes an offer while that in INVITE is not answered',
        },
      ],
      also: [{ rule: 'dialog/update-offer-pending', key: 'not-500', frames: [7, 6, 1] }],
    },
    {
      name: 'an ACK with a description after the answer',
      flow: flow('call'),
      edits: [{ at: 5, replace: 'Content-Length: 0', by: BODY }],
      findings: [{ key: 'second-answer', frames: [5, 1] }],
    },
    {
      name: 'a 200 that says otherwise than the reliable 183',
      flow: flow('reliable'),
      edits: [{ at: 9, replace: 'Content-Length: 0', by: BODY }],
      findings: [
        {
          key: 'answer-changed',
          frames: [9, 3],
          severity: 'warning',
          message: '200 to INVITE brings another session description than the answer in 183 to INVITE',
        },
      ],
    },
    {
      name: 'early media from another place than the 200',
      flow: flow('call'),
      edits: [
        { at: 3, replace: '180 Ringing', by: '183 Session Progress' },
        { at: 3, replace: 'Content-Length: 0', by: BODY },
      ],
      findings: [{ key: 'preview-differs', frames: [4, 3], severity: 'warning' }],
    },
  ],
};
