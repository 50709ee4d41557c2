// A request within a dialog, from one side to the other (RFC 3261 §12.2, §14, §15; RFC 3262, RFC 3311, RFC 6665).
import type { Adjacency, NextHop } from '../../policy/policy.ts';
import { HEADER } from '../../sip/header/header-names.ts';
import type { SipMessage } from '../../sip/message.ts';
import { METHOD } from '../../sip/method.ts';
import type { Dialog } from '../dialog/dialog.ts';
import type { DialogSide } from '../dialog/dialog-side.ts';
import type { FoundDialog } from '../dialog/dialog-table.ts';
import { otherSide, type SideName } from '../dialog/side-name.ts';
import { placesOfSide, sendOnce } from '../dialog/way-in-dialog.ts';
import type { Flow } from '../flow.ts';
import type { Draft } from '../message/draft.ts';
import { withTag } from '../message/tag.ts';
import type { Parts } from '../parts.ts';
import { refuse, relayed, trying } from '../relay/answer.ts';
import { Forwarding, type ForwardPlan, type Place, type Refusal } from '../relay/forwarding.ts';
import { hide } from '../relay/hiding.ts';
import { ownContact } from '../relay/own-contact.ts';
import { PassedAnswers } from '../relay/passed-answers.ts';
import { passedOn } from '../relay/passing-on.ts';
import { viaValue } from '../routing/own-address.ts';
import type { ServerTransaction } from '../transaction/transaction-user.ts';
import { contactOf } from './contact-of.ts';
import { awaitAck, dropDialog, heard, keepDialog, refreshed, sessionEnded } from './lifetime.ts';
import { kindOf, passMedia, refusalOfReoffer } from './offer-policy.ts';
import { acknowledgeLate } from './own-request.ts';
import { notified, subscribed } from './subscriptions.ts';

/** Takes the request, or refuses it. The result can be cancelled. */
export function handleInside(
  parts: Parts,
  server: ServerTransaction,
  { dialog, from }: FoundDialog,
): Forwarding | null {
  const { request } = server;
  const side = dialog.side(from);
  const refusal = refusalOf(parts, dialog, from, request);
  if (refusal !== null) {
    const isOverlap = refusal === 500 && dialog.inviting[from] > 0;
    refuse(parts, server, side.adjacency, refusal, isOverlap ? [['Retry-After', RETRY_AFTER]] : []);
    return null;
  }
  // §12.2.2: the number counts although the request may yet be refused.
  side.remoteSequence = request.cseqNumber;
  side.flow = server.flow;
  heard(parts, dialog);
  const forwarding = new Forwarding(parts, new InsideRequest(parts, server, dialog, from));
  if (request.methodId === METHOD.INVITE) {
    dialog.inviting[from]++;
    trying(server);
  }
  forwarding.start();
  return forwarding;
}

/** An ACK to a 2xx goes after it, and one that comes again is again the same (RFC 3261 §13.2.2.4). */
export function handleAck(parts: Parts, ack: SipMessage, { dialog, from }: FoundDialog): void {
  const to = otherSide(from);
  const side = dialog.side(to);
  dialog.acknowledged = true;
  if (!dialog.over) heard(parts, dialog);
  sendOnce(parts, side, (flow) => {
    const last = dialog.acks[from];
    const again = last !== null && last.received === ack.branch && ack.branch !== '';
    const branch = again
      ? last.sent
      : parts.identifiers.next({ kind: 'branch', cause: ack, adjacency: side.adjacency.name });
    dialog.acks[from] = { received: ack.branch, sent: branch, number: ack.cseqNumber };
    const draft = insideDraft(parts, ack, dialog, from, flow);
    draft.set(HEADER.Via, viaValue(flow, branch));
    parts.outbox.send(flow, draft.octets(), ack, again);
    if (!again && !dialog.over && ack.bodyStart !== ack.bodyEnd) keepDialog(parts, dialog);
  });
}

