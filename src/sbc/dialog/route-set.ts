// Record-Route values → the Route values of requests that the SBC sends (RFC 3261 §12.1, §16.6 step 4, §20.34).
import type { Adjacencies } from '../../policy/adjacency-lookup.ts';
import { parseNameAddr } from '../../sip/name-addr.ts';

/** Of the side the request came from (UAS, §12.1.1): the received values in their order. */
export function routeSetOfRequest(recordRoutes: readonly string[]): readonly string[] {
  return recordRoutes;
}

/**
 * Of the side the request went to (UAC, §12.1.2): the response's values in reverse. With passthrough the SBC's own
 * values and those of the caller's side are among them, all beyond the last own one as seen from here.
 */
export function routeSetOfResponse(recordRoutes: readonly string[], own: Adjacencies): readonly string[] {
  let end = recordRoutes.findIndex((value) => own.isLocalHost(parseNameAddr(value).uri.host));
  if (end < 0) end = recordRoutes.length;
  return recordRoutes.slice(0, end).reverse();
}
