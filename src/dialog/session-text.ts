// The session description of a message as text that can be kept: copied once, scanned only when the media are asked for.
import { isInstantMessaging } from '../sdp/instant-message.ts';
import { scanMedia } from '../sdp/scan.ts';
import { HEADER } from '../sip/header-names.ts';
import type { SipMessage } from '../sip/message.ts';
import { COLUMN, COLUMNS } from '../sip/scan.ts';
import type { CallMedia } from './call.ts';
import { octetText } from './octets.ts';

/** The octets of the message's session description; '' when it has none. */
export function sessionText(m: SipMessage): string {
  if (m.bodyEnd <= m.bodyStart) return '';
  const row = m.find(CONTENT_TYPE);
  if (row < 0) return '';
  const start = m.table[row * COLUMNS + COLUMN.valueStart];
  const end = m.table[row * COLUMNS + COLUMN.valueEnd];
  // Without multipart the type says it all; only multipart bodies are taken apart.
  const first = m.data[start] | 32;
  if (first === LETTER_A) {
    return isSdp(m.data, start, end) ? octetText(m.data, m.bodyStart, m.bodyEnd) : '';
  }
  if (first !== LETTER_M) return '';
  const part = m.sdpBody();
  return part === undefined ? '' : octetText(m.data, part.start, part.end);
}

/** At least one section is instant messaging: m=message or m=x-ms-message. */
export function isInstantMessages(text: string): boolean {
  if (!text.includes('m=message') && !text.includes('m=x-ms-message')) return false;
  return mediaOf(text, 'caller').some((line) => isInstantMessaging(line.media));
}

export function mediaOf(text: string, side: 'caller' | 'callee'): CallMedia[] {
  if (text === '') return [];
  const octets = Buffer.from(text, 'latin1');
  return scanMedia(octets, 0, octets.length).map((line) => ({
    side,
    media: line.media,
    protocol: line.protocol,
    codecs: line.codecs,
    address: line.address,
    port: Number.isNaN(line.port) ? 0 : line.port,
    direction: line.direction,
    im: line.im,
  }));
}

/** RFC 3261 §7.4.1, §20.15: types compare without case, and parameters may follow. */
function isSdp(data: Buffer, start: number, end: number): boolean {
  if (end - start < SDP.length) return false;
  for (let i = 0; i < SDP.length; i++) {
    // Folding a `/` with 32 leaves it as it is.
    if ((data[start + i] | 32) !== SDP.charCodeAt(i)) return false;
  }
  const next = start + SDP.length;
  return next === end || data[next] === SEMICOLON || data[next] <= SPACE;
}

const SDP = 'application/sdp';
const CONTENT_TYPE = HEADER['Content-Type'];
const LETTER_A = 0x61;
const LETTER_M = 0x6d;
const SEMICOLON = 59;
const SPACE = 32;
