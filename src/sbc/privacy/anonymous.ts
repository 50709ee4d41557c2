// Addresses that name nobody (RFC 3323 §4.1.1.3).
import { parseNameAddr } from '../../sip/uri/name-addr.ts';
import { addressSpan } from '../message/address-span.ts';
import { withTag } from '../message/tag.ts';

export const ANONYMOUS_URI = 'sip:anonymous@anonymous.invalid';

/** For a From value: its tag stays. */
export function anonymousFrom(value: string): string {
  return withTag(`"Anonymous" <${ANONYMOUS_URI}>`, parseNameAddr(value).tag);
}

/** The value without its display name, for nobody; the parameters stay as they are. */
export function anonymousEntry(value: string): string {
  return `<${ANONYMOUS_URI}>${value.slice(addressSpan(value).parameters)}`;
}
