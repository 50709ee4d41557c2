// A session description → each line with what it means in words, for people who look at a message.
import { parseAttribute } from './attribute.ts';
import { parseBandwidth } from './bandwidth.ts';
import { codecsOf } from './codec.ts';
import { parseConnection } from './connection.ts';
import { describeAttribute } from './describe-attribute.ts';
import { isInstantMessaging, isMsrp } from './instant-message.ts';
import type { SdpLine } from './line.ts';
import { MediaDescription } from './media.ts';
import { parseOrigin } from './origin.ts';
import type { Section } from './section.ts';
import type { SessionDescription } from './session.ts';
import { parseTime, unixSeconds } from './timing.ts';

export interface DescribedLine {
  readonly line: SdpLine;
  /** As it stands, without the line end. */
  readonly text: string;
  /** '' when there is nothing to say beyond the text. */
  readonly meaning: string;
}

export function describeSdp(sd: SessionDescription): DescribedLine[] {
  return [sd, ...sd.media].flatMap((section) => section.lines.map((line) => describe(section, line)));
}

function describe(section: Section, line: SdpLine): DescribedLine {
  const value = section.text(line);
  if (line.type === '')
    return { line, text: value, meaning: value === '' ? 'blank line' : 'not an SDP line' };
  const meaning =
    line.type === 'm' ? describeMedia(section) : (MEANINGS[line.type]?.(value, section, line) ?? UNKNOWN);
  return { line, text: `${line.type}=${value}`, meaning };
}

function describeMedia(section: Section): string {
  if (!(section instanceof MediaDescription)) return UNKNOWN;
  const { media, port, portCount, protocol, formats } = section;
  const what = isInstantMessaging(media) ? `instant messaging (${media})` : media;
  if (section.rejected) return `${what}: refused or removed (port 0)`;
  const where = `port ${port}${portCount > 1 ? ` and ${portCount - 1} more` : ''}, ${protocol}`;
  const list = isMsrp(section)
    ? 'MSRP session'
    : isInstantMessaging(media)
      ? formats.join(' ')
      : codecsOf(section).join(', ');
  return `${what} at ${where}: ${list}`;
}

function describeOrigin(value: string): string {
  const origin = parseOrigin(value);
  if (!origin.valid) return 'origin, not well-formed';
  const who = origin.username === '-' ? '' : ` of ${origin.username}`;
  return `session ${origin.sessionId}${who}, version ${origin.sessionVersion}, made at ${origin.address}`;
}

function describeConnection(value: string): string {
  const { address, ttl, addressCount, valid } = parseConnection(value);
  if (!valid) return 'connection, not well-formed';
  const times = addressCount === undefined ? '' : `, ${addressCount} addresses`;
  return `media wanted at ${address}${ttl === undefined ? '' : `, TTL ${ttl}`}${times}`;
}

function describeBandwidth(text: string): string {
  const { modifier, value } = parseBandwidth(text);
  if (Number.isNaN(value)) return 'bandwidth, not well-formed';
  const [what, unit] = BANDWIDTHS[modifier] ?? [modifier, 'kbit/s'];
  return `${what} ${value} ${unit}`;
}

function describeTime(value: string): string {
  const { start, stop } = parseTime(value);
  if (start === 0 && stop === 0) return 'permanent: no start, no end';
  return `from ${moment(start, 'any time')} to ${moment(stop, 'any time')}`;
}

function moment(sdpTime: number, never: string): string {
  if (sdpTime === 0) return never;
  const milliseconds = unixSeconds(sdpTime) * 1000;
  return Math.abs(milliseconds) <= 8.64e15
    ? new Date(milliseconds).toISOString().replace('.000Z', 'Z')
    : 'an unknown time';
}

const MEANINGS: Readonly<Record<string, (value: string, section: Section, line: SdpLine) => string>> = {
  v: (value) => `protocol version ${value.trim()}`,
  o: describeOrigin,
  s: (value) => (value.trim() === '' || value === '-' ? 'no session name' : 'session name'),
  i: (_value, section) => (section instanceof MediaDescription ? 'title of the media' : 'about the session'),
  u: () => 'more about the session there',
  e: () => 'email of who is responsible',
  p: () => 'telephone of who is responsible',
  c: describeConnection,
  b: describeBandwidth,
  t: describeTime,
  r: () => 'repeat times',
  z: () => 'time zone adjustments',
  k: () => 'encryption key (obsolete)',
  a: (value, section, line) => describeAttribute(parseAttribute(value, line), section),
};

const BANDWIDTHS: Readonly<Record<string, readonly [string, string]>> = {
  CT: ['whole conference at most', 'kbit/s'],
  AS: ['at most', 'kbit/s'],
  TIAS: ['without lower layers at most', 'bit/s'],
  RS: ['RTCP of senders', 'bit/s'],
  RR: ['RTCP of receivers', 'bit/s'],
};

const UNKNOWN = 'no known type of line';
