// RFC 3325 §5, §6, §9.1: an asserted identity counts only from who is trusted; a preferred one goes no further than the first
// trusted proxy; there are at most two, one of each scheme.
import { HEADER } from '../../sip/header/header-names.ts';
import { headerEvidence } from '../evidence.ts';
import type { Crossing } from '../facts/crossing.ts';
import { trustsPeer } from '../facts/trust.ts';
import { graded } from '../facts/verdict.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'privacy/asserted-identity-from-untrusted',
    severity: 'error',
    scope: 'call',
    tier: 1,
    since: '0.2.0',
    twoSided: true,
    summary:
      'P-Asserted-Identity of an untrusted peer does not go on, P-Preferred-Identity goes on never, and there are two asserted identities at most.',
    why: 'Whoever is let in can call under any number: fraud, and calls to emergency services from the wrong place.',
    exceptions: ['The peer was authenticated.', 'No policy says who is trusted: info.'],
    fix: 'Remove or replace P-Asserted-Identity at the border to untrusted peers; say in the policy who is trusted.',
    sources: [
      {
        document: 'RFC 3325',
        section: '5',
        says: 'from a node that is not trusted it is replaced or removed',
      },
      { document: 'RFC 3325', section: '6', says: 'the preferred identity is removed' },
      { document: 'RFC 3325', section: '9.1', says: 'one or two values, a sip or sips and a tel URI' },
    ],
    messages: {
      forwarded: 'P-Asserted-Identity {uri} of {peer} went on, and nothing authenticated it',
      preferred: 'P-Preferred-Identity {uri} went on',
      values: 'P-Asserted-Identity has {count} values, or two of one scheme: {uris}',
    },
  },
  create: ({ report, policy }) => ({
    message(message) {
      const { sip } = message;
      if (sip.find(HEADER['P-Asserted-Identity']) < 0) return;
      const values = sip.addresses(HEADER['P-Asserted-Identity']);
      const kinds = values.map(({ uri }) => (uri.scheme === 'sips' ? 'sip' : uri.scheme));
      if (values.length <= 2 && new Set(kinds).size === kinds.length) return;
      report({
        message: 'values',
        data: { count: values.length, uris: values.map(({ uri }) => uri.text).join(', ') },
        at: message,
        evidence: headerEvidence(message, HEADER['P-Asserted-Identity'], 'P-Asserted-Identity'),
      });
    },
    crossing(crossing) {
      if (!crossing.judged || crossing.far === null) return;
      const trusted = trustsPeer(policy, crossing.near);
      for (const { received, sent, fromCaller } of crossing.requests) {
        if (!fromCaller || !received.initial || sent === undefined) continue;
        const [before, after] = [received.request!, sent.request!];
        const severity = trusted === null ? ('info' as const) : ('error' as const);
        const preferred = after.sip.addresses(HEADER['P-Preferred-Identity'])[0];
        if (preferred !== undefined)
          report({
            message: 'preferred',
            data: { uri: preferred.uri.text },
            at: [after, before],
            evidence: headerEvidence(after, HEADER['P-Preferred-Identity'], 'P-Preferred-Identity'),
            crossing,
            ...graded(severity, crossing.controller),
          });
        if (trusted === true || isAuthenticated(crossing)) continue;
        const came = new Set(before.sip.addresses(HEADER['P-Asserted-Identity']).map(({ uri }) => uri.text));
        const kept = after.sip.addresses(HEADER['P-Asserted-Identity']).find(({ uri }) => came.has(uri.text));
        if (kept === undefined) continue;
        report({
          message: 'forwarded',
          data: { uri: kept.uri.text, peer: before.sip.src.text },
          at: [after, before],
          evidence: headerEvidence(after, HEADER['P-Asserted-Identity'], 'P-Asserted-Identity'),
          crossing,
          ...graded(severity, crossing.controller),
        });
      }
    },
  }),
});

/** A challenge on this leg was met. */
function isAuthenticated({ a }: Crossing): boolean {
  const challenged = a.transactions.some(({ final }) => final?.status === 401 || final?.status === 407);
  return challenged && a.transactions.some(({ success }) => success !== undefined);
}
