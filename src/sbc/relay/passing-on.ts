// What every request gets that is passed on (RFC 3261 §8.1.1, §16.6).
import type { NextHop } from '../../policy/policy.ts';
import { HEADER } from '../../sip/header/header-names.ts';
import type { SipMessage } from '../../sip/message.ts';
import { parseNameAddr } from '../../sip/uri/name-addr.ts';
import { requestLine } from '../../sip/write.ts';
import type { Flow } from '../flow.ts';
import { Draft } from '../message/draft.ts';
import type { Parts } from '../parts.ts';
import type { ChosenRoute } from '../routing/choose-route.ts';
import { towards } from './request-uri.ts';

/** With the Route values of the side it goes to, never those it came with (rules.md SBC-29), and no Record-Route. */
export function passedOn(request: SipMessage, uri: string, routes: readonly string[]): Draft {
  const draft = new Draft(request);
  // §12.2.1.1: the first route of old stands in the Request-URI, what was there goes last.
  const strict = routes.length > 0 && !parseNameAddr(routes[0]).uri.params.has('lr');
  const target = strict ? parseNameAddr(routes[0]).uri.text : uri;
  const values = strict ? [...routes.slice(1), `<${uri}>`] : routes;
  if (target !== request.requestUri) draft.startLine = requestLine(request.method, target);
  draft.replaceValues(HEADER.Route, values);
  draft.set(HEADER['Max-Forwards'], String(hopsLeft(request) - 1));
  return draft;
}

/** Outside a dialog: to whom the route leads, by the Path that his REGISTER came (RFC 3327 §5.3). */
export function passedOnRoute(
  parts: Parts,
  request: SipMessage,
  { target, binding }: ChosenRoute,
  hop: NextHop | null,
  flow: Flow,
): Draft {
  return passedOn(request, target || outsideUri(parts, request, hop, flow), binding?.path ?? []);
}

/** The Request-URI where nothing else is known: the SBC's own host in it becomes the next hop's. */
export function outsideUri(
  parts: Parts,
  { uri, requestUri }: SipMessage,
  hop: NextHop | null,
  flow: Flow,
): string {
  return parts.configured.adjacencies.isLocalHost(uri.host) ? towards(uri, hop, flow) : requestUri;
}

/** §16.6 step 3: 70 where there is none. */
export function hopsLeft(request: SipMessage): number {
  const value = request.value(HEADER['Max-Forwards'])?.trim();
  return value !== undefined && /^[0-9]{1,3}$/.test(value) ? Math.min(Number(value), 255) : 70;
}
