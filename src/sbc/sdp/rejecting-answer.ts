// An offer → the answer that takes none of it: as many m= lines, each with port 0 (RFC 3264 §6).
import { parseSdp } from '../../sdp/session.ts';

/** `address`: IP address of the SBC's, for o= and c=. */
export function rejectingAnswer(offer: Buffer, address: string): Buffer {
  const here = `IN ${address.includes(':') ? 'IP6' : 'IP4'} ${address}`;
  const lines = ['v=0', `o=- 0 0 ${here}`, 's=-', `c=${here}`, 't=0 0'];
  for (const { media, protocol, formats } of parseSdp(offer).media)
    lines.push(`m=${media} 0 ${protocol} ${formats.join(' ')}`);
  return Buffer.from(`${lines.join('\r\n')}\r\n`);
}
