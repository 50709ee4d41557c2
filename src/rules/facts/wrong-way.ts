// Where a user agent has to send a request inside a dialog: to the remote target, through the route set (RFC 3261 §12.1.1,
// §12.1.2, §12.2.1.1; target refresh: RFC 6141 §4). Told at the sender's own hop only, where nobody has changed it yet.

import { countWhile } from '../../capture/count-while.ts';
import { METHOD } from '../../sip/method.ts';
import type { NameAddr } from '../../sip/uri/name-addr.ts';
import type { SipUri } from '../../sip/uri/uri.ts';
import { contactOf } from './contact.ts';
import type { DialogFacts } from './dialog-facts.ts';
import type { MessageFacts } from './message-facts.ts';
import { isReliable } from './offer-answer.ts';
import { sameHost, sameTarget, sameTargets } from './same-target.ts';

export interface WrongWay {
  readonly key: 'target' | 'route-missing' | 'route-wrong' | 'route-extra';
  readonly value: string;
  readonly expected: string;
  /** The message that said where to go. */
  readonly by: MessageFacts;
}

/** What is wrong with the way of a request; empty also where the capture does not show enough to tell. */
export function wrongWays(dialog: DialogFacts, request: MessageFacts, t1Ms: number): readonly WrongWay[] {
  const { created } = dialog;
  const initial = created?.request;
  if (created === undefined || initial === undefined) return NONE;
  if (request.truncated || request.sip.vias.length !== 1) return NONE;
  // What a box passes on between its two sides is judged by the rules on those.
  if (request.event.upstream >= 0 || initial.event.upstream >= 0) return NONE;
  const fromCaller = dialog.fromCaller(request);
  const route = routeSetOf(dialog, initial, request, fromCaller);
  // §12.2.1.1: before RFC 3261 the first route takes the place of the target.
  if (route === undefined || !route.values.every(isLoose)) return NONE;
  return [...judgeRoute(request, route), ...judgeTarget(dialog, initial, request, fromCaller, t1Ms)];
}

interface RouteSet {
  readonly values: readonly NameAddr[];
  readonly by: MessageFacts;
}

function routeSetOf(
  dialog: DialogFacts,
  initial: MessageFacts,
  request: MessageFacts,
  fromCaller: boolean,
): RouteSet | undefined {
  // §12.1.1: of the callee the Record-Route of the request, as it stands.
  if (!fromCaller) return { values: initial.sip.recordRoutes, by: initial };
  if (initial.sip.vias.length !== 1 || initial.sip.recordRoutes.length > 0) return undefined;
  const { answers, notify } = dialog.ways;
  const success = answers.find(({ status }) => status >= 200);
  // §13.2.2.4: with the 2xx the route set is made anew; what crosses it may go by the old one.
  const by =
    success !== undefined && success.millisecondsTo(request) > 0
      ? success
      : answers.findLast((one) => one.millisecondsTo(request) > 0);
  if (by === undefined) return undefined;
  // RFC 6665 §4.4.1: a NOTIFY may form the dialog before the response; where they differ, either is right.
  if (notify !== undefined && dialog.created?.methodId !== METHOD.INVITE) {
    if (!sameTargets(notify.sip.recordRoutes, by.sip.recordRoutes.toReversed())) return undefined;
  }
  // §12.1.2: of the caller that of the response, in reverse.
  return { values: by.sip.recordRoutes.toReversed(), by };
}

function judgeRoute(request: MessageFacts, { values, by }: RouteSet): WrongWay[] {
  const { routes } = request.sip;
  if (sameTargets(routes, values)) return [];
  const found = { value: listOf(routes), expected: listOf(values), by };
  if (routes.length === 0) return [{ key: 'route-missing', ...found }];
  // A proxy of the sender's own in front of the route set.
  const extra =
    routes.length > values.length && sameTargets(routes.slice(-values.length || routes.length), values);
  return [{ key: extra ? 'route-extra' : 'route-wrong', ...found }];
}

function judgeTarget(
  dialog: DialogFacts,
  initial: MessageFacts,
  request: MessageFacts,
  fromCaller: boolean,
  t1Ms: number,
): WrongWay[] {
  const { uri, dst } = request.sip;
  const targets = targetsOf(dialog, initial, request, fromCaller, t1Ms);
  if (targets.length === 0 || targets.some((one) => sameTarget(one.uri, uri))) return [];
  // Put right for a NAT: the address it goes to is that of the peer.
  if (sameHost(uri.host, dst.ip)) return [];
  const { by, uri: expected } = targets.at(-1)!;
  return [{ key: 'target', value: uri.text, expected: expected.text, by }];
}

interface Target {
  readonly uri: SipUri;
  readonly by: MessageFacts;
}

/**
 * Those that are right, the latest last: while a refresh is on its way, or may yet be refused, the one before is too. None where
 * more messages may have told one than anybody has under way.
 */
function targetsOf(
  dialog: DialogFacts,
  initial: MessageFacts,
  request: MessageFacts,
  fromCaller: boolean,
  t1Ms: number,
): Target[] {
  const { refreshesOfCaller, refreshesOfCallee } = dialog.ways;
  const refreshes = fromCaller ? refreshesOfCallee : refreshesOfCaller;
  const targets: Target[] = [];
  const before = countWhile(refreshes, (one) => one.millisecondsTo(request) >= 0);
  for (let at = before - 1; at >= 0; at--) {
    if (before - at > MOST_UNSETTLED) return [];
    const by = refreshes[at]!;
    const contact = contactOf(by);
    if (by === request || contact === undefined) continue;
    if (contact.uri.text !== targets[0]?.uri.text) targets.unshift({ uri: contact.uri, by });
    const settled = by.methodId !== METHOD.REFER && isSettled(by, request);
    if (settled && by.millisecondsTo(request) > t1Ms) return targets;
  }
  if (fromCaller || initial.millisecondsTo(request) < 0) return targets;
  const contact = contactOf(initial);
  return contact === undefined ? targets : [{ uri: contact.uri, by: initial }, ...targets];
}

/** RFC 6141 §4.6, §4.7: the refresh is agreed on with a 2xx or a reliable 1xx. */
function isSettled(by: MessageFacts, request: MessageFacts): boolean {
  if (!by.isRequest) return by.status >= 200 || isReliable(by);
  const success = by.transaction?.success;
  return success !== undefined && success.millisecondsTo(request) >= 0;
}

function isLoose({ uri }: NameAddr): boolean {
  return uri.params.has('lr');
}

function listOf(values: readonly NameAddr[]): string {
  return values.length === 0 ? 'none' : values.map(({ uri }) => `<${uri.text}>`).join(', ');
}

const MOST_UNSETTLED = 100;
const NONE: readonly WrongWay[] = [];
