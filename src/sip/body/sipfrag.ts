// message/sipfrag (RFC 3420 §2): a message of which the start line, headers or the body may be left out. What NOTIFY
// carries about the progress of a REFER.
import { SipMessage } from '../message.ts';
import { scanFragment } from '../scan.ts';

/** The fragment `data[start, end)` as a message; without a start line it is no request and its status is 0. */
export function parseSipfrag(data: Buffer, start = 0, end: number = data.length): SipMessage {
  const message = new SipMessage();
  scanFragment(message, data, start, end);
  return message;
}
