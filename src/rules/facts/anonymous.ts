// Addresses that name nobody (RFC 3323 §4.1.1.3): host anonymous.invalid, user or display name anonymous.
import type { NameAddr } from '../../sip/uri/name-addr.ts';

export function isAnonymousAddress({ uri, display }: NameAddr): boolean {
  if (uri.host.toLowerCase().endsWith('anonymous.invalid')) return true;
  if (uri.user.toLowerCase() === 'anonymous') return true;
  return display.toLowerCase() === 'anonymous' && uri.user === '';
}
