// What a client transaction sends on the way of its INVITE besides it, made of the INVITE's octets: the ACK to a final
// response other than 2xx (RFC 3261 §17.1.1.3), and the CANCEL (§9.1).
import { HEADER } from '../../sip/header/header-names.ts';
import type { SipMessage } from '../../sip/message.ts';
import { messageOf } from '../../sip/parse.ts';
import { makeRequest } from '../message/request.ts';

type Headers = readonly (readonly [name: string, value: string])[];

/** To is that of the response, with its tag. */
export function makeAck(invite: Buffer, response: SipMessage): Buffer {
  return hopRequest('ACK', invite, response, []);
}

export function makeCancel(invite: Buffer, extraHeaders: Headers): Buffer {
  return hopRequest('CANCEL', invite, null, extraHeaders);
}

function hopRequest(
  method: 'ACK' | 'CANCEL',
  octets: Buffer,
  response: SipMessage | null,
  extra: Headers,
): Buffer {
  const invite = messageOf(octets);
  // It is the core's own.
  if (invite === null) throw new Error('the INVITE that was sent is no message');
  const to = response?.value(HEADER.To) ?? invite.value(HEADER.To) ?? '';
  const headers: (readonly [string, string])[] = [
    // The one Via is the topmost of the INVITE, with its branch.
    ['Via', invite.values(HEADER.Via)[0] ?? ''],
    ['Max-Forwards', '70'],
    ['From', invite.value(HEADER.From) ?? ''],
    ['To', to],
    ['Call-ID', invite.callId],
    ['CSeq', `${invite.cseqNumber} ${method}`],
  ];
  for (let row = invite.find(HEADER.Route); row >= 0; row = invite.find(HEADER.Route, row + 1)) {
    headers.push(['Route', invite.headerValue(row)]);
  }
  return makeRequest({ method, uri: invite.requestUri, headers: [...headers, ...extra] });
}
