// A new request → who takes care of it, or why nobody does (RFC 3261 §8.2, §16.3; rules.md §15).
import type { Adjacency } from '../policy/policy.ts';
import { HEADER } from '../sip/header/header-names.ts';
import { parseDialogReference } from '../sip/header/replaces.ts';
import type { SipMessage } from '../sip/message.ts';
import { METHOD, METHODS } from '../sip/method.ts';
import { placesOfSide } from './dialog/way-in-dialog.ts';
import type { Flow } from './flow.ts';
import type { Parts } from './parts.ts';
import { addressOfRecord } from './registration/binding-table.ts';
import { bindingOfCaller } from './registration/bindings.ts';
import { Register } from './registration/register.ts';
import { refuse, refuseForNow, trying } from './relay/answer.ts';
import { hopsLeft } from './relay/passing-on.ts';
import { type ChosenRoute, chooseRoute } from './routing/choose-route.ts';
import { hopOfRoute } from './routing/next-hop.ts';
import { hasMsrp } from './sdp/offer-kind.ts';
import { sessionBody } from './sdp/session-body.ts';
import { handleAck, handleInside } from './session/inside.ts';
import { meant } from './session/mapped-references.ts';
import { kindOf, refusalOfOffer } from './session/offer-policy.ts';
import { Setup } from './session/setup.ts';
import { setupKey } from './session/setup-key.ts';
import { SingleRequest } from './session/single-request.ts';
import { treatmentOf } from './session/treatment.ts';
import { endUnwanted } from './session/unwanted-call.ts';
import type { ServerTransaction, TransactionUser } from './transaction/transaction-user.ts';

export class Reception implements TransactionUser {
  /** Nothing new is taken. */
  draining = false;
  private readonly parts: Parts;

  constructor(parts: Parts) {
    this.parts = parts;
  }

  request(server: ServerTransaction): void {
    const { parts } = this;
    const { request, flow } = server;
    const inbound = adjacencyOf(parts, flow);
    if (inbound === undefined) {
      parts.outbox.log('warn', 'sbc/unknown-source', { source: flow.remote.text, method: request.method });
      refuse(parts, server, null, 403);
      return;
    }
    const refusal = refusalOf(parts, server);
    if (refusal !== null) {
      refuse(
        parts,
        server,
        inbound,
        refusal,
        refusal === 420 ? [['Unsupported', unknownTags(request).join(', ')]] : [],
      );
      return;
    }
    if (request.toTag !== '') this.inside(server, inbound);
    else this.outside(server, inbound);
  }

  cancelled(server: ServerTransaction, cancel: SipMessage): void {
    const reasons = cancel.values(HEADER.Reason).map((value) => ['Reason', value] as const);
    server.cancellable?.cancel(reasons);
  }

  ack(message: SipMessage, flow: Flow): void {
    const { parts } = this;
    const found = parts.dialogs.ofAck(message);
    if (found !== undefined && hopsLeft(message) > 0) handleAck(parts, message, found);
    else parts.outbox.log('debug', 'sbc/stray-ack', { source: flow.remote.text, callId: message.callId });
  }

  strayResponse(message: SipMessage, flow: Flow): void {
    const { parts } = this;
    const adjacency = adjacencyOf(parts, flow);
    if (adjacency !== undefined && endUnwanted(parts, adjacency, message, flow)) return;
    parts.outbox.log('debug', 'sbc/stray-response', { source: flow.remote.text, status: message.status });
  }

  private inside(server: ServerTransaction, inbound: Adjacency): void {
    const { parts } = this;
    const { request } = server;
    const found = parts.dialogs.ofRequest(request) ?? this.byFirstNotify(server);
    if (found === undefined) {
      refuse(parts, server, inbound, 481);
      return;
    }
    const forwarding = handleInside(parts, server, found);
    if (forwarding !== null && server.method === 'INVITE') server.cancellable = forwarding;
  }

  /** RFC 6665 §4.1.2.4: a NOTIFY may make the dialog that the SUBSCRIBE asked for, also on another fork. */
  private byFirstNotify(server: ServerTransaction): ReturnType<Parts['dialogs']['ofRequest']> {
    const { request, flow } = server;
    if (request.methodId !== METHOD.NOTIFY) return undefined;
    const setup = this.parts.setups.get(setupKey(request.callId, request.toTag));
    if (setup === undefined || setup.method === 'INVITE') return undefined;
    const dialog = setup.dialogOf(request, flow);
    return dialog && { dialog, from: 'callee' };
  }

