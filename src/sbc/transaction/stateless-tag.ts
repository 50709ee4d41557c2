// The To tag of a response that no state is kept for: the same for each retransmission of the request (RFC 3261 §8.2.7),
// so it is made of what identifies the transaction. No dialog comes of these responses.
import { hashText } from '../../dialog/kept/octets.ts';
import type { SipMessage } from '../../sip/message.ts';

export function statelessTag({ branch, callId, fromTag, cseqNumber }: SipMessage): string {
  const first = hashText(`${branch}\n${cseqNumber}`);
  const second = hashText(`${callId}\n${fromTag}`);
  return hex(first) + hex(second);
}

function hex(number: number): string {
  return (number >>> 0).toString(16).padStart(8, '0');
}
