// What names the hidden side of a box: its addresses and hosts, and who uses it, from all that came in from there; and the
// spellings that each may hide in (rules.md §14).
import { parseIpAddress } from '../../network/ip/ip-octets.ts';
import { anyHas, normalHost } from '../../policy/address-range.ts';
import { imUri } from '../../sdp/instant-message.ts';
import { HEADER, type HeaderId } from '../../sip/header/header-names.ts';
import type { NameAddr } from '../../sip/uri/name-addr.ts';
import { parseUri } from '../../sip/uri/uri.ts';
import type { Crossing } from './crossing.ts';
import type { MessageFacts } from './message-facts.ts';
import type { SdpFacts } from './sdp-facts.ts';

export type LeakKind = 'address' | 'host' | 'user' | 'number' | 'name' | 'device';

export interface LeakToken {
  readonly kind: LeakKind;
  /** In its usual spelling, lower case. */
  readonly text: string;
  /** The first message that had it. */
  readonly message: MessageFacts;
}

/** Addresses and hosts always; users, numbers, names and devices only with `people`. */
export function leakTokens(crossing: Crossing, fromCaller: boolean, people: boolean): LeakToken[] {
  const side = fromCaller ? crossing.near : crossing.far!;
  const tokens = new Map<string, LeakToken>();
  const known = knownToAll(crossing, fromCaller);
  const add = (kind: LeakKind, raw: string | undefined, message: MessageFacts) => {
    if (raw === undefined || raw === '' || tokens.size >= MAX_TOKENS) return;
    const text = kind === 'address' || kind === 'host' ? normalHost(raw) : raw.toLowerCase();
    if (known.has(text) || STANDARD.has(text) || crossing.isLocal(text)) return;
    if (anyHas(crossing.world.policy.networks.public, text)) return;
    if (!tokens.has(text)) tokens.set(text, { kind, text, message });
  };
  const host = (raw: string | undefined, message: MessageFacts) => {
    if (raw === undefined) return;
    const isAddress = parseIpAddress(raw.replace(/^\[|\]$/g, '')) !== undefined;
    if (isAddress) add('address', raw, message);
    else if (raw.includes('.') && raw.length >= MIN_PART) add('host', raw, message);
  };
  let seen = 0;
  for (const message of side.leg.messages) {
    if (message.repeated || !side.received(message)) continue;
    if (seen++ >= MAX_MESSAGES) break;
    for (const one of hostsOf(message)) host(one, message);
    if (message.sdp !== undefined) for (const one of sdpHosts(message.sdp)) host(one, message);
    if (!people) continue;
    for (const [kind, text] of peopleOf(message, fromCaller)) add(kind, text, message);
  }
  return [...tokens.values()];
}

function hostsOf({ sip, isRequest }: MessageFacts): (string | undefined)[] {
  const hosts: (string | undefined)[] = [sip.src.ip];
  if (isRequest) {
    // Vias of a response are the box's own.
    for (const via of sip.vias) hosts.push(via.host, via.received, via.maddr);
    hosts.push(/@([^@]+)$/.exec(sip.callId)?.[1]);
    hosts.push(...sip.recordRoutes.map(({ uri }) => uri.host));
  }
  const { contacts } = sip;
  if (contacts !== '*') hosts.push(...contacts.map(({ uri }) => uri.host));
  return hosts;
}

function sdpHosts({ description, media }: SdpFacts): (string | undefined)[] {
  const hosts = [description.origin?.address, description.connection?.address];
  for (const one of media) {
    hosts.push(...one.connections.map(({ address }) => address));
    const url = imUri(one);
    if (url !== undefined) hosts.push(parseUri(url).host);
    for (const { value } of one.attributes) {
      for (const [address] of value.matchAll(DOTTED)) hosts.push(address);
      for (const [, name] of value.matchAll(MSRP_HOST)) hosts.push(name);
    }
  }
  return hosts;
}

