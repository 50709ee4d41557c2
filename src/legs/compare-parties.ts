// Who calls whom, who registers, and what servers and clients say of themselves.
import type { Frames, Surroundings } from './compare.ts';
import type { Evidence } from './evidence.ts';
import type { LegTraits } from './traits.ts';

export function compareParties(
  x: LegTraits,
  y: LegTraits,
  around: Surroundings,
  { a, b }: Frames,
  found: Evidence,
): void {
  const sameFrom = x.fromUser !== '' && x.fromUser === y.fromUser;
  if (sameFrom) found.add('from-user', 1, x.fromUser, y.fromUser, a, b);
  const called = calledUser(x, y);
  if (called === 'same') found.add('to-user', 1, x.toUser || x.targetUser, y.toUser || y.targetUser, a, b);
  else if (called === 'rewritten')
    found.add('to-user-rewritten', 1, x.targetUser || x.toUser, y.targetUser || y.toUser, a, b);
  else if (
    isCallBack(x, y) ||
    (called === 'other' && around.registered === '' && x.fromUser !== '' && y.fromUser !== '' && !sameFrom)
  ) {
    const [one, other] = found.keeps
      ? [x, y].map(({ fromUser, toUser }) => `${fromUser} to ${toUser}`)
      : ['', ''];
    found.oppose('parties-differ', one, other, a, b);
  }
  if (around.registered !== '') found.add('registered', 1, around.registered, around.registered, a, b);
  const identity = x.identities.find((user) => y.identities.includes(user));
  if (identity !== undefined) found.add('identity', 1, identity, identity, a, b);
  if (x.service !== '' && x.service === y.service) found.add('service', 1, x.service, y.service, a, b);
  if (x.binding !== '' && x.binding === y.binding) found.add('binding', 1, x.binding, y.binding, a, b);
  if (x.credentials !== '' && x.credentials === y.credentials) {
    const nonce = x.credentials;
    found.add('credentials', 1 / around.sharing('nonce', nonce), nonce, nonce, a, b);
  }
  if (x.cseq === y.cseq) {
    const number = found.keeps ? String(x.cseq) : '';
    found.add('cseq', 1, number, number, a, b);
  }
  if (x.agent !== '' && x.agent === y.agent) {
    const shown = found.keeps ? x.agent.split('\n')[0] : '';
    found.add('agent', 1, shown, shown, a, b);
  }
}

/** Who was called calls who called, one of the two hidden perhaps: no box turns a call round, whatever it rewrites. */
function isCallBack(x: LegTraits, y: LegTraits): boolean {
  const answers = x.toUser !== '' && x.toUser === y.fromUser;
  const isAnswered = x.fromUser !== '' && x.fromUser === y.toUser;
  const isOther = x.fromUser !== x.toUser && y.fromUser !== y.toUser;
  return isOther && (answers ? isAnswered || x.fromUser === '' : isAnswered && y.fromUser === '');
}

/** By To or by Request-URI: boxes rewrite either (RFC 7092 §3.1). */
function calledUser(x: LegTraits, y: LegTraits): 'same' | 'rewritten' | 'other' | 'unknown' {
  if (x.toUser !== '' && x.toUser === y.toUser) return 'same';
  if (x.targetUser !== '' && x.targetUser === y.targetUser) return 'same';
  if (x.toUser === '' && x.targetUser === '') return 'unknown';
  if (y.toUser === '' && y.targetUser === '') return 'unknown';
  const crossed =
    (x.toUser !== '' && x.toUser === y.targetUser) || (y.toUser !== '' && y.toUser === x.targetUser);
  return crossed ? 'rewritten' : 'other';
}
