// RFC 8760: Digest with MD5 alone is weak; RFC 7616 §3: qop keeps an answer from being used again.

import { rowEvidence } from '../evidence.ts';
import { isClear } from '../facts/clear-text.ts';
import { algorithmOf, challengesOf, credentialsOf, type DigestRow } from '../facts/digest.ts';
import type { MessageFacts } from '../facts/message-facts.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'security/digest-weak',
    severity: 'warning',
    scope: 'transaction',
    tier: 1,
    since: '0.2.0',
    summary: 'A challenge offers SHA-256 and qop, and a client takes the strongest algorithm offered.',
    why: 'An MD5 answer seen on the wire gives the password to a guessing program in minutes; without qop it can be used again.',
    exceptions: [
      'The scheme is AKA (RFC 3310), whose keys are not passwords.',
      'Over TLS the exchange cannot be read; a topmost Via that says TLS means that the capture shows what was decrypted.',
    ],
    fix: 'Offer SHA-256 with qop="auth" beside MD5, and move clients to TLS.',
    sources: [
      { document: 'RFC 8760', section: '2.6', says: 'how several algorithms are offered and one is chosen' },
      { document: 'RFC 7616', section: '3.3', says: 'qop and algorithm of a challenge' },
      { document: 'RFC 3261', section: '22.4', says: 'Digest in SIP' },
    ],
    messages: {
      md5: 'The challenge of realm "{realm}" offers MD5 only',
      'no-qop': 'The challenge of realm "{realm}" has no qop',
      'qop-unused': 'qop was offered for realm "{realm}" and is not used',
      'weaker-chosen': 'MD5 was used for realm "{realm}", though {offered} was offered',
      cleartext:
        'Digest credentials for realm "{realm}" go over {transport}, where a password can be guessed from them',
    },
  },
  create({ report }) {
    const challenge = (message: MessageFacts): void => {
      const rows = challengesOf(message.sip).filter(isDigest);
      for (const [realm, offered] of byRealm(rows)) {
        const evidence = offered.map(({ row }) => rowEvidence(message, row));
        if (offered.every((one) => /^MD5/.test(algorithmOf(one))))
          report({ message: 'md5', data: { realm }, at: message, evidence });
        if (offered.every((one) => one.get('qop') === undefined))
          report({ message: 'no-qop', data: { realm }, at: message, evidence });
      }
    };
    return {
      transaction({ request, responses, leg }) {
        const challenged = responses.find(({ status }) => status === 401 || status === 407);
        if (challenged !== undefined) challenge(challenged);
        if (request === undefined) return;
        for (const used of credentialsOf(request.sip).filter(isDigest)) {
          const realm = used.get('realm') ?? '';
          const evidence = [rowEvidence(request, used.row)];
          if (isClear(request.sip)) {
            const data = { realm, transport: request.sip.transport.toUpperCase() };
            report({ message: 'cleartext', data, at: request, evidence, severity: 'info' });
          }
          const nonce = used.get('nonce');
          for (const { responses: before } of leg.transactions) {
            const offer = before.find(({ status, sip }) => {
              return (
                (status === 401 || status === 407) &&
                challengesOf(sip).some((one) => one.get('nonce') === nonce)
              );
            });
            if (offer === undefined) continue;
            const rows = challengesOf(offer.sip).filter((one) => isDigest(one) && one.get('realm') === realm);
            const stronger = rows.map(algorithmOf).find((name) => name.startsWith('SHA-'));
            const at = [request, offer];
            if (/^MD5/.test(algorithmOf(used)) && stronger !== undefined)
              report({ message: 'weaker-chosen', data: { realm, offered: stronger }, at, evidence });
            const mine = rows.find((one) => one.get('nonce') === nonce);
            if (mine?.get('qop') !== undefined && used.get('qop') === undefined)
              report({ message: 'qop-unused', data: { realm }, at, evidence });
            break;
          }
        }
      },
    };
  },
});

function isDigest(one: DigestRow): boolean {
  return one.scheme === 'digest' && !/^AKAV/.test(algorithmOf(one));
}

function byRealm(rows: readonly DigestRow[]): Map<string, DigestRow[]> {
  return Map.groupBy(rows, (one) => one.get('realm') ?? '');
}
