// The ACK to a final response other than 2xx, made of the INVITE's octets and the response (RFC 3261 §17.1.1.3).
import { HEADER } from '../../sip/header-names.ts';
import type { SipMessage } from '../../sip/message.ts';
import { messageOf } from '../../sip/parse.ts';
import { requestLine, writeMessage } from '../../sip/write.ts';

export function makeAck(invite: Buffer, response: SipMessage): Buffer {
  const request = messageOf(invite);
  // The INVITE is the core's own.
  if (request === null) throw new Error('the INVITE that was sent is no request');
  const headers: [string, string][] = [
    // The one Via is the topmost of the INVITE.
    ['Via', request.vias[0].text],
    ['Max-Forwards', '70'],
    ['From', request.value(HEADER.From) ?? ''],
    // With the tag of the response.
    ['To', response.value(HEADER.To) ?? request.value(HEADER.To) ?? ''],
    ['Call-ID', request.callId],
    ['CSeq', `${request.cseqNumber} ACK`],
  ];
  for (let row = request.find(HEADER.Route); row >= 0; row = request.find(HEADER.Route, row + 1)) {
    headers.push(['Route', request.headerValue(row)]);
  }
  return writeMessage({ startLine: requestLine('ACK', request.requestUri), headers });
}
