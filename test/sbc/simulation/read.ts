// Octets on a wire → the message that the receiver reads, and the words for it in ladders.
import { Payload } from '../../../src/network/payload.ts';
import type { Flow } from '../../../src/sbc/flow.ts';
import type { SipMessage } from '../../../src/sip/message.ts';
import { parseMessage } from '../../../src/sip/parse.ts';
import { linesOf, mediaOf } from './descriptions.ts';

/** `flow` as the receiver sees it. */
export function read(octets: Buffer, { transport, local, remote }: Flow): SipMessage | null {
  const payload = new Payload();
  payload.data = octets;
  payload.end = octets.length;
  payload.src = remote;
  payload.dst = local;
  payload.transport = transport;
  return parseMessage(payload)?.keep() ?? null;
}

/** `INVITE 1 call-1`, `200 (1 INVITE) call-1`. */
export function inShort(message: SipMessage): string {
  const what = message.isRequest
    ? `${message.method} ${message.cseqNumber}`
    : `${message.status} (${message.cseqNumber} ${message.cseqMethod})`;
  const media = mediaOf(message.body);
  const session = media === '' ? '' : ` (${media} ${linesOf(message.body)})`;
  return `${what} ${message.callId}${message.toTag === '' ? '' : ` →${message.toTag}`}${session}`;
}
