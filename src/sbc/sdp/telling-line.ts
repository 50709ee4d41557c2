// Which lines of a session description tell who or where somebody is (rules.md §14; RFC 3323 §5.2, §5.3).

/** i=, u=, e=, p=: for people, and about people (RFC 8866 §5.4–5.6). */
export function isAboutPeople(type: string): boolean {
  return type === 'i' || type === 'u' || type === 'e' || type === 'p';
}

/** RFC 8866 §5.3: the name that says nothing. Common names of sessions as such are let be. */
export function sessionName(value: string): string {
  return NO_NAMES.has(value.trim().toLowerCase()) ? value : '-';
}

/** An attribute that holds an address, a host, a user or a key. `text`: what follows `a=`. */
export function isTellingAttribute(text: string): boolean {
  const colon = text.indexOf(':');
  const name = (colon < 0 ? text : text.slice(0, colon)).trim().toLowerCase();
  return TELLING.has(name) || IPV4.test(text) || IPV6.test(text) || ADDRESS_OR_URL.test(text);
}

/** The same for a session whose media flow past the SBC: candidates, keys and paths must stay, or no media flow. */
export function isNeedlessAttribute(text: string): boolean {
  // rules.md §14: a CNAME may be user@host; RTCP tells it to those who have the media.
  return TOOL.test(text) || (CNAME.test(text) && text.includes('@'));
}

const NO_NAMES: ReadonlySet<string> = new Set(['', '-', 'session', 'sip call', 'call', 'talk']);
const TELLING: ReadonlySet<string> = new Set([
  'alt',
  'altc',
  'candidate', // RFC 8839 §5.1
  'cname',
  'crypto', // RFC 4568
  'fingerprint', // of a certificate
  'ice-pwd', // RFC 8839 §5.4
  'ice-ufrag',
  'identity', // a PASSporT
  'key-mgmt', // a key
  'msrp-cema', // RFC 6714
  'path', // RFC 4975 §8.2
  'remote-candidates', // RFC 8839 §5.2
  'rtcp', // RFC 3605
  'source-filter',
  'ssrc', // with cname
  'ssrc-group',
  'tool', // RFC 8866 §6.3
]);
const IPV4 = /(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.])/;
const IPV6 = /[0-9a-f]{0,4}:(?:[0-9a-f]{0,4}:){1,6}[0-9a-f]{0,4}/i;
const ADDRESS_OR_URL = /@|:\/\/|\b(?:sips?|tel|im|pres|mailto|xmpp|urn):/i;
const TOOL = /^tool:/i;
const CNAME = /^(?:ssrc:|cname:).*\bcname:|^cname:/i;
