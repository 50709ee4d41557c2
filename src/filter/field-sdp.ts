// Fields of the session description in a message: sdp.* by Wireshark's names, and our own sdp.codec, sdp.im.

import { parseCandidate } from '../sdp/candidate.ts';
import { codecsOf } from '../sdp/codec.ts';
import { parseConnection } from '../sdp/connection.ts';
import { parseCrypto } from '../sdp/crypto.ts';
import { im } from '../sdp/instant-message.ts';
import type { MediaDescription } from '../sdp/media.ts';
import { parseOrigin } from '../sdp/origin.ts';
import { parseFmtp, parseRtpmap } from '../sdp/rtpmap.ts';
import type { Section } from '../sdp/section.ts';
import type { SessionDescription } from '../sdp/session.ts';
import type { Field, FieldType, Value } from './field.ts';

export const SDP_FIELDS: readonly Field[] = [
  field('sdp', 'presence', 'a session description', (_sd, out) => void out.push(true)),
  session('sdp.version', 'v'),
  session('sdp.owner', 'o'),
  ...parts('sdp.owner', 'o', parseOrigin, {
    username: 'username',
    sessionid: 'sessionId',
    version: 'sessionVersion',
    network_type: 'networkType',
    address_type: 'addressType',
    address: 'address',
  }),
  session('sdp.session_name', 's'),
  session('sdp.session_info', 'i'),
  session('sdp.uri', 'u'),
  session('sdp.email', 'e'),
  session('sdp.phone', 'p'),
  everywhere('sdp.connection_info', 'c'),
  ...parts('sdp.connection_info', 'c', parseConnection, {
    network_type: 'networkType',
    address_type: 'addressType',
    address: 'address',
    ttl: 'ttl',
    num_addr: 'addressCount',
  }),
  everywhere('sdp.bandwidth', 'b'),
  ...parts('sdp.bandwidth', 'b', cut, { modifier: 'name', value: 'value' }),
  session('sdp.time', 't'),
  ...parts('sdp.time', 't', words, { start: 'first', stop: 'second' }),
  session('sdp.repeat_time', 'r'),
  session('sdp.timezone', 'z'),
  everywhere('sdp.encryption_key', 'k'),
  session('sdp.session_attr', 'a'),
  ...attributes('sdp.session_attr', (sd) => [sd]),
  field('sdp.media', 'text', 'each m= line', (sd, out) =>
    out.push(...sd.media.map((one) => one.text(one.line))),
  ),
  media('sdp.media.media', 'text', 'kind of each media', (one) => [one.media]),
  media('sdp.media.port', 'number', 'port of each media', (one) =>
    Number.isNaN(one.port) ? [] : [one.port],
  ),
  media('sdp.media.port_string', 'text', 'port of each media as text', (one) =>
    Number.isNaN(one.port) ? [] : [String(one.port)],
  ),
  media('sdp.media.portcount', 'text', 'number of ports, where said', (one) =>
    one.portCount === 1 ? [] : [String(one.portCount)],
  ),
  media('sdp.media.proto', 'text', 'protocol of each media', (one) => [one.protocol]),
  media('sdp.media.format', 'text', 'formats of each media as they stand', (one) => one.formats),
  media('sdp.media_title', 'text', 'i= of each media', (one) => one.all('i')),
  media('sdp.media_attr', 'text', 'attributes of each media, whole', (one) => one.all('a')),
  ...attributes('sdp.media_attribute', (sd) => sd.media),
  media('sdp.mime.type', 'text', 'encoding names of each rtpmap', (one) =>
    one.attributeValues('rtpmap').flatMap((value) => parseRtpmap(value)?.encoding ?? []),
  ),
  media('sdp.sample_rate', 'text', 'clock rates of each rtpmap', (one) =>
    one.attributeValues('rtpmap').flatMap((value) => String(parseRtpmap(value)?.clockRate ?? '') || []),
  ),
  media('sdp.fmtp.parameter', 'text', 'parameters of each fmtp', (one) =>
    one.attributeValues('fmtp').flatMap((value) => parseFmtp(value).parameters.split(/;\s*/)),
  ),
  media('sdp.crypto.tag', 'number', 'tag of each crypto', (one) =>
    one.attributeValues('crypto').flatMap((value) => parseCrypto(value)?.tag ?? []),
  ),
  media('sdp.crypto.crypto_suite', 'text', 'suite of each crypto', (one) =>
    one.attributeValues('crypto').flatMap((value) => parseCrypto(value)?.suite ?? []),
  ),
  ...(['foundation', 'component', 'transport', 'priority', 'address', 'port', 'type'] as const).map((part) =>
    media(
      `sdp.ice_candidate.${part === 'component' ? 'componentid' : part}`,
      'text',
      `${part} of each ICE candidate`,
      (one) =>
        one
          .attributeValues('candidate')
          .flatMap((value) => String(parseCandidate(value)?.[part] ?? '') || []),
    ),
  ),
  field('sdp.invalid', 'text', 'lines that are no SDP lines', (sd, out) => {
    for (const line of sd.allLines) if (line.type === '') out.push(sd.text(line));
  }),
  media('sdp.codec', 'text', 'codecs of each media: PCMU/8000', (one) => codecsOf(one)),
  media('sdp.direction', 'text', 'sendrecv, sendonly, recvonly or inactive', (one) => [one.direction]),
  field('sdp.im', 'boolean', 'has m=message or m=x-ms-message', (sd, out) => void out.push(im(sd))),
];

