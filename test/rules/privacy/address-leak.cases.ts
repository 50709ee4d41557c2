import type { RuleCases } from '../../../src/rules/case/rule-case.ts';
import { flow } from '../flow-files.ts';
import { sbcPolicy } from '../sbc-policy.ts';

const hidden = { flow: flow('sbc-private-caller'), policy: sbcPolicy({ caller: true }) };
const hiding = { flow: flow('sbc-topology-hiding'), policy: sbcPolicy({ hiding: true }) };
const leaks = (line: string) => [{ at: 3, add: line }] as const;
const SEEN = { key: 'leak', frames: [3, 1], severity: 'warning' } as const;
const ENCODED = { key: 'encoded', frames: [3, 1], severity: 'info' } as const;
const media = (path: string) => ({
  flow: flow('sbc-voice'),
  policy: sbcPolicy({ hiding: true, decisions: { 'media-path': path } }),
});
const toldMedia = [
  { at: 3, replace: 'c=IN IP4 198.51.100.30', by: 'c=IN IP4 192.0.2.10' },
  {
    at: 3,
    replace: 'm=audio 20000 RTP/AVP 0',
    by: 'm=audio 20000 RTP/AVP 0\na=rtcp:20001 IN IP4 192.0.2.10',
  },
] as const;

export const cases: RuleCases = {
  rule: 'privacy/address-leak',
  valid: [
    { name: 'SBC-44 nothing of the caller leaves', ...hidden },
    {
      name: 'nothing of the callee leaves',
      flow: flow('sbc-private-callee'),
      policy: sbcPolicy({ callee: true }),
    },
    { name: 'topology hiding hides no users', ...hiding },
    {
      name: 'nor with an identity that is to stay in the trust domain',
      ...hiding,
      edits: [{ at: 1, add: 'Privacy: id' }],
    },
    {
      name: 'who is to be called instead',
      flow: flow('sbc-callee-refuses'),
      policy: `${sbcPolicy({ callee: true })}rules:\n  im/*: off\n  security/*: off\n`,
      edits: [
        { at: [5, 7], replace: '488 Not Acceptable Here', by: '302 Moved Temporarily' },
        { at: [5, 7], add: 'Contact: <sip:carol-at-home@example.org>', before: 'Content-Length' },
      ],
    },
    {
      name: 'who registers',
      flow: flow('sbc-registered'),
      policy: sbcPolicy({ passthrough: null, caller: true }),
      edits: [
        { at: [1, 2], replace: 'From: <sip:alice', by: 'From: "Alice Smith" <sip:alice' },
        { drop: [5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26] },
      ],
    },
    { name: 'nobody is to be hidden', flow: flow('sbc-two-sets'), policy: sbcPolicy() },
    {
      name: 'Privacy: none, and a policy that hides nobody',
      flow: flow('sbc-two-sets'),
      policy: sbcPolicy(),
      edits: [{ at: [1, 3], add: 'Privacy: none' }],
    },
    { name: 'the domain of the callee', ...hidden, edits: [...leaks('X-Domain: example.org')] },
    { name: 'the controller itself', ...hidden, edits: [...leaks('X-Box: 198.51.100.30 and 198.51.100.20')] },
    {
      name: 'a longer number that has the address in it',
      ...hidden,
      edits: [...leaks('X-Version: 192.0.2.100 1192.0.2.10 192.0.2.10.5')],
    },
    { name: 'hexadecimal digits of an identifier', ...hidden, edits: [...leaks('X-Trace: 00c000020aff')] },
    {
      name: 'what users write themselves',
      ...hidden,
      edits: [{ at: [11, 12], replace: 'Hello Bob', by: 'Hello Bob, alice at 192.0.2.10 here' }],
    },
    {
      name: 'headers of the trust domain to a peer inside it',
      flow: flow('sbc-private-caller'),
      policy: sbcPolicy({ caller: true, trusted: ['192.0.2.0/24', '203.0.113.0/24', '198.51.100.0/24'] }),
      edits: [{ at: [1, 3], add: 'P-Asserted-Identity: <sip:alice@example.com>' }],
    },
    {
      name: 'where media is, as the policy says that it goes directly',
      ...media('direct'),
      edits: toldMedia,
    },
  ],
  invalid: [
    {
      name: 'where media is, as the policy does not say that it goes directly',
      ...media('relayed'),
      edits: toldMedia,
      findings: [
        { ...SEEN, message: 'address 192.0.2.10 of the caller is told in c=' },
        { ...SEEN, message: 'address 192.0.2.10 of the caller is told in a=rtcp' },
      ],
    },
    {
      name: 'media goes directly, but another attribute tells the address',
      ...media('direct'),
      edits: [{ at: 3, replace: 't=0 0', by: 't=0 0\na=x-from:192.0.2.10' }],
      findings: [{ ...SEEN, message: 'address 192.0.2.10 of the caller is told in a=x-from' }],
    },
    {
      name: 'the address of the caller in Call-ID',
      ...hidden,
      edits: [
        {
          at: [3, 4, 5, 7, 10, 12, 13, 15, 18, 20, 21],
          replace: 'Call-ID: sbc-1@198.51.100.30',
          by: 'Call-ID: 77@192.0.2.10',
        },
      ],
      findings: [
        {
          key: 'leak',
          frames: [3, 1, 10, 12, 20],
          severity: 'warning',
          message: 'address 192.0.2.10 of the caller is told in Call-ID',
        },
      ],
    },
    {
      name: 'the Via of the proxy of the caller',
      ...hiding,
      edits: [
        { at: [3, 4, 5, 7], add: 'Via: SIP/2.0/UDP 192.0.2.5:5060;branch=z9hG4bK-p1-a1', before: 'From' },
      ],
      findings: [{ ...SEEN, message: 'address 192.0.2.5 of the caller is told in Via' }],
    },
    {
      name: 'the user of the caller in From',
      ...hidden,
      edits: [
        {
          at: [3, 4, 5, 7, 10, 12, 13, 20, 21],
          replace: '"Anonymous" <sip:anonymous@anonymous.invalid>',
          by: '<sip:alice@anonymous.invalid>',
        },
        {
          at: [15, 18],
          replace: '"Anonymous" <sip:anonymous@anonymous.invalid>',
          by: '<sip:alice@anonymous.invalid>',
        },
      ],
      findings: [
        {
          key: 'leak',
          frames: [3, 1, 10, 12, 20],
          severity: 'warning',
          message: 'user alice of the caller is told in From',
        },
      ],
    },
    {
      name: 'an address of the callee in a header of the answer',
      flow: flow('sbc-private-callee'),
      policy: sbcPolicy({ callee: true }),
      edits: [{ at: 8, add: 'Warning: 399 203.0.113.10 "low battery"' }],
      findings: [
        {
          key: 'leak',
          frames: [8, 5],
          severity: 'warning',
          message: 'address 203.0.113.10 of the callee is told in Warning',
        },
      ],
    },
    {
      name: 'in an attribute of the session description',
      ...hidden,
      edits: [{ at: 3, replace: 't=0 0', by: 't=0 0\na=x-from:192.0.2.5' }],
      findings: [{ ...SEEN, message: 'address 192.0.2.5 of the caller is told in a=x-from' }],
    },
    {
      name: 'Privacy asks for session and is critical: a=rtcp is an error',
      ...hidden,
      edits: [
        { at: 1, add: 'Privacy: session;critical' },
        { at: 3, replace: 't=0 0', by: 't=0 0\na=rtcp:5062 IN IP4 192.0.2.5' },
      ],
      findings: [{ key: 'leak', frames: [3, 1], severity: 'error' }],
    },
    {
      name: 'percent-escaped',
      ...hidden,
      edits: [...leaks('Call-Info: <http://example.org/?from=192%2e0%2E2%2e10>;purpose=info')],
      findings: [{ ...SEEN, message: 'address 192.0.2.10 of the caller is told in Call-Info' }],
    },
    {
      name: 'with dashes, in the name of a host',
      ...hidden,
      edits: [...leaks('Organization: 192-0-2-10.dsl.example.net')],
      findings: [{ ...SEEN, message: 'address 192.0.2.10 of the caller is told in Organization' }],
    },
    {
      name: 'in hexadecimal: info',
      ...hidden,
      edits: [...leaks('X-Gateway: C000020A')],
      findings: [
        { ...ENCODED, message: 'address 192.0.2.10 of the caller is told in X-Gateway, spelled hexadecimal' },
      ],
    },
    {
      name: 'as a decimal number: info',
      ...hidden,
      edits: [...leaks('X-Gateway: 3221225994')],
      findings: [
        { ...ENCODED, message: 'address 192.0.2.10 of the caller is told in X-Gateway, spelled decimal' },
      ],
    },
    {
      name: 'reversed, as for DNS: info',
      ...hidden,
      edits: [...leaks('X-Reverse: 10.2.0.192.in-addr.arpa')],
      findings: [
        { ...ENCODED, message: 'address 192.0.2.10 of the caller is told in X-Reverse, spelled reversed' },
      ],
    },
    {
      name: 'in base64: info',
      ...hidden,
      edits: [...leaks('X-Token: YWxpY2VAMTkyLjAuMi4xMA==')],
      findings: [
        { ...ENCODED, message: 'user alice of the caller is told in X-Token, spelled base64' },
        { ...ENCODED, message: 'address 192.0.2.10 of the caller is told in X-Token, spelled base64' },
      ],
    },
    {
      name: 'as an IPv6 address that maps it',
      ...hidden,
      edits: [...leaks('Warning: 399 [::ffff:c000:20a] "x"')],
      findings: [{ ...SEEN, message: 'address 192.0.2.10 of the caller is told in Warning' }],
    },
    {
      name: 'an IPv6 address in another spelling',
      ...hidden,
      edits: [
        {
          at: 1,
          replace: 'Contact: <sip:alice@192.0.2.10:5060>',
          by: 'Contact: <sip:alice@[2001:db8::a:1]:5060>',
        },
        { at: 16, replace: 'sip:alice@192.0.2.10:5060 SIP', by: 'sip:alice@[2001:db8::a:1]:5060 SIP' },
        ...leaks('Warning: 399 [2001:0DB8:0:0:0:0:000A:1] "x"'),
      ],
      findings: [{ ...SEEN, message: 'address 2001:db8::a:1 of the caller is told in Warning' }],
    },
    {
      name: 'in a part of a multipart body, quoted-printable',
      ...hidden,
      edits: [
        {
          at: [12],
          replace: 'Content-Type: text/plain\nContent-Length: *\n\nHello Bob',
          by: 'Content-Type: multipart/mixed;boundary=cut\nContent-Length: *\n\n--cut\nContent-Type: text/plain\n\nHello Bob\n--cut\nContent-Type: message/cpim\nContent-Transfer-Encoding: quoted-printable\n\nFrom: <im:=61lice@192.0=2E2.10>\n--cut--',
        },
      ],
      findings: [
        {
          key: 'leak',
          frames: [12, 1],
          severity: 'info',
          message: 'user alice of the caller is told in message/cpim body',
        },
        { key: 'leak', frames: [12, 1], severity: 'info' },
      ],
    },
  ],
};
