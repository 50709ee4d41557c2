// The CANCEL of an INVITE, made of the INVITE's octets (RFC 3261 §9.1).
import { HEADER } from '../../sip/header-names.ts';
import { messageOf } from '../../sip/parse.ts';
import { requestLine, writeMessage } from '../../sip/write.ts';

export function makeCancel(
  invite: Buffer,
  extraHeaders: readonly (readonly [name: string, value: string])[],
): Buffer {
  const request = messageOf(invite);
  // The INVITE is the core's own.
  if (request === null) throw new Error('the INVITE that was sent is no request');
  const headers: (readonly [string, string])[] = [
    ['Via', request.vias[0].text],
    ['Max-Forwards', '70'],
    ['From', request.value(HEADER.From) ?? ''],
    ['To', request.value(HEADER.To) ?? ''],
    ['Call-ID', request.callId],
    ['CSeq', `${request.cseqNumber} CANCEL`],
  ];
  for (let row = request.find(HEADER.Route); row >= 0; row = request.find(HEADER.Route, row + 1)) {
    headers.push(['Route', request.headerValue(row)]);
  }
  headers.push(...extraHeaders);
  return writeMessage({ startLine: requestLine('CANCEL', request.requestUri), headers });
}
