// A message → the transaction it belongs to at its hop (RFC 3261 §17.1.3, §17.2.3), as a text.

import type { SipMessage } from '../sip/message.ts';
import { METHOD } from '../sip/method.ts';

/**
 * Of a request and of its responses the same; an ACK for a failure and a CANCEL have one of their own. `hop` tells apart
 * what different adjacencies see.
 */
export function transactionKey(message: SipMessage, hop: string, method = message.cseqMethod): string {
  return `${hop} ${message.callId} ${message.cseqNumber} ${method} ${message.branch}`;
}

/**
 * The same where Call-ID and CSeq may have been made otherwise: by the branch alone, where that is unique (RFC 3261 §8.1.1.7).
 * CANCEL has the branch of its INVITE.
 */
export function branchKey(message: SipMessage, hop: string): string {
  const { branch, cseqMethod } = message;
  return branch.startsWith('z9hG4bK') ? `${hop} ${cseqMethod} ${branch}` : transactionKey(message, hop);
}

/** The INVITE that an ACK or a CANCEL with the same branch is for (RFC 3261 §9.1, §17.1.1.3). */
export function inviteKey(message: SipMessage, hop: string): string {
  return transactionKey(message, hop, 'INVITE');
}

/** RFC 3261 §12.2: a request outside any dialog; ACK and CANCEL belong to another. */
export function isInitial({ isRequest, toTagStart, methodId }: SipMessage): boolean {
  return isRequest && toTagStart < 0 && methodId !== METHOD.ACK && methodId !== METHOD.CANCEL;
}
