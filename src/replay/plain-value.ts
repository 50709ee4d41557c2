// Header values without what may be spelled in several ways.

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
