// Whether a request calls for help: urn:service:sos (RFC 5031 §4.2), or the marks and digits that came before it.
import type { Policy } from '../policy/policy.ts';
import { HEADER } from '../sip/header/header-names.ts';
import type { SipMessage } from '../sip/message.ts';
import type { SipUri } from '../sip/uri/uri.ts';

/** `urn` is marked as it should be, `legacy` otherwise; `test` is urn:service:sos.test or test.sos (RFC 6881 §10). */
export type EmergencyMark = 'urn' | 'test' | 'legacy' | 'none';

export function emergencyMark(sip: SipMessage, { emergencyNumbers }: Policy): EmergencyMark {
  const target = sip.requestUri.toLowerCase();
  const to = sip.to?.uri.text.toLowerCase() ?? '';
  if (isTest(target) || isTest(to)) return 'test';
  if (isUrn(target)) return 'urn';
  // A proxy may have put the address of the answering point there and kept To (RFC 6443 §5).
  if (isUrn(to)) return 'urn';
  if (isNumber(sip.uri, emergencyNumbers)) return 'legacy';
  if (sip.to !== undefined && isNumber(sip.to.uri, emergencyNumbers)) return 'legacy';
  const wish = sip.value(HEADER['Accept-Contact']);
  return wish !== undefined && /service="?sos/i.test(wish) ? 'legacy' : 'none';
}

function isTest(uri: string): boolean {
  return /^urn:service:(test\.sos|sos\.test)/.test(uri);
}

function isUrn(uri: string): boolean {
  return /^urn:service:sos($|[.;])/.test(uri);
}

function isNumber({ scheme, user }: SipUri, numbers: readonly string[]): boolean {
  if (scheme === 'urn') return false;
  return numbers.includes((user.startsWith('+') ? user.slice(1) : user).toLowerCase());
}
