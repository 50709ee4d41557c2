import type { RuleCases } from '../../../src/rules/case/rule-case.ts';
import { flow } from '../flow-files.ts';
import { sbcPolicy } from '../sbc-policy.ts';

const REFUSED = [
  { drop: [3, 6, 7] },
  { at: 4, remove: 'Contact:' },
  { at: 4, remove: 'Content-Type' },
  { at: 4, body: '' },
  { at: 5, replace: 'ACK sips:psap@192.0.2.20:5061', by: 'ACK urn:service:sos' },
  { at: 5, replace: 'z9hG4bK-a2', by: 'z9hG4bK-a1' },
] as const;

const SOS = [
  { at: [1, 3], replace: 'INVITE sip:bob@example.org', by: 'INVITE urn:service:sos' },
  { everywhere: 'To: <sip:bob@example.org>', by: 'To: <urn:service:sos>' },
] as const;
const LOCATED = { at: 1, add: 'Geolocation: <https://lis.example.com/1>\nGeolocation-Routing: yes' } as const;

export const cases: RuleCases = {
  rule: 'emergency/treatment',
  valid: [
    { name: 'let through at once', flow: flow('emergency') },
    {
      name: 'the answering point is busy',
      flow: flow('emergency'),
      edits: [{ at: 4, replace: '200 OK', by: '486 Busy Here' }, ...REFUSED],
    },
    {
      name: 'a browser, which does not know its address',
      flow: flow('emergency')
        .replace(/ tls$/gm, ' wss')
        .replaceAll('SIP/2.0/TLS', 'SIP/2.0/WSS')
        .replaceAll('alice@192.0.2.10:50001', 'alice@df7jal23ls0d.invalid'),
    },
  ],
  invalid: [
    {
      name: 'challenged',
      flow: flow('emergency'),
      edits: [
        { at: 4, replace: '200 OK', by: '407 Proxy Authentication Required' },
        {
          at: 4,
          add: 'Proxy-Authenticate: Digest realm="example.com", qop="auth", nonce="n1", algorithm=SHA-256',
        },
        ...REFUSED,
      ],
      findings: [{ key: 'challenged', frames: [3, 1], message: 'The call for help was challenged with 407' }],
    },
    {
      name: 'a Contact that nobody can call back',
      flow: flow('emergency'),
      edits: [
        {
          at: 1,
          replace: 'Contact: <sips:alice@192.0.2.10:50001>',
          by: 'Contact: <sips:anonymous@anonymous.invalid>',
        },
      ],
      findings: [{ key: 'contact', frames: [1] }],
    },
    {
      name: 'readable on the way',
      flow: flow('emergency'),
      edits: [
        { everywhere: 'sips:', by: 'sip:' },
        { everywhere: 'SIP/2.0/TLS', by: 'SIP/2.0/TCP' },
        { over: 'tcp' },
      ],
      findings: [{ key: 'unprotected', frames: [1], severity: 'info' }],
    },
    {
      name: 'the SBC hides who calls',
      flow: flow('sbc-voice'),
      policy: sbcPolicy(),
      edits: [
        ...SOS,
        { ...LOCATED, at: [1, 3] },
        { at: 1, add: 'P-Asserted-Identity: <sip:alice@example.com>' },
      ],
      findings: [
        { key: 'unprotected', frames: [1], severity: 'info' },
        { key: 'unprotected', frames: [3], severity: 'info' },
        { key: 'identity', frames: [3, 1] },
      ],
    },
    {
      name: 'the SBC refuses it',
      flow: flow('sbc-mixed-refused'),
      policy: sbcPolicy(),
      edits: [
        { ...SOS[0], at: 1 },
        { at: 4, replace: 'ACK sip:bob@example.org', by: 'ACK urn:service:sos' },
        SOS[1],
        LOCATED,
      ],
      findings: [
        { key: 'unprotected', frames: [1], severity: 'info' },
        {
          key: 'refused',
          frames: [3, 1],
          message: 'The call for help was refused with 488 Not Acceptable Here on the way',
        },
      ],
    },
  ],
};
