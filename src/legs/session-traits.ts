// A session description → what of it survives a box: its origin, its medium kinds, what only one endpoint would write.
import { cutLines } from '../sdp/line.ts';
import { sameText } from './same-text.ts';

export interface SessionTraits {
  /** o= without addresses: username, session and version (RFC 8866 §5.2); '' where constants stand there. */
  readonly origin: string;
  /** Its session number alone; '' where it is too short to tell sessions apart. */
  readonly session: string;
  /** All lines but those that a relay rewrites: o=, c=, ports. */
  readonly text: string;
  /** ICE, DTLS, SRTP and SSRC values (RFC 8839, RFC 8122, RFC 4568, RFC 5576). */
  readonly keys: string;
  /** `audio 0 8 101`: media with their formats. */
  readonly formats: string;
  /** `audio video`, sorted, both kinds of instant messages as `message`. */
  readonly kinds: string;
}

/** Its session number alone. */
export function sessionNumber(data: Buffer, start: number, end: number): string {
  let session = '';
  for (const { type, valueStart, valueEnd } of cutLines(data, start, end)) {
    if (type === 'o') session = numberIn(data.toString('latin1', valueStart, valueEnd).split(' '));
  }
  return session;
}

export function sessionTraits(data: Buffer, start: number, end: number): SessionTraits {
  let origin = '';
  let session = '';
  const lines: string[] = [];
  const keys: string[] = [];
  const formats: string[] = [];
  const kinds = new Set<string>();
  for (const { type, valueStart, valueEnd } of cutLines(data, start, end)) {
    const value = data.toString('latin1', valueStart, valueEnd);
    if (type === 'o') {
      const fields = value.split(' ');
      session = numberIn(fields);
      origin = session === '' ? '' : fields.slice(0, 3).join(' ');
    } else if (type === 'm') {
      const [media, port, protocol, ...list] = value.split(' ');
      formats.push([media, ...list].join(' '));
      if (port !== '0') kinds.add(media === 'x-ms-message' ? 'message' : media);
      lines.push(`m=${media} ${protocol} ${list.join(' ')}`);
    } else if (type !== 'c') {
      if (type === 'a' && KEY.test(value)) keys.push(value);
      // Boxes write the direction where it was left to its default (RFC 8866 §6.7).
      if (!ADDRESSED.test(value) && value !== 'sendrecv') lines.push(`${type}=${value}`);
    }
  }
  return {
    origin,
    session,
    text: sameText(lines.join('\n')),
    keys: keys.join('\n'),
    formats: sameText(formats.join('\n')),
    kinds: sameText([...kinds].sort().join(' ')),
  };
}

/** Of the fields of o= (RFC 8866 §5.2); '' where it is too short to tell sessions apart. */
function numberIn([, id]: readonly string[]): string {
  return id !== undefined && id.length >= TELLING ? id : '';
}

const TELLING = 5;
const KEY = /^(ice-ufrag|ice-pwd|fingerprint|crypto|ssrc|label|msid):/;
/** Attributes that carry addresses or ports. */
const ADDRESSED = /^(rtcp|candidate|path|remote-candidates|alt|altc):/;
