// Credentials that were not accepted: a request answers a challenge, and is challenged again for the same realm.
// RFC 3261 §22.2, §22.3; RFC 7616 §3.3 for `stale`.
import { parseCredentials } from '../../sip/header/credentials.ts';
import { HEADER, type HeaderId } from '../../sip/header/header-names.ts';
import type { SipMessage } from '../../sip/message.ts';
import type { Transaction } from '../transaction/transaction.ts';
import { isChallenge } from '../transaction/transaction-match.ts';

/** Notes what a request proves, when one of its kind was challenged before it in its call. */
export function credentialsSent(tx: Transaction, m: SipMessage): void {
  for (let one = tx.older; one !== null; one = one.older) {
    if (one.method !== tx.method || one.upstream !== null || !isChallenge(one.final)) continue;
    // Parsed only if it is challenged again.
    const proofs = credentials(credentials([], m, 401, AUTHORIZATION), m, 407, PROXY_AUTHORIZATION);
    if (proofs.length > 0) tx.proofs = proofs;
    return;
  }
}

/** Whether a 401 or 407 turns down the credentials of its request, instead of asking for some. */
export function refused(tx: Transaction, m: SipMessage): boolean {
  if (tx.proofs === null || !isChallenge(m.status)) return false;
  const header = m.status === 401 ? WWW_AUTHENTICATE : PROXY_AUTHENTICATE;
  const asked = realms(credentials([], m, m.status, header));
  const proofs = realms(tx.proofs);
  return proofs.length > 0 && asked.length > 0 && asked.every((realm) => proofs.includes(realm));
}

/** Adds `401 Digest realm="example.com", …` for each value of a header. */
function credentials(found: string[], m: SipMessage, status: number, header: HeaderId): string[] {
  for (let row = m.find(header); row >= 0; row = m.find(header, row + 1))
    found.push(`${status} ${m.headerValue(row)}`);
  return found;
}

/** `401 example.com` for each. A stale challenge asks for nothing but a newer nonce, an empty proof proves nothing. */
function realms(values: readonly string[]): string[] {
  const found: string[] = [];
  for (const value of values) {
    const { params } = parseCredentials(value.slice(4));
    if (params.get('stale')?.toLowerCase() === 'true') found.push(STALE);
    // RFC 3310 §3.3 and its users send an empty response where they know no nonce yet.
    else if (params.get('response') !== '') found.push(`${value.slice(0, 3)} ${params.get('realm') ?? ''}`);
  }
  return found;
}

const STALE = 'stale';
const AUTHORIZATION = HEADER.Authorization;
const PROXY_AUTHORIZATION = HEADER['Proxy-Authorization'];
const WWW_AUTHENTICATE = HEADER['WWW-Authenticate'];
const PROXY_AUTHENTICATE = HEADER['Proxy-Authenticate'];