class InsideRequest implements ForwardPlan {
  readonly method: string;
  readonly adjacency: Adjacency;
  readonly cause: SipMessage;
  readonly places: readonly Place[];
  private readonly parts: Parts;
  private readonly server: ServerTransaction;
  private readonly dialog: Dialog;
  private readonly from: SideName;
  private readonly to: DialogSide;
  private readonly passed = new PassedAnswers();
  private settled = false;

  constructor(parts: Parts, server: ServerTransaction, dialog: Dialog, from: SideName) {
    this.parts = parts;
    this.server = server;
    this.dialog = dialog;
    this.from = from;
    this.to = dialog.side(otherSide(from));
    this.method = server.method;
    this.cause = server.request;
    this.adjacency = this.to.adjacency;
    this.places = placesOfSide(parts, this.to);
  }

  octets(flow: Flow, _hop: NextHop | null, via: string): Buffer | Refusal {
    const { parts, cause, dialog, to } = this;
    // §12.2.2: at another place it would be out of order, for later ones have gone.
    if (to.localSequence > cause.cseqNumber) return OUT_OF_ORDER;
    to.localSequence = cause.cseqNumber;
    return insideDraft(parts, cause, dialog, this.from, flow).set(HEADER.Via, via).octets();
  }

  response(message: SipMessage, flow: Flow): void {
    const { parts, server, cause, dialog, from, to } = this;
    const { status } = message;
    const again = this.passed.again(message);
    if (again !== undefined) {
      // A BYE crossed the 2xx: no ACK finds its way any more, and it would come for 32 seconds (RFC 3261 §13.3.1.4).
      if (dialog.over) acknowledgeLate(parts, dialog, from, cause, message);
      else server.respond(status, again, message);
      return;
    }
    const side = dialog.side(from);
    const draft = relayed(message, server, server.request.value(HEADER.To) ?? '');
    draft.remove(HEADER['Record-Route']);
    if (!dialog.treatment.contacts) ownContact(draft, side.contact);
    hide(parts, draft, dialog.treatment, otherSide(from), flow, server.flow);
    passMedia(parts, draft, dialog.media, dialog.treatment, otherSide(from), server.flow);
    const octets = octetsOf(draft, status);
    if (this.method === 'INVITE') this.passed.keep(message, octets);
    server.respond(status === 503 ? 500 : status, octets, message);
    if (status < 200) return;
    if (status < 300) {
      to.flow = flow;
      if (REFRESHES_TARGET.has(this.cause.methodId)) {
        side.target = contactOf(this.cause) || side.target;
        to.target = contactOf(message) || to.target;
      }
    }
    this.settle(status, message);
  }

  failed(status: number): void {
    refuse(this.parts, this.server, this.dialog.side(this.from).adjacency, status);
    this.settle(status, null);
  }

  private settle(status: number, response: SipMessage | null): void {
    const { parts, dialog, from, cause } = this;
    const first = !this.settled;
    this.settled = true;
    const success = status >= 200 && status < 300;
    if (success && cause.methodId === METHOD.INVITE) {
      dialog.accepted[from] = cause.cseqNumber;
      if (dialog.over) awaitAck(parts, dialog);
    }
    if (dialog.over) return;
    heard(parts, dialog);
    switch (cause.methodId) {
      case METHOD.INVITE:
        if (first) dialog.inviting[from]--;
        if (success && response !== null) refreshed(parts, dialog, response);
        break;
      case METHOD.UPDATE:
        if (success && response !== null) refreshed(parts, dialog, response);
        break;
      case METHOD.BYE:
        // §15.1.2; a challenged BYE comes again.
        if (status !== 401 && status !== 407) sessionEnded(parts, dialog);
        break;
      case METHOD.SUBSCRIBE:
      case METHOD.REFER:
        if (success && response !== null) subscribed(parts, dialog, cause, response);
        else if (status === 481 && !dialog.session) dropDialog(parts, dialog);
        break;
      case METHOD.NOTIFY:
        if (success) notified(parts, dialog, cause);
        // RFC 6665 §4.2.2: 481 and no answer end the subscription.
        else if ((status === 481 || status === 408) && !dialog.session) dropDialog(parts, dialog);
        break;
    }
  }
}

