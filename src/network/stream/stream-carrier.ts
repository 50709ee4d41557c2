// The first octets of a stream, over TCP or decrypted → what carries SIP on it, if anything does.
import { isHep3 } from '../hep/hep3.ts';
import { mayBeTlsRecordAt, START, startLineAt } from '../tcp/tcp-start-line.ts';
import { handshakeAt } from '../web-socket/web-socket-handshake.ts';
import { sipMessageAt } from '../web-socket/web-socket-inflate.ts';

/** `sip` also while the octets are too few to tell. */
export type Carrier = 'sip' | 'web-socket' | 'hep' | 'tls' | 'none';

/** RFC 3261 §7.5: line ends may come before a start line. */
export function carrierOf(data: Buffer, start: number, end: number): Carrier {
  if (data[start] === TLS_HANDSHAKE && mayBeTlsRecordAt(data, start, end)) return 'tls';
  if (isHep3(data, start, end)) return 'hep';
  // No method of SIP begins as GET or HTTP do.
  if (handshakeAt(data, start, end) !== START.no) return 'web-socket';
  let at = start;
  while (at < end && (data[at] === CR || data[at] === LF)) at++;
  if (at === end || startLineAt(data, at, end) !== START.no) return 'sip';
  return sipMessageAt(data, start, end) ? 'web-socket' : 'none';
}

/** The same of a segment from the middle of a stream, when it shows; `sip` where it does not. */
export function joinedCarrier(data: Buffer, start: number, end: number): 'sip' | 'web-socket' | 'hep' {
  if (isHep3(data, start, end)) return 'hep';
  return handshakeAt(data, start, end) === START.yes || sipMessageAt(data, start, end) ? 'web-socket' : 'sip';
}

const LF = 10;
const CR = 13;
const TLS_HANDSHAKE = 22;
