// A request outside a dialog that makes one: INVITE, SUBSCRIBE, REFER (RFC 3261 §13, RFC 6665 §4.1, RFC 3515 §2.4). It is
// passed on; each callee's tag that answers becomes a dialog of two sides (forks: §12.1, §13.2.2.4).
import type { Adjacency, NextHop } from '../../policy/policy.ts';
import { HEADER } from '../../sip/header-names.ts';
import type { SipMessage } from '../../sip/message.ts';
import { Dialog } from '../dialog/dialog.ts';
import type { DialogSide } from '../dialog/dialog-side.ts';
import { routeSetOfRequest, routeSetOfResponse } from '../dialog/route-set.ts';
import type { Flow } from '../flow.ts';
import type { Draft } from '../message/draft.ts';
import { withTag } from '../message/tag.ts';
import type { Parts } from '../parts.ts';
import { refuse, relayed } from '../relay/answer.ts';
import { Forwarding, type ForwardPlan, type Place } from '../relay/forwarding.ts';
import { hideRequest, hideResponse } from '../relay/hiding.ts';
import { ownContact } from '../relay/own-contact.ts';
import { passedOn } from '../relay/passing-on.ts';
import { towards } from '../relay/request-uri.ts';
import type { ChosenRoute } from '../routing/choose-route.ts';
import { contactUri, recordRoute } from '../routing/own-address.ts';
import type { ServerTransaction } from '../transaction/transaction-user.ts';
import { CallMedia } from './call-media.ts';
import { contactOf } from './contact-of.ts';
import { confirmed, dropDialog, endCall } from './lifetime.ts';
import { mapReferences } from './mapped-references.ts';
import { kindOf, passMedia, refusalOfAnswer } from './offer-policy.ts';
import { OutsideIdentifiers } from './outside-identifiers.ts';
import { acknowledge, sendBye } from './own-request.ts';
import { subscribed } from './subscriptions.ts';
import type { Treatment } from './treatment.ts';

export class Setup implements ForwardPlan {
  readonly method: string;
  readonly adjacency: Adjacency;
  readonly cause: SipMessage;
  readonly places: readonly Place[];
  readonly treatment: Treatment;
  /** Call-ID and From tag on the callee's side. */
  readonly callId: string;
  readonly localTag: string;
  /** By the callee's tag. */
  readonly dialogs = new Map<string, Dialog>();

  private readonly parts: Parts;
  private readonly server: ServerTransaction;
  private readonly route: ChosenRoute;
  private readonly media = new CallMedia();
  private readonly forwarding: Forwarding;
  private readonly recordRoutes: readonly string[];
  private readonly publishedContact: string;
  private readonly identifiers: OutsideIdentifiers;
  /** From and To as they are sent, without tags. */
  private localParty = '';
  private remoteParty: string;
  /** Contact URI that the callee's side sees; '' where it is the caller's own. */
  private contact = '';
  private contactUser = '';
  private calleeContactUser = '';
  private answered = false;
  private settles = false;

  /** `publishedContact`: of the caller where he is a registered subscriber, else ''. `kind`: of the offer it brings. */
  constructor(
    parts: Parts,
    server: ServerTransaction,
    route: ChosenRoute,
    treatment: Treatment,
    publishedContact: string,
    kind: CallMedia['kind'],
    places: readonly Place[],
  ) {
    const { request, method } = server;
    this.parts = parts;
    this.server = server;
    this.route = route;
    this.treatment = treatment;
    this.publishedContact = publishedContact;
    this.media.kind = kind;
    this.method = method;
    this.adjacency = treatment.outbound;
    this.cause = request;
    this.places = places;
    this.recordRoutes = request.values(HEADER['Record-Route']);
    this.remoteParty = withTag(request.value(HEADER.To) ?? '', '');
    this.identifiers = new OutsideIdentifiers(parts, request, treatment);
    this.callId = this.identifiers.callId;
    this.localTag = this.identifiers.fromTag;
    this.forwarding = new Forwarding(parts, this);
  }

