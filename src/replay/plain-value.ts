// Header values without what may be spelled in several ways.
import { parseNameAddr } from '../sip/uri/name-addr.ts';

/** RFC 3261 §25.1: white space may stand around separators. */
export function plainSpacing(value: string): string {
  return value.replace(/\s*([;,=<>])\s*/g, '$1').replace(/\s+/g, ' ');
}

/** RFC 3261 §19.1.2: port 5060 and UDP are what a sip URI with an IP address means without them (RFC 3263 §4.1, §4.2). */
export function plainAddress(value: string): string {
  return plainSpacing(value)
    .replace(/(\d{1,3}(?:\.\d{1,3}){3}|\[[\da-f:.]+\]):5060(?!\d)/gi, '$1')
    .replace(/;transport=udp(?=[;>?\s]|$)/gi, '')
    .replace(/(sips?:)@/gi, '$1');
}

/** The sent-by, with nothing beside it but the branch and what peers have put there. */
export function plainVia(value: string): string {
  const [sentBy = '', ...parameters] = plainAddress(value).split(';');
  const kept = parameters.filter((one) => !/^(rport|alias)$/i.test(one));
  return [sentBy, ...kept.sort()].join(';');
}

/** RFC 3261 §20.10: an address in brackets or not, its name quoted or not, its parameters in any order. */
export function plainParty(value: string): string {
  const { display, uri, params } = parseNameAddr(value);
  const kept = params.list.map(({ name, value: text }) => `${name.toLowerCase()}=${text ?? ''}`);
  return [display, plainAddress(uri.text), ...kept.sort()].join(';');
}

/** The same as received and rport say, whatever address they saw (RFC 3581 §4). */
export function plainAnswerVia(value: string): string {
  return plainVia(value)
    .replace(/;received=[^;]*/i, ';received')
    .replace(/;rport=\d+/i, ';rport=seen');
}
