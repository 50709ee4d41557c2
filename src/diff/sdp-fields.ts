// A message's session description → its sections, the session's own and one for each medium, each with its lines by type.

import type { Section } from '../sdp/section.ts';
import { parseSdp } from '../sdp/session.ts';
import type { SipMessage } from '../sip/message.ts';
import type { Fields } from './message-fields.ts';
import { maskedSdp } from './sdp-mask.ts';

export interface SdpFields {
  /** `SDP`, `SDP audio`, `SDP audio 2`. */
  readonly name: string;
  /** The value of its m= line; '' of the session's own. */
  readonly media: string;
  /** By `c=`, `a=rtpmap`, `a=direction`. */
  readonly fields: Fields;
}

/** The session's own first; empty where the message has no session description. */
export function sdpFields(message: SipMessage, masked: boolean): SdpFields[] {
  const body = message.sdpBody();
  if (body === undefined) return [];
  const description = parseSdp(message.data, body.start, body.end);
  const counts = new Map<string, number>();
  return [description, ...description.media].map((section, index) => {
    const media = index === 0 ? '' : (section.first('m') ?? '');
    const kind = /^\S*/.exec(media)![0];
    const count = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, count);
    const name = index === 0 ? 'SDP' : `SDP ${kind}${count > 1 ? ` ${count}` : ''}`;
    return { name, media, fields: lineFields(section, name, masked) };
  });
}

function lineFields(section: Section, owner: string, masked: boolean): Fields {
  const fields: Fields = new Map();
  for (const line of section.lines) {
    const [key, value] = named(line.type, section.text(line));
    const field = fields.get(key) ?? { name: `${owner} ${key}`, values: [] };
    fields.set(key, field);
    field.values.push(masked ? maskedSdp(key, value) : value);
  }
  return fields;
}

function named(type: string, text: string): [key: string, value: string] {
  if (type === '') return ['line', text];
  if (type !== 'a') return [`${type}=`, text];
  const colon = text.indexOf(':');
  if (colon >= 0) return [`a=${text.slice(0, colon)}`, text.slice(colon + 1)];
  // RFC 8866 §6.7: one of four.
  return DIRECTIONS.has(text.trim()) ? ['direction', text.trim()] : [`a=${text}`, ''];
}

const DIRECTIONS: ReadonlySet<string> = new Set(['sendrecv', 'sendonly', 'recvonly', 'inactive']);