  start(): void {
    this.parts.setups.set(setupKey(this.callId, this.localTag), this);
    this.forwarding.start();
  }

  cancel(headers: readonly (readonly [string, string])[]): void {
    this.forwarding.cancel(headers);
  }

  octets(flow: Flow, hop: NextHop | null, via: string): Buffer {
    const { parts, cause, treatment, route } = this;
    const isOwn = parts.configured.adjacencies.isLocalHost(cause.uri.host);
    const uri = route.target !== '' ? route.target : isOwn ? towards(cause.uri, hop, flow) : cause.requestUri;
    const draft = passedOn(cause, uri, route.binding?.path ?? NONE);
    this.addRecordRoutes(draft, flow);
    if (!treatment.contacts) {
      this.contact = this.publishedContact || contactUri(flow, this.userOfContact());
      ownContact(draft, this.contact);
    }
    this.identifiers.put(draft);
    mapReferences(draft, parts.dialogs);
    hideRequest(parts, draft, treatment, 'caller', flow);
    this.localParty = withTag(draft.value(HEADER.From) ?? '', '');
    passMedia(parts, draft, this.media, treatment, 'caller', flow);
    return draft.set(HEADER.Via, via).octets();
  }

  response(message: SipMessage, flow: Flow): void {
    const { status } = message;
    if (status >= 300) {
      this.refused(message);
      return;
    }
    const given = this.server.answered && !this.answered;
    if (given) {
      if (status >= 200) this.endLate(message, flow);
      return;
    }
    const dialog = message.toTag === '' ? null : this.dialogOf(message, flow);
    if (dialog === undefined) return;
    if (dialog !== null && this.method === 'INVITE' && !this.accepts(dialog, message)) return;
    const tag = dialog?.caller.localTag ?? '';
    this.passBack(message, tag, dialog);
    if (status >= 200) this.succeeded(message, dialog, flow);
  }

  failed(status: number): void {
    this.finish();
    refuse(this.parts, this.server, this.treatment.inbound, status);
  }

  /** A NOTIFY may come before the response that makes the dialog (RFC 6665 §4.1.2.4); undefined: too many forks. */
  dialogOf(message: SipMessage, flow: Flow): Dialog | undefined {
    const tag = message.isRequest ? message.fromTag : message.toTag;
    const known = this.dialogs.get(tag);
    if (known !== undefined) {
      if (!message.isRequest) this.learn(known, message, flow);
      return known;
    }
    const { parts, treatment, server } = this;
    if (this.dialogs.size >= parts.limits.forks) {
      parts.outbox.log('warn', 'sbc/too-many-forks', { callId: this.cause.callId });
      return undefined;
    }
    const localTag = treatment.identifiers
      ? tag
      : parts.identifiers.next({ kind: 'tag', cause: message, adjacency: treatment.inbound.name });
    const dialog = new Dialog(
      this.callerSide(message, localTag),
      this.calleeSide(message, tag, flow),
      treatment,
      this.media,
      this.method === 'INVITE',
    );
    this.dialogs.set(tag, dialog);
    for (const older of parts.dialogs.add(dialog)) dropDialog(parts, older);
    server.toTag ||= localTag;
    return dialog;
  }

  private callerSide(message: SipMessage, localTag: string): DialogSide {
    const { treatment, server, cause, parts } = this;
    let contact = '';
    if (!treatment.contacts) {
      this.contactUser ||= parts.identifiers.next({
        kind: 'contact-user',
        cause: message,
        adjacency: treatment.inbound.name,
      });
      const published = this.route.binding;
      contact =
        published !== null && published.registrar === treatment.inbound
          ? published.publishedUri
          : contactUri(server.flow, this.contactUser);
    }
    return {
      adjacency: treatment.inbound,
      callId: cause.callId,
      localTag,
      remoteTag: cause.fromTag,
      localParty: withTag(cause.value(HEADER.To) ?? '', ''),
      remoteParty: withTag(cause.value(HEADER.From) ?? '', ''),
      routeSet: routeSetOfRequest(this.recordRoutes),
      target: contactOf(cause),
      flow: server.flow,
      contact,
      localSequence: 0,
      remoteSequence: cause.cseqNumber,
    };
  }