function field(
  name: string,
  type: FieldType,
  about: string,
  read: (sd: SessionDescription, out: Value[]) => void,
): Field {
  return {
    name,
    type,
    level: 'message',
    about,
    read: ({ sdp }, out) => {
      if (sdp !== null) read(sdp, out);
    },
  };
}

function session(name: string, letter: string): Field {
  return field(name, 'text', `${letter}= of the session`, (sd, out) => out.push(...sd.all(letter)));
}

function everywhere(name: string, letter: string): Field {
  return field(name, 'text', `${letter}= of the session and its media`, (sd, out) =>
    out.push(...allOf(sd, letter)),
  );
}

function media(
  name: string,
  type: FieldType,
  about: string,
  values: (one: MediaDescription) => readonly Value[],
): Field {
  return field(name, type, about, (sd, out) => {
    for (const one of sd.media) for (const value of values(one)) if (value !== '') out.push(value);
  });
}

function parts<Parsed>(
  prefix: string,
  letter: string,
  parse: (value: string) => Parsed,
  names: Readonly<Record<string, keyof Parsed>>,
): Field[] {
  return Object.entries(names).map(([name, key]) =>
    field(`${prefix}.${name}`, 'text', `${name.replaceAll('_', ' ')} of ${letter}=`, (sd, out) => {
      for (const value of allOf(sd, letter)) {
        const part = parse(value)[key];
        if (part !== undefined && part !== '') out.push(String(part));
      }
    }),
  );
}

function attributes(prefix: string, sections: (sd: SessionDescription) => readonly Section[]): Field[] {
  return (['field', 'value'] as const).map((part) =>
    field(
      `${prefix}.${part}`,
      'text',
      `${part === 'field' ? 'name' : 'value'} of each attribute`,
      (sd, out) => {
        for (const section of sections(sd)) {
          for (const { name, value } of section.attributes) {
            const text = part === 'field' ? name : value;
            if (text !== '') out.push(text);
          }
        }
      },
    ),
  );
}

function allOf(sd: SessionDescription, letter: string): string[] {
  return [sd, ...sd.media].flatMap((section: Section) => section.all(letter));
}

function cut(text: string): { name: string; value: string } {
  const [name, value = ''] = text.split(':', 2);
  return { name, value };
}

function words(text: string): { first: string; second: string } {
  const [first = '', second = ''] = text.trim().split(/ +/);
  return { first, second };
}
