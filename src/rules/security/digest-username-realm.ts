// RFC 3261 §22, RFC 7616 §3.4: credentials name the realm that was asked for, the URI of the request, and are tried once.
import { rowEvidence } from '../evidence.ts';
import { challengesOf, credentialsOf } from '../facts/digest.ts';
import { defineRule } from '../rule.ts';
import { AuthenticationFailures } from './authentication-failures.ts';

export default defineRule({
  meta: {
    id: 'security/digest-username-realm',
    severity: 'warning',
    scope: 'transaction',
    tier: 2,
    since: '0.2.0',
    summary:
      'Credentials answer the challenge that was made, for the URI of the request, and a refused password is not tried again and again.',
    why: 'Credentials for another realm or URI are refused, which users see as a registration that never succeeds; many refusals from one source are somebody guessing.',
    exceptions: [
      'The challenge said stale=true: the same password may be tried with the new nonce.',
      'A proxy between retargeted the request, so that its URI differs from the one that was signed.',
    ],
    fix: 'Correct realm, user and password of the client; block a source that keeps guessing.',
    sources: [
      {
        document: 'RFC 3261',
        section: '22.1',
        says: 'a client does not retry credentials that were just refused',
      },
      { document: 'RFC 7616', section: '3.4', says: 'what the parameters of credentials hold' },
    ],
    messages: {
      uri: 'Credentials are for {uri}, the request is for {target}',
      realm: 'Credentials are for realm "{realm}", the challenge was for "{asked}"',
      malformed: 'The credentials lack {missing}',
      unchanged: 'The same credentials were sent again after they were refused',
      'brute-force': '{failures} refused authentications from {source} within {seconds} s',
      enumeration: '{source} tried {users} users, and is told apart those that exist from those that do not',
    },
  },
  create({ policy, report }) {
    const failures = new AuthenticationFailures(policy.thresholds);
    return {
      transaction(transaction) {
        const { request, leg, upstream } = transaction;
        if (request === undefined || request.truncated || upstream !== undefined || request.method === 'ACK')
          return;
        for (const used of credentialsOf(request.sip)) {
          if (used.scheme !== 'digest') continue;
          const evidence = [rowEvidence(request, used.row)];
          const missing = NEEDED.find((name) => used.get(name) === undefined);
          if (missing !== undefined) {
            report({ message: 'malformed', data: { missing }, at: request, evidence });
            continue;
          }
          const realm = used.get('realm')!;
          const uri = used.get('uri')!;
          const target = request.sip.requestUri;
          if (withoutParameters(uri) !== withoutParameters(target))
            report({ message: 'uri', data: { uri, target }, at: request, evidence });
          const refused = leg.transactions.flatMap(({ responses, request: asked }) => {
            const answer = responses.find(({ status }) => status === 401 || status === 407);
            return answer === undefined || asked === undefined || asked.frame >= request.frame
              ? []
              : [{ asked, answer }];
          });
          const challenges = refused.flatMap(({ answer }) => challengesOf(answer.sip));
          const realms = challenges.map((one) => one.get('realm') ?? '');
          if (realms.length > 0 && !realms.includes(realm))
            report({
              message: 'realm',
              data: { realm, asked: realms.join('", "') },
              at: [request, refused.at(-1)!.answer],
              evidence,
            });
          // Another realm's challenge does not refuse these (RFC 3261 §22.3: several proxies each ask for theirs).
          const again = refused.find(({ asked, answer }) => {
            if (!challengesOf(answer.sip).some((one) => one.get('realm') === realm)) return false;
            return credentialsOf(asked.sip).some(
              (one) => one.get('nonce') === used.get('nonce') && one.get('response') === used.get('response'),
            );
          });
          if (
            again !== undefined &&
            !challengesOf(again.answer.sip).some((one) => one.get('stale')?.toLowerCase() === 'true')
          )
            report({ message: 'unchanged', at: [request, again.answer], evidence });
        }
      },
      live(m, info) {
        if (info.retransmissionOf > 0 || info.duplicateOf > 0) return;
        const found = failures.add(m);
        if (found === undefined) return;
        const severity = found.kind === 'brute-force' ? 'error' : 'warning';
        report({
          message: found.kind,
          data: found.data,
          at: [],
          frames: found.frames,
          peer: found.source,
          severity,
          time: { seconds: m.seconds, nanoseconds: m.nanoseconds },
        });
      },
    };
  },
});

function withoutParameters(uri: string): string {
  return uri
    .replace(/^<|>$/g, '')
    .split(/[;?]/)[0]!
    .toLowerCase()
    .replace(/:5060$/, '');
}

const NEEDED = ['username', 'realm', 'nonce', 'uri', 'response'];
