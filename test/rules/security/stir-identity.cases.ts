import type { RuleCases } from '../../../src/rules/case/rule-case.ts';
import { flow } from '../flow-files.ts';

/** 2026-01-05T10:00:00Z, when the flows begin. */
const BEGIN = 1767607200;

function identity(claims: object, ppt = 'shaken'): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const header = { alg: 'ES256', ppt, typ: 'passport', x5u: 'https://cert.example.com/passport.cer' };
  return `Identity: ${part(header)}.${part(claims)}.c2ln;info=<https://cert.example.com/passport.cer>;alg=ES256;ppt="${ppt}"`;
}

const GOOD = {
  attest: 'A',
  dest: { tn: ['12155551213'] },
  iat: BEGIN,
  orig: { tn: '12155551212' },
  origid: 'o1',
};
const NUMBERS = [
  { everywhere: '"Alice" <sip:alice@example.com>', by: '<sip:+12155551212@example.com>' },
  { everywhere: 'To: <sip:bob@example.com>', by: 'To: <sip:+12155551213@example.com>' },
] as const;

export const cases: RuleCases = {
  rule: 'security/stir-identity',
  valid: [
    {
      name: 'fresh, and of these two',
      flow: flow('call'),
      edits: [...NUMBERS, { at: 1, add: identity(GOOD) }],
    },
    {
      name: 'a diverted call: div names the earlier target',
      flow: flow('call'),
      edits: [...NUMBERS, { at: 1, add: identity({ ...GOOD, dest: { tn: ['12155550000'] } }, 'div') }],
    },
  ],
  invalid: [
    {
      name: 'issued ten minutes ago',
      flow: flow('call'),
      edits: [...NUMBERS, { at: 1, add: identity({ ...GOOD, iat: BEGIN - 600 }) }],
      findings: [{ key: 'stale', frames: [1], message: 'The PASSporT was issued 600 s before the message' }],
    },
    {
      name: 'issued in the future',
      flow: flow('call'),
      edits: [...NUMBERS, { at: 1, add: identity({ ...GOOD, iat: BEGIN + 600 }) }],
      findings: [{ key: 'future', frames: [1] }],
    },
    {
      name: 'another caller',
      flow: flow('call'),
      edits: [...NUMBERS, { at: 1, add: identity({ ...GOOD, orig: { tn: '12155559999' } }) }],
      findings: [
        {
          key: 'orig',
          frames: [1],
          message: 'The PASSporT speaks of caller 12155559999, the request of 12155551212',
        },
      ],
    },
    {
      name: 'another callee',
      flow: flow('call'),
      edits: [...NUMBERS, { at: 1, add: identity({ ...GOOD, dest: { tn: ['12155559999'] } }) }],
      findings: [{ key: 'dest', frames: [1] }],
    },
    {
      name: 'refused by the verifier',
      flow: flow('call'),
      edits: [
        ...NUMBERS,
        { at: 1, add: identity(GOOD) },
        { drop: [3, 6, 7] },
        { at: 4, replace: 'SIP/2.0 200 OK', by: 'SIP/2.0 438 Invalid Identity Header' },
        { at: 4, remove: 'Contact:' },
        { at: 4, remove: 'Content-Type' },
        { at: 4, body: '' },
        { at: 5, replace: 'ACK sip:bob@192.0.2.20:5060', by: 'ACK sip:bob@192.0.2.20' },
        { at: 5, replace: 'z9hG4bK-a2', by: 'z9hG4bK-a1' },
      ],
      findings: [{ key: 'refused', frames: [3] }],
    },
  ],
};