  private calleeSide(message: SipMessage, remoteTag: string, flow: Flow): DialogSide {
    const { treatment, cause } = this;
    return {
      adjacency: treatment.outbound,
      callId: this.callId,
      localTag: this.localTag,
      remoteTag,
      localParty: this.localParty,
      remoteParty: this.remoteParty,
      routeSet: this.calleeRoutes(message),
      target: contactOf(message),
      flow,
      contact: this.contact,
      localSequence: cause.cseqNumber,
      remoteSequence: 0,
    };
  }

  /** §12.1.2, §13.2.2.4: the 2xx's Record-Route and Contact take the place of an early dialog's. */
  private learn({ callee }: Dialog, message: SipMessage, flow: Flow): void {
    callee.target = contactOf(message) || callee.target;
    callee.flow = flow;
    if (message.status >= 200 || callee.routeSet.length === 0) callee.routeSet = this.calleeRoutes(message);
  }

  private calleeRoutes(message: SipMessage): readonly string[] {
    const recordRoutes = message.values(HEADER['Record-Route']);
    // Of a NOTIFY that came first it is the request's order (§12.1.1).
    if (message.isRequest) return routeSetOfRequest(recordRoutes);
    return routeSetOfResponse(recordRoutes, this.parts.configured.adjacencies);
  }

  private passBack(message: SipMessage, tag: string, dialog: Dialog | null): void {
    const { treatment, server, parts } = this;
    const { request } = server;
    const to = treatment.identifiers
      ? (message.value(HEADER.To) ?? '')
      : withTag(request.value(HEADER.To) ?? '', tag);
    const draft = relayed(message, server, to);
    if (!treatment.recordRoutes) {
      // What the caller's side recorded comes back to it, and only that (rules.md SBC-19, SBC-21).
      const makesDialog = dialog !== null && message.status < 300;
      draft.replaceValues(HEADER['Record-Route'], makesDialog ? this.ownAndCached() : NONE);
    }
    if (!treatment.contacts) ownContact(draft, dialog?.caller.contact ?? '');
    hideResponse(parts, draft, treatment, 'callee', server.flow);
    if (dialog !== null) passMedia(parts, draft, this.media, treatment, 'callee', server.flow);
    server.respond(message.status, draft.octets(), message);
  }

  private ownAndCached(): readonly string[] {
    if (!this.addsOwnRecordRoute()) return this.recordRoutes;
    return [recordRoute(this.treatment.inbound, this.server.flow), ...this.recordRoutes];
  }

  private succeeded(message: SipMessage, dialog: Dialog | null, flow: Flow): void {
    const { parts } = this;
    const first = !this.answered;
    this.answered = true;
    if (dialog === null) {
      if (first) this.finish();
      return;
    }
    dialog.callee.flow = flow;
    if (this.method !== 'INVITE') {
      subscribed(parts, dialog, this.cause, message);
      if (first) this.settle();
      return;
    }
    if (!dialog.confirmed) confirmed(parts, dialog, message);
    if (first) this.settle();
  }

  /** Forks that never come to more are forgotten 64*T1 after the first 2xx (§13.2.2.4). */
  private settle(): void {
    const { parts } = this;
    this.settles = true;
    parts.outbox.setTimer('ack', SETTLED, () => {
      this.forget();
      for (const dialog of this.dialogs.values()) {
        if (!dialog.confirmed && dialog.subscriptions.size === 0) dropDialog(parts, dialog);
        else if (dialog.session && !dialog.acknowledged) endCall(parts, dialog, 'sbc/no-ack');
      }
      this.dialogs.clear();
    });
  }

  private refused(message: SipMessage): void {
    const { parts, treatment, server } = this;
    const { status } = message;
    this.identifiers.comesAgain(status);
    const tag = treatment.identifiers ? '' : this.finalTag(message);
    this.finish();
    // §16.7 step 6: a 503 would have the caller take the SBC itself for down.
    if (status === 503) refuse(parts, server, treatment.inbound, 500);
    else this.passBack(message, tag, null);
  }