  private outside(server: ServerTransaction, inbound: Adjacency): void {
    const { parts } = this;
    const { request } = server;
    const { methodId } = request;
    if (methodId === METHOD.OPTIONS && isForSbc(parts, request)) {
      answerOptions(parts, server, inbound);
      return;
    }
    if (this.draining || parts.transactions.size > parts.limits.transactions) {
      refuseForNow(parts, server, inbound);
      return;
    }
    const route = routeFor(parts, inbound, request);
    if (route === undefined) {
      parts.outbox.log('info', 'sbc/no-route', { inbound: inbound.name, uri: request.requestUri });
      refuse(parts, server, inbound, 404);
      return;
    }
    if (methodId === METHOD.REGISTER && rewritesContacts(inbound, route.adjacency)) {
      new Register(parts, server, inbound, route.adjacency, route.places).start();
      return;
    }
    const caller = bindingOfCaller(parts, inbound, request);
    const registered = caller !== undefined || route.binding !== null || isRegistered(parts, request);
    const { policy } = parts.configured;
    const treatment = treatmentOf(policy, inbound, route.adjacency, request, registered);
    // RFC 3608 §5: a subscriber's requests take the way that his registrar gave.
    const service =
      caller?.registrar === route.adjacency ? hopOfRoute(caller.serviceRoute[0] ?? '') : undefined;
    const places = service === undefined ? route.places : [service];
    if (!MAKES_DIALOG.has(methodId)) {
      new SingleRequest(parts, server, route, treatment, places).start();
      return;
    }
    if (parts.setups.size + parts.dialogs.size >= parts.limits.sessions) {
      parts.outbox.log('warn', 'sbc/too-many-calls', { calls: parts.dialogs.size });
      refuseForNow(parts, server, inbound);
      return;
    }
    const isInvite = methodId === METHOD.INVITE;
    const kind = isInvite ? kindOf(request, policy) : 'none';
    const body = kind === 'im' ? sessionBody(request) : undefined;
    const rule = refusalOfOffer(policy, treatment, kind, body !== undefined && hasMsrp(body));
    if (rule !== null) {
      parts.outbox.finding(
        rule,
        `an offer of ${kind} from ${inbound.name} to ${route.adjacency.name}`,
        request,
      );
      refuse(parts, server, inbound, 488);
      return;
    }
    // §16.2, §17.2.1: the caller stops sending it again.
    if (isInvite) trying(server);
    const published = caller?.registrar === route.adjacency ? caller.publishedUri : '';
    const media = kind === 'none' || kind === 'mixed' ? null : kind;
    const setup = new Setup(parts, server, route, treatment, published, media, places);
    if (isInvite) server.cancellable = setup;
    setup.start();
  }
}

export function adjacencyOf(
  { configured }: Parts,
  { local, remote, transport }: Flow,
): Adjacency | undefined {
  return configured.adjacencies.between(local.ip, local.port, remote.ip, transport);
}

/** What is wrong with any request, whatever its method (RFC 3261 §8.2, §16.3); null: nothing. */
function refusalOf({ transactions }: Parts, server: ServerTransaction): number | null {
  const { request } = server;
  if (request.version.toUpperCase() !== 'SIP/2.0') return 505;
  if (request.fromRow < 0 || request.toRow < 0 || request.callIdRow < 0 || request.cseqNumber < 0) return 400;
  if (request.cseqMethod !== request.method || request.fromTag === '') return 400;
  if (!SCHEMES.has(request.uri.scheme) || (request.uri.host === '' && request.uri.user === '')) return 416;
  if (hopsLeft(request) === 0) return 483;
  if (transactions.mergedWith(server) !== null) return 482;
  // §16.3 step 5: extensions that every proxy on the way would have to know.
  if (unknownTags(request).length > 0) return 420;
  // §12.2.2, §15.1.2: these exist within dialogs only.
  return request.toTag === '' && WITHIN_DIALOG.has(request.methodId) ? 481 : null;
}

/** RFC 3323 §4.2 is the one that is known. */
function unknownTags(request: SipMessage): string[] {
  return request.values(HEADER['Proxy-Require']).filter((tag) => tag.toLowerCase() !== 'privacy');
}

function routeFor(parts: Parts, inbound: Adjacency, request: SipMessage): ChosenRoute | undefined {
  const named = request.value(HEADER.Replaces) ?? request.value(HEADER.Join);
  const side = named === undefined ? undefined : meant(parseDialogReference(named), parts.dialogs);
  const isOwn = parts.configured.adjacencies.isLocalHost(request.uri.host);
  // The Request-URI is the SBC's Contact for the party of that dialog.
  if (side !== undefined && isOwn) {
    return {
      adjacency: side.adjacency,
      places: placesOfSide(parts, side),
      binding: null,
      target: side.target,
    };
  }
  return chooseRoute(parts, inbound, request);
}

/** RFC 3261 §11: asked of the SBC itself, not of someone behind it. */
function isForSbc({ configured }: Parts, { uri }: SipMessage): boolean {
  return uri.user === '' && configured.adjacencies.isLocalHost(uri.host);
}

function answerOptions(parts: Parts, server: ServerTransaction, inbound: Adjacency): void {
  refuse(parts, server, inbound, 200, [
    ['Allow', METHODS.slice(1).join(', ')],
    ['Accept', 'application/sdp, multipart/mixed, message/sipfrag'],
    ['Supported', 'path, replaces, timer, 100rel'],
  ]);
}

/** rules.md SBC-33: unless one side says no and the other does not say yes. */
function rewritesContacts(inbound: Adjacency, outbound: Adjacency): boolean {
  if (inbound.rewriteRegister === true || outbound.rewriteRegister === true) return true;
  return inbound.rewriteRegister === null && outbound.rewriteRegister === null;
}

function isRegistered({ configured, bindings }: Parts, request: SipMessage): boolean {
  const { registered } = configured;
  if (registered.size === 0 && bindings.size === 0) return false;
  for (const uri of [request.from?.uri, request.to?.uri, request.uri]) {
    if (uri === undefined) continue;
    const address = addressOfRecord(uri);
    if (registered.has(address) || bindings.of(address).length > 0) return true;
  }
  return false;
}

const SCHEMES: ReadonlySet<string> = new Set(['sip', 'sips', 'tel', 'im', 'pres', 'urn']);
const MAKES_DIALOG: ReadonlySet<number> = new Set([METHOD.INVITE, METHOD.SUBSCRIBE, METHOD.REFER]);
const WITHIN_DIALOG: ReadonlySet<number> = new Set([METHOD.BYE, METHOD.PRACK, METHOD.UPDATE]);
