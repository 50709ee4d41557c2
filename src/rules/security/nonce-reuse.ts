// RFC 7616 §3.4, §5.4: the nonce count grows with each use, and an answer is used once.

import { textNumber } from '../../legs/token.ts';
import { METHOD } from '../../sip/method.ts';
import { algorithmOf, challengesOf, credentialsOf } from '../facts/digest.ts';
import { RecentMap } from '../facts/recent-map.ts';
import { RecentNumbers } from '../facts/recent-numbers.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'security/nonce-reuse',
    severity: 'error',
    scope: 'registration',
    tier: 1,
    since: '0.2.0',
    summary: 'Each use of a nonce raises its count, and no answer to a challenge is used again.',
    why: 'An answer that is accepted twice can be replayed by anyone who saw it.',
    exceptions: [
      'A retransmission, a forwarded copy, and an ACK or CANCEL carry the credentials of their request.',
      'A box between passes the credentials on.',
    ],
    fix: 'Have the client count nc up with every request, and the server refuse a count it has seen (stale=true with a fresh nonce).',
    sources: [
      { document: 'RFC 7616', section: '3.4', says: 'nc is counted so that replays are seen' },
      { document: 'RFC 7616', section: '5.4', says: 'limited use of a nonce' },
      { document: 'RFC 3261', section: '22.4', says: 'Digest in SIP' },
    ],
    messages: {
      count: 'nc {nc} follows nc {before} for the same nonce of realm "{realm}", user {user}',
      replayed: 'The same answer to the challenge of realm "{realm}" is used again, user {user}',
      overused: 'A nonce without qop of realm "{realm}" was used {uses} times, user {user}',
      'shared-nonce': 'The same nonce was given to {one} and to {other}',
    },
  },
  create({ policy, report }) {
    const { nonceUses } = policy.thresholds;
    const uses = new RecentMap<number, Use>(MOST);
    const issued = new RecentNumbers<Issue>(MOST, () => {});
    return {
      live(m, info) {
        if (info.retransmissionOf > 0 || info.duplicateOf > 0 || info.upstream >= 0) return;
        if (!m.isRequest) {
          if (m.status !== 401 && m.status !== 407) return;
          for (const challenge of challengesOf(m)) {
            const nonce = challenge.get('nonce');
            if (nonce === undefined || challenge.scheme !== 'digest') continue;
            const key = textNumber(nonce);
            const callId = shortNumber(m.callId);
            const before = issued.get(key);
            if (before === undefined)
              issued.set(key, { to: m.dst.ip, via: m.src.ip, callId, frame: m.frame });
            // What a box got on its far side it hands on to its near side: not two clients.
            else if (
              before.to !== m.dst.ip &&
              before.callId !== callId &&
              before.to !== m.src.ip &&
              before.via === m.src.ip
            ) {
              const data = { one: before.to, other: m.dst.ip };
              report({
                message: 'shared-nonce',
                // A nonce made of the time alone is the same for all who ask within it: weak, but no MUST is broken.
                severity: 'warning',
                data,
                at: [],
                frames: [m.frame, before.frame],
                peer: m.src.text,
                time: { seconds: m.seconds, nanoseconds: m.nanoseconds },
              });
            }
          }
          return;
        }
        // RFC 3261 §22.1: ACK and CANCEL repeat the credentials of what they belong to.
        if (m.methodId === METHOD.ACK || m.methodId === METHOD.CANCEL) return;
        for (const used of credentialsOf(m)) {
          const nonce = used.get('nonce');
          if (used.scheme !== 'digest' || nonce === undefined || algorithmOf(used).startsWith('AKA'))
            continue;
          const realm = used.get('realm') ?? '';
          const user = used.get('username') ?? '';
          const key = textNumber(`${realm}\n${nonce}\n${user}\n${m.src.ip}`);
          const count = used.get('nc');
          const nc = count === undefined ? -1 : Number.parseInt(count, 16);
          const response = shortNumber(used.get('response') ?? '');
          const before = uses.get(key);
          const next: Use = { nc, response, times: (before?.times ?? 0) + 1, frame: m.frame };
          // Goes last.
          uses.delete(key);
          uses.set(key, next);
          if (before === undefined) continue;
          const common = {
            at: [],
            frames: [m.frame, before.frame],
            peer: m.src.text,
            time: { seconds: m.seconds, nanoseconds: m.nanoseconds },
          };
          if (nc >= 0 && before.nc >= 0 && nc <= before.nc) {
            if (response === before.response)
              report({ message: 'replayed', data: { realm, user }, ...common });
            else report({ message: 'count', data: { nc, before: before.nc, realm, user }, ...common });
          } else if (nc < 0 && next.times === nonceUses + 1) {
            report({
              message: 'overused',
              data: { realm, uses: next.times, user },
              ...common,
              severity: 'warning',
            });
          }
        }
      },
    };
  },
});

interface Use {
  readonly nc: number;
  /** As a number. */
  readonly response: number;
  readonly times: number;
  readonly frame: number;
}

interface Issue {
  readonly to: string;
  readonly via: string;
  /** As a number. */
  readonly callId: number;
  readonly frame: number;
}

/** 32 bits of a text: enough for two that are compared, and the engine needs no room of its own for it. */
function shortNumber(text: string): number {
  return textNumber(text) | 0;
}

const MOST = 50_000;
