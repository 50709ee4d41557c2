// STUN on SIP's own port (RFC 5626 §3.5.2, §8): a binding request is a keep-alive, and is answered with the address that it came
// from (RFC 8489 §14.1, §14.2). Anything else of STUN is none of ours.
import { parseIpAddress } from '../network/ip/ip-octets.ts';

/** RFC 8489 §5: the first two bits are zero, the cookie is there, the length is that of the datagram. */
export function isStun(data: Buffer): boolean {
  return (
    data.length >= 20 &&
    data[0] < 4 &&
    data.readUInt32BE(4) === COOKIE &&
    data.readUInt16BE(2) === data.length - 20
  );
}

/** The answer to a binding request from `ip:port`; null when the message is another. */
export function stunAnswer(request: Buffer, ip: string, port: number): Buffer | null {
  const address = parseIpAddress(ip);
  if (!isStun(request) || request.readUInt16BE(0) !== BINDING_REQUEST || address === undefined) return null;
  const answer = Buffer.alloc(24 + 4 + address.length);
  answer.writeUInt16BE(BINDING_SUCCESS, 0);
  answer.writeUInt16BE(answer.length - 20, 2);
  request.copy(answer, 4, 4, 20);
  answer.writeUInt16BE(XOR_MAPPED_ADDRESS, 20);
  answer.writeUInt16BE(4 + address.length, 22);
  answer[25] = address.length === 4 ? 1 : 2;
  answer.writeUInt16BE(port ^ (COOKIE >>> 16), 26);
  // §14.2: the cookie, then the transaction id.
  for (let i = 0; i < address.length; i++) answer[28 + i] = address[i] ^ request[4 + i];
  return answer;
}

const COOKIE = 0x2112a442;
const BINDING_REQUEST = 0x0001;
const BINDING_SUCCESS = 0x0101;
const XOR_MAPPED_ADDRESS = 0x0020;
