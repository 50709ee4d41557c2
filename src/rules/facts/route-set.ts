// Record-Route and Route sets as the rules compare them: URI with parameters, display names left aside (RFC 3261 §12.1, §16.6).
import { normalHost } from '../../policy/address-range.ts';
import type { NameAddr } from '../../sip/uri/name-addr.ts';
import type { SipUri } from '../../sip/uri/uri.ts';

/** Equal for values that name the same route: case of host and parameters aside, `lr=on` is `lr`. */
export function routeKey({ uri }: Pick<NameAddr, 'uri'>): string {
  const params = uri.params.list
    .map(({ name, value }) => {
      const key = name.toLowerCase();
      return key === 'lr' || value === undefined ? key : `${key}=${value.toLowerCase()}`;
    })
    .sort();
  return `${uri.scheme}:${uri.user}@${normalHost(uri.host)}:${uri.port ?? ''};${params.join(';')}`;
}

/** The values of `wanted` that are not in `there`. */
export function missingFrom(there: readonly NameAddr[], wanted: readonly NameAddr[]): NameAddr[] {
  const keys = new Set(there.map(routeKey));
  return wanted.filter((value) => !keys.has(routeKey(value)));
}

export function sharedWith(there: readonly NameAddr[], wanted: readonly NameAddr[]): NameAddr[] {
  const keys = new Set(there.map(routeKey));
  return wanted.filter((value) => keys.has(routeKey(value)));
}

/** Whether the values of `part` stand in `whole` in this order. */
export function inOrder(whole: readonly NameAddr[], part: readonly NameAddr[]): boolean {
  let at = 0;
  const keys = part.map(routeKey);
  for (const value of whole) if (at < keys.length && routeKey(value) === keys[at]) at++;
  return at === keys.length;
}

export function sameSet(one: readonly NameAddr[], other: readonly NameAddr[]): boolean {
  return (
    one.length === other.length && one.every((value, index) => routeKey(value) === routeKey(other[index]!))
  );
}

/** `<sip:proxy1.example.com;lr>, <sip:…>`, for people. */
export function routeText(values: readonly NameAddr[]): string {
  return values.length === 0 ? 'none' : values.map(({ uri }) => uri.text).join(', ');
}

/** Whether two Contacts are the same address, parameters of the URI included. */
export function sameContact(one: SipUri, other: SipUri): boolean {
  return routeKey({ uri: one }) === routeKey({ uri: other });
}