function peopleOf(message: MessageFacts, fromCaller: boolean): [LeakKind, string][] {
  const { sip } = message;
  const people: [LeakKind, string][] = [];
  const person = ({ uri, display }: NameAddr) => {
    const digits = uri.userText.replace(/[-.() ]/g, '');
    if (/^\+?\d+$/.test(digits)) {
      if (digits.length >= MIN_DIGITS) people.push(['number', digits.replace(/^\+/, '')]);
    } else if (uri.user.length >= MIN_PART) people.push(['user', uri.userText]);
    if (display.length >= MIN_PART && display.toLowerCase() !== uri.userText.toLowerCase())
      people.push(['name', display]);
  };
  // Who is called is known to the caller, and From and To of a response are those of its request.
  if (fromCaller && message.isRequest && sip.from !== undefined) person(sip.from);
  const { contacts } = sip;
  if (contacts !== '*') {
    for (const contact of contacts) {
      if (contact.uri.user.length >= MIN_PART) person(contact);
      const device = contact.params.get('+sip.instance');
      const uuid = device === undefined ? null : /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/i.exec(device);
      if (uuid !== null) people.push(['device', uuid[0]]);
    }
  }
  for (const id of IDENTITIES) for (const address of sip.addresses(id)) person(address);
  const mac = MAC.exec(sip.value(HEADER['User-Agent']) ?? '');
  if (mac !== null) people.push(['device', mac[0]]);
  for (const media of message.sdp?.media ?? []) {
    const url = imUri(media);
    const user = url === undefined ? '' : parseUri(url).userText;
    if (user.length >= MIN_PART) people.push(['user', user]);
  }
  const login = message.sdp?.description.origin?.username ?? '';
  if (login.length >= MIN_PART && !/^\d+$/.test(login)) people.push(['user', login]);
  return people;
}

/** What the other side knows anyway: whom it is or calls, what it says itself, and the public domains of both. */
function knownToAll(crossing: Crossing, fromCaller: boolean): ReadonlySet<string> {
  const known = new Set<string>();
  const sip = crossing.initial?.received.request?.sip;
  if (sip !== undefined) {
    for (const uri of [sip.uri, sip.to?.uri]) {
      if (uri === undefined) continue;
      known.add(normalHost(uri.host));
      known.add(uri.userText.toLowerCase().replace(/^\+/, ''));
    }
    // A domain is public; an address in From is the caller's own.
    if (sip.from?.uri.hostKind === 'name') known.add(normalHost(sip.from.uri.host));
    if (!fromCaller) {
      known.add((sip.from?.uri.userText ?? '').toLowerCase());
      known.add((sip.to?.display ?? '').toLowerCase());
    }
  }
  const out = crossing.out(fromCaller)!;
  known.add(out.peer.ip);
  for (const message of out.leg.messages.slice(0, MAX_MESSAGES)) {
    if (!out.received(message)) continue;
    const { contacts } = message.sip;
    if (contacts !== '*') for (const { uri } of contacts) known.add(normalHost(uri.host));
    if (message.isRequest) for (const { host } of message.sip.vias) known.add(normalHost(host));
    if (message.sdp !== undefined) {
      for (const host of sdpHosts(message.sdp)) if (host !== undefined) known.add(normalHost(host));
    }
  }
  return known;
}

const IDENTITIES: readonly HeaderId[] = [
  HEADER['P-Asserted-Identity'],
  HEADER['P-Preferred-Identity'],
  HEADER['Remote-Party-ID'],
];
const DOTTED = /(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.])/g;
const MSRP_HOST = /msrps?:\/\/(?:[^@/\s]*@)?([\w.-]+)/gi;
const MAC = /\b(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2}\b/i;
const STANDARD: ReadonlySet<string> = new Set([
  'anonymous',
  'anonymous.invalid',
  'localhost',
  'invalid',
  'unknown',
  'unavailable',
  'restricted',
  'null',
  'user',
  '0.0.0.0',
  '::',
  '127.0.0.1',
]);
const MIN_PART = 4;
const MIN_DIGITS = 7;
/** Of one side of a call. */
const MAX_TOKENS = 128;
const MAX_MESSAGES = 200;