  /** §8.2.6.2: that of the provisional responses of the same callee. */
  private finalTag(message: SipMessage): string {
    const early = this.dialogs.get(message.toTag);
    if (early !== undefined) return early.caller.localTag;
    return this.parts.identifiers.next({
      kind: 'tag',
      cause: message,
      adjacency: this.treatment.inbound.name,
    });
  }

  /** An answer or offer that may not be (rules.md SBC-12, Q17): the callee's side is ended, the caller gets 488. */
  private accepts(dialog: Dialog, message: SipMessage): boolean {
    const { parts, treatment, server, media } = this;
    const { policy } = parts.configured;
    const kind = kindOf(message, policy);
    const rule = refusalOfAnswer(policy, dialog, kind);
    if (rule === null) {
      if (media.kind === null && kind !== 'none' && kind !== 'mixed') media.kind = kind;
      return true;
    }
    parts.outbox.finding(rule, `${kind} in the answer to an INVITE of ${media.kind ?? 'no media'}`, message);
    refuse(parts, server, treatment.inbound, 488);
    if (message.status >= 200) this.endLate(message, dialog.callee.flow);
    else this.forwarding.cancel();
    return false;
  }

  /** A 2xx that the caller is not to have: he was refused before it came. */
  private endLate(message: SipMessage, flow: Flow): void {
    const { parts } = this;
    if (this.method !== 'INVITE' || message.toTag === '') return;
    const dialog = this.dialogOf(message, flow);
    if (dialog === undefined) return;
    acknowledge(parts, dialog, this.cause, message);
    if (!dialog.over) sendBye(parts, dialog.callee);
    // It stays in `dialogs`, for the 2xx comes again until it is acknowledged (§13.3.1.4).
    dropDialog(parts, dialog);
    if (!this.settles) this.settle();
  }

  private addRecordRoutes(draft: Draft, flow: Flow): void {
    const { treatment, server, parts } = this;
    const id = HEADER['Record-Route'];
    if (!treatment.recordRoutes) draft.remove(id);
    const own = [recordRoute(treatment.inbound, server.flow), recordRoute(treatment.outbound, flow)];
    if (treatment.recordRoutes) {
      if (parts.configured.policy.decisions.recordRouteOrder === 'cisco') {
        for (const value of own) draft.addLast(id, value);
      } else for (const value of own) draft.addTop(id, value);
    } else if (this.addsOwnRecordRoute()) draft.addTop(id, own[1]);
  }

  /** Q20; and where the Contact is another's the SBC would be out of the path without (Q4). */
  private addsOwnRecordRoute(): boolean {
    const { treatment, parts } = this;
    if (treatment.recordRoutes) return false;
    if (treatment.contacts) return true;
    const isPrivate = treatment.hidesCaller || treatment.hidesCallee || treatment.hidesTopology;
    return isPrivate && parts.configured.policy.decisions.privacyOwnRecordRoute === 'add';
  }

  private userOfContact(): string {
    const { parts, cause, adjacency } = this;
    this.calleeContactUser ||= parts.identifiers.next({
      kind: 'contact-user',
      cause,
      adjacency: adjacency.name,
    });
    return this.calleeContactUser;
  }

  private forget(): void {
    const key = setupKey(this.callId, this.localTag);
    if (this.parts.setups.get(key) === this) this.parts.setups.delete(key);
  }

  /** No dialog came of it. */
  private finish(): void {
    this.forget();
    for (const dialog of this.dialogs.values()) dropDialog(this.parts, dialog);
    this.dialogs.clear();
  }
}

/** A NOTIFY that is first to come of a subscription is found by it: its Call-ID and To tag (RFC 6665 §4.4.1). */
export function setupKey(callId: string, localTag: string): string {
  return `${callId}\n${localTag}`;
}

/** 64*T1 (RFC 3261 §17.1.1.1). */
const SETTLED = 32_000;
const NONE: readonly string[] = [];