/** null: it may pass. */
function refusalOf(parts: Parts, dialog: Dialog, from: SideName, request: SipMessage): number | null {
  const side = dialog.side(from);
  const { methodId } = request;
  if (dialog.over) return 481;
  // §12.2.2: out of order. The same number with another branch has come by another way (§8.2.2.2).
  if (side.remoteSequence > 0) {
    if (request.cseqNumber < side.remoteSequence) return 500;
    if (request.cseqNumber === side.remoteSequence) return 482;
  }
  if (methodId === METHOD.BYE && !dialog.session) return 481;
  // SBC-14: without passthrough the Contact is the SBC's, and a Request-URI that is not leads nowhere.
  if (!dialog.treatment.contacts && !parts.configured.adjacencies.isLocalHost(request.uri.host)) return 404;
  if (methodId === METHOD.INVITE) {
    // §14.2: one of the other side is under way.
    if (dialog.inviting[otherSide(from)] > 0) return 491;
    if (dialog.inviting[from] > 0) return 500;
  }
  if (methodId === METHOD.INVITE || methodId === METHOD.UPDATE || methodId === METHOD.PRACK) {
    const kind = kindOf(request, parts.configured.policy);
    const rule = refusalOfReoffer(dialog.media, kind);
    if (rule !== null) {
      parts.outbox.finding(rule, `an offer of ${kind} in a call of ${dialog.media.kind}`, request);
      return 488;
    }
    dialog.media.isAbout(kind);
  }
  return null;
}

function insideDraft(parts: Parts, request: SipMessage, dialog: Dialog, from: SideName, flow: Flow): Draft {
  const to = dialog.side(otherSide(from));
  const { treatment } = dialog;
  // SBC-28, SBC-15: where Contacts are passed through, so is the Request-URI.
  const uri = treatment.contacts || to.target === '' ? request.requestUri : to.target;
  const draft = passedOn(request, uri, to.routeSet).remove(HEADER['Record-Route']);
  if (!treatment.identifiers) {
    const side = dialog.side(from);
    draft.set(HEADER['Call-ID'], to.callId);
    draft.set(
      HEADER.From,
      withTag(partyOf(request, HEADER.From, side.remoteParty, to.localParty), to.localTag),
    );
    draft.set(HEADER.To, withTag(partyOf(request, HEADER.To, side.localParty, to.remoteParty), to.remoteTag));
  }
  if (!treatment.contacts) ownContact(draft, to.contact);
  hide(parts, draft, treatment, from, dialog.side(from).flow, flow);
  passMedia(parts, draft, dialog.media, treatment, from, flow);
  return draft;
}

/** As the dialog began; a party that has another name now (RFC 4916) keeps that. */
function partyOf(request: SipMessage, id: number, began: string, sent: string): string {
  const value = withTag(request.value(id) ?? '', '');
  return value === began || value === '' ? sent : value;
}

function octetsOf(draft: Draft, status: number): Buffer {
  // §16.7 step 6.
  if (status === 503) {
    draft.startLine = 'SIP/2.0 500 Server Internal Error';
    draft.remove(HEADER['Retry-After']);
  }
  return draft.octets();
}

const OUT_OF_ORDER: Refusal = { status: 500, reason: 'Server Internal Error' };
/** §14.2: seconds from 0 to 10. */
const RETRY_AFTER = '5';
/** RFC 3261 §12.2.1.1, RFC 3311 §5.1, RFC 6665 §4.4.1. */
const REFRESHES_TARGET: ReadonlySet<number> = new Set([
  METHOD.INVITE,
  METHOD.UPDATE,
  METHOD.SUBSCRIBE,
  METHOD.NOTIFY,
  METHOD.REFER,
]);
