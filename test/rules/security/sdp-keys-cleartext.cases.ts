import type { RuleCases } from '../../../src/rules/case/rule-case.ts';
import { flow } from '../flow-files.ts';

const KEY_LINE =
  'a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:d0RmdmcmVCspeEc3QGZiNWpVLFJhQX1cfHAwJSoj\na=sendrecv';

export const cases: RuleCases = {
  rule: 'security/sdp-keys-cleartext',
  valid: [
    ...[[], [{ over: 'tcp' } as const]].map((carried) => ({
      name:
        carried.length === 0 ? 'keys over TLS' : 'keys over TLS that was decrypted before it was captured',
      flow: flow('sips-call'),
      policy: 'rules:\n  transport/via-mismatch: off\n',
      edits: [
        ...carried,
        { at: 1, replace: 'RTP/AVP 0 8 101', by: 'RTP/SAVP 0 8 101' },
        { at: 4, replace: 'RTP/AVP 0 101', by: 'RTP/SAVP 0 101' },
        {
          at: [1, 4],
          replace: 'a=sendrecv',
          by: KEY_LINE,
        },
      ],
    })),
  ],
  invalid: [
    {
      name: 'keys over a WebSocket without TLS',
      flow: flow('call')
        .replaceAll(/^(===.*) udp$/gm, '$1 ws')
        .replaceAll('SIP/2.0/UDP', 'SIP/2.0/WS'),
      edits: [
        { at: 1, replace: 'RTP/AVP 0 8 101', by: 'RTP/SAVP 0 8 101' },
        { at: 4, replace: 'RTP/AVP 0 101', by: 'RTP/SAVP 0 101' },
        { at: 1, replace: 'a=sendrecv', by: KEY_LINE },
      ],
      findings: [{ key: 'key', frames: [1], message: 'a=crypto carries a media key over WS' }],
    },
    {
      name: 'keys over UDP',
      flow: flow('call'),
      edits: [
        { at: 1, replace: 'RTP/AVP 0 8 101', by: 'RTP/SAVP 0 8 101' },
        { at: 4, replace: 'RTP/AVP 0 101', by: 'RTP/SAVP 0 101' },
        {
          at: 1,
          replace: 'a=sendrecv',
          by: KEY_LINE,
        },
      ],
      findings: [{ key: 'key', frames: [1], message: 'a=crypto carries a media key over UDP' }],
    },
    {
      name: 'DTLS without a fingerprint',
      flow: flow('call'),
      edits: [
        { at: 1, replace: 'RTP/AVP 0 8 101', by: 'UDP/TLS/RTP/SAVP 0 8 101' },
        { at: 4, replace: 'RTP/AVP 0 101', by: 'UDP/TLS/RTP/SAVP 0 101' },
        { at: 1, replace: 'a=sendrecv', by: 'a=setup:actpass\na=sendrecv' },
        { at: 4, replace: 'a=sendrecv', by: 'a=setup:active\na=fingerprint:sha-256 AA:BB\na=sendrecv' },
      ],
      findings: [{ key: 'fingerprint', frames: [1] }],
    },
  ],
};
