// RFC 3261 §22: servers must not ask for Basic, and clients must not use it; it sends the password itself.

import { parseCredentials } from '../../sip/header/credentials.ts';
import { HEADER } from '../../sip/header/header-names.ts';
import { rowEvidence } from '../evidence.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'security/basic-auth',
    severity: 'error',
    scope: 'message',
    tier: 1,
    since: '0.2.0',
    summary: 'Nobody asks for or sends Basic credentials.',
    why: 'Basic carries the password in a form that anyone on the way can read.',
    exceptions: [],
    fix: 'Use Digest, with SHA-256 and over TLS where both sides can.',
    sources: [{ document: 'RFC 3261', section: '22', says: 'Basic is deprecated and must not be used' }],
    messages: {
      offered: '{header} asks for Basic credentials',
      used: '{header} sends Basic credentials',
    },
  },
  create: ({ report }) => ({
    message(message) {
      const { sip } = message;
      for (const [id, header, key] of HEADERS) {
        for (let row = sip.find(id); row >= 0; row = sip.find(id, row + 1)) {
          if (parseCredentials(sip.headerValue(row)).scheme.toLowerCase() !== 'basic') continue;
          report({ message: key, data: { header }, at: message, evidence: [rowEvidence(message, row)] });
        }
      }
    },
  }),
});

const HEADERS = [
  [HEADER['WWW-Authenticate'], 'WWW-Authenticate', 'offered'],
  [HEADER['Proxy-Authenticate'], 'Proxy-Authenticate', 'offered'],
  [HEADER.Authorization, 'Authorization', 'used'],
  [HEADER['Proxy-Authorization'], 'Proxy-Authorization', 'used'],
] as const;
