// One attribute in words; '' for those that nothing is known about.
import type { Attribute } from './attribute.ts';
import { parseCandidate } from './candidate.ts';
import { parseCrypto } from './crypto.ts';
import { parseFingerprint } from './ice.ts';
import { parseRtcp } from './rtcp.ts';
import { parseFmtp, parseRtpmap, rtpmapText } from './rtpmap.ts';
import type { Section } from './section.ts';

export function describeAttribute({ name, value }: Attribute, section: Section): string {
  return Object.hasOwn(MEANINGS, name) ? MEANINGS[name](value, section) : '';
}

function describeRtpmap(value: string): string {
  const map = parseRtpmap(value);
  return map === undefined
    ? 'payload type, not well-formed'
    : `payload type ${map.payloadType} is ${rtpmapText(map)}`;
}

function describeFmtp(value: string, section: Section): string {
  const { format } = parseFmtp(value);
  return `parameters of ${section.rtpmaps.get(format) ?? `format ${format}`}`;
}

function describeCandidate(value: string): string {
  const candidate = parseCandidate(value);
  if (candidate === undefined) return 'ICE candidate, not well-formed';
  const { component, transport, address, port, type, relatedAddress, relatedPort } = candidate;
  const part = component === 1 ? 'RTP' : component === 2 ? 'RTCP' : `component ${component}`;
  const base = relatedAddress === '' ? '' : `, based on ${relatedAddress} port ${relatedPort}`;
  return `ICE candidate for ${part}: ${type} ${address} port ${port} over ${transport}${base}`;
}

function describeCrypto(value: string): string {
  const key = parseCrypto(value);
  if (key === undefined) return 'SRTP key, not well-formed';
  return `SRTP key ${key.tag} in clear: ${key.suite}`; // the key itself is not repeated
}

function describeRtcp(value: string): string {
  const rtcp = parseRtcp(value);
  if (rtcp === undefined) return 'RTCP port, not well-formed';
  return `RTCP at port ${rtcp.port}${rtcp.connection === undefined ? '' : ` of ${rtcp.connection.address}`}`;
}

const MEANINGS: Readonly<Record<string, (value: string, section: Section) => string>> = {
  rtpmap: describeRtpmap,
  fmtp: describeFmtp,
  ptime: (value) => `${value.trim()} ms of audio in a packet`,
  maxptime: (value) => `at most ${value.trim()} ms of audio in a packet`,
  sendrecv: () => 'sends and receives',
  sendonly: () => 'sends only (on hold, when it was not before)',
  recvonly: () => 'receives only',
  inactive: () => 'neither sends nor receives',
  rtcp: describeRtcp,
  'rtcp-mux': () => 'RTCP on the port of RTP',
  'rtcp-fb': (value) => `RTCP feedback for payload type ${value.replace(' ', ': ')}`,
  'rtcp-rsize': () => 'reduced-size RTCP',
  candidate: describeCandidate,
  'end-of-candidates': () => 'no more ICE candidates',
  'ice-ufrag': () => 'ICE user name fragment',
  'ice-pwd': () => 'ICE password',
  'ice-options': (value) => `ICE options: ${value}`,
  'ice-lite': () => 'ICE, lite implementation',
  fingerprint: (value) => `${parseFingerprint(value).hash} fingerprint of the DTLS certificate`,
  setup: (value) => SETUPS[value.trim()] ?? `connection setup: ${value}`,
  connection: (value) => (value.trim() === 'new' ? 'a new connection' : 'keeps the connection it has'),
  crypto: describeCrypto,
  'key-mgmt': () => 'key management message',
  mid: (value) => `this section is called ${value}`,
  group: (value) => `sections that belong together: ${value}`,
  'bundle-only': () => 'only as part of its bundle',
  ssrc: (value) => `RTP source ${value.split(' ')[0]}`,
  label: (value) => `label ${value}`,
  path: (value) => `MSRP path of ${value.trim().split(/ +/).length} hop(s)`,
  'accept-types': (value) => `takes messages of type ${value}`,
  'accept-wrapped-types': (value) => `takes inside of wrappers: ${value}`,
  // RFC 3312 §5: what must be reserved before the callee is alerted
  curr: (value) => `quality of service now: ${value}`,
  des: (value) => `quality of service wanted: ${value}`,
  conf: (value) => `tell when reached, quality of service: ${value}`,
  extmap: (value) => `RTP header extension ${value.replace(' ', ': ')}`,
  imageattr: () => 'picture sizes',
  silenceSupp: (value) => (value.startsWith('off') ? 'silence is sent too' : 'silence may be left out'),
  charset: (value) => `text is in ${value}`,
  lang: (value) => `language ${value}`,
  sdplang: (value) => `the description is in ${value}`,
  tool: () => 'made by this tool',
  type: (value) => `conference type ${value}`,
  framerate: (value) => `at most ${value} pictures a second`,
  content: (value) => `content: ${value}`,
  'source-filter': () => 'only packets from these sources',
};

// RFC 4145 §4
const SETUPS: Readonly<Record<string, string>> = {
  active: 'opens the connection',
  passive: 'waits for the connection',
  actpass: 'opens or waits for the connection',
  holdconn: 'no connection for now',
};
