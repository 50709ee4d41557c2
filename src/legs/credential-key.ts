// The nonce of a leg's Digest challenge or credentials (RFC 7616 §3.3, §3.4): a box that passes authentication on to others
// passes it on unchanged, and a server makes each for one client.
import type { CallEvent } from '../dialog/call.ts';
import { parseCredentials } from '../sip/header/credentials.ts';
import { HEADER } from '../sip/header/header-names.ts';
import type { SipMessage } from '../sip/message.ts';

/** '' when nobody was asked to prove who he is. */
export function credentialKey(events: readonly CallEvent[]): string {
  for (const { message } of events.slice(0, FIRST)) {
    if (!message.isRequest && message.status !== 401 && message.status !== 407) continue;
    const nonce = nonceOf(message);
    if (nonce.length >= SHORTEST) return nonce;
  }
  return '';
}

function nonceOf(message: SipMessage): string {
  for (const id of message.isRequest ? IN_REQUESTS : IN_RESPONSES) {
    const value = message.value(id);
    if (value !== undefined) return parseCredentials(value).params.get('nonce') ?? '';
  }
  return '';
}

const IN_REQUESTS = [HEADER.Authorization, HEADER['Proxy-Authorization']];
const IN_RESPONSES = [HEADER['WWW-Authenticate'], HEADER['Proxy-Authenticate']];
const SHORTEST = 8;
const FIRST = 12;
