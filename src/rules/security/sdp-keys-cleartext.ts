// RFC 4568 §8.3, RFC 8866 §5.12: keys in a session description need a signalling path that nobody can read.

import { sdpEvidence } from '../evidence.ts';
import { isClear } from '../facts/clear-text.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'security/sdp-keys-cleartext',
    severity: 'error',
    scope: 'message',
    tier: 2,
    since: '0.2.0',
    summary: 'Media keys are sent only over TLS, and DTLS media come with a fingerprint.',
    why: 'Whoever reads the signalling has the keys of the call; without a fingerprint anyone may take the place of the other side.',
    exceptions: [
      'The message went over TLS; a topmost Via that says so means that the capture shows what was decrypted.',
    ],
    fix: 'Carry SIP over TLS where SDES is used, or use DTLS-SRTP with a=fingerprint.',
    sources: [
      { document: 'RFC 4568', section: '8.3', says: 'the signalling must protect the keys' },
      { document: 'RFC 8866', section: '5.12', says: 'k= is not to be used' },
      { document: 'RFC 5763', section: '5', says: 'a=fingerprint and a=setup of DTLS-SRTP' },
    ],
    messages: {
      key: '{what} carries a media key over {transport}',
      fingerprint: 'm={media} asks for DTLS without a=fingerprint',
    },
  },
  create: ({ report }) => ({
    message(message) {
      const { sdp } = message;
      if (sdp === undefined) return;
      if (isClear(message.sip)) {
        const transport = message.sip.transport.toUpperCase();
        for (const line of sdp.description.allLines) {
          const value = line.type === 'a' || line.type === 'k' ? sdp.description.text(line) : '';
          const isKey =
            line.type === 'k' ? /^(clear|base64):/i.test(value) : /^crypto:.*\binline:/i.test(value);
          if (!isKey) continue;
          const data = { what: line.type === 'k' ? 'k=' : 'a=crypto', transport };
          report({ message: 'key', data, at: message, evidence: [sdpEvidence(sdp, line)] });
        }
      }
      for (const media of sdp.media) {
        if (media.port === 0 || !/^(UDP|TCP)\/(TLS|DTLS)\/RTP/i.test(media.protocol)) continue;
        if (media.has('fingerprint') || sdp.description.has('fingerprint')) continue;
        report({
          message: 'fingerprint',
          data: { media: media.media },
          at: message,
          evidence: [sdpEvidence(sdp, media.line)],
        });
      }
    },
  }),
});
