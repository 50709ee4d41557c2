import type { RuleCases } from '../../../src/rules/case/rule-case.ts';
import { flow } from '../flow-files.ts';

export const cases: RuleCases = {
  rule: 'sdp/direction-and-hold',
  valid: [
    { name: 'hold by sendonly, answered recvonly', flow: flow('hold') },
    {
      name: 'a removed stream keeps whatever direction it had',
      flow: flow('hold'),
      edits: [
        { at: [1, 4], replace: 'a=sendrecv', by: 'a=sendrecv\nm=video 0 RTP/AVP 31\na=sendonly' },
        { at: 6, replace: 'a=sendonly', by: 'a=sendonly\nm=video 0 RTP/AVP 31\na=sendonly' },
        { at: 8, replace: 'a=recvonly', by: 'a=recvonly\nm=video 0 RTP/AVP 31\na=sendonly' },
        { at: [10, 12], replace: 'a=sendrecv', by: 'a=sendrecv\nm=video 0 RTP/AVP 31' },
      ],
    },
    {
      name: 'candidates that come later',
      flow: flow('hold'),
      edits: [
        { at: 10, replace: 'c=IN IP4 192.0.2.10', by: 'c=IN IP4 0.0.0.0' },
        { at: 10, replace: 'm=audio 40000', by: 'm=audio 9' },
        {
          at: 10,
          replace: 'a=sendrecv',
          by: 'a=ice-ufrag:8hhY\na=ice-pwd:asd88fgpdd777uzjYhagZg\na=sendrecv',
        },
      ],
    },
  ],
  invalid: [
    {
      name: 'sendonly answered sendonly',
      flow: flow('hold'),
      edits: [{ at: 8, replace: 'a=recvonly', by: 'a=sendonly' }],
      findings: [
        { key: 'direction', frames: [8, 6], message: 'm=audio is offered sendonly, answered sendonly' },
      ],
    },
    {
      name: 'hold ignored',
      flow: flow('hold'),
      edits: [
        { at: 8, replace: 'a=recvonly', by: 'a=sendrecv' },
        { at: 8, replace: 'bob 200 201', by: 'bob 200 200' },
        { at: 12, replace: 'bob 200 202', by: 'bob 200 200' },
      ],
      findings: [
        { key: 'direction', frames: [8, 6], message: 'm=audio is offered sendonly, answered sendrecv' },
      ],
    },
    {
      name: 'inactive answered otherwise',
      flow: flow('hold'),
      edits: [{ at: 6, replace: 'a=sendonly', by: 'a=inactive' }],
      findings: [{ key: 'direction', frames: [8, 6], severity: 'error' }],
    },
    {
      name: 'hold with the address 0.0.0.0',
      flow: flow('hold'),
      edits: [{ at: 6, replace: 'c=IN IP4 192.0.2.10', by: 'c=IN IP4 0.0.0.0' }],
      findings: [
        { key: 'legacy-hold', frames: [6], message: 'm=audio is put on hold with the address 0.0.0.0' },
      ],
    },
    {
      name: 'the address 0.0.0.0 in an initial offer',
      flow: flow('call'),
      edits: [{ at: 1, replace: 'c=IN IP4 192.0.2.10', by: 'c=IN IP4 0.0.0.0' }],
      findings: [{ key: 'black-hole', frames: [1], severity: 'info' }],
    },
    {
      name: 'two directions in one section',
      flow: flow('call'),
      edits: [{ at: 1, replace: 'a=sendrecv', by: 'a=sendonly\na=sendrecv' }],
      findings: [{ key: 'conflict', frames: [1] }],
    },
  ],
};
